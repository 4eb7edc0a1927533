// The address of the page holds the step, the boxes that are open, and the inputs: `#step=4&open=0.2&b=3.5`.
// Where an input is called `step` or `open`, the first one is the page's.

let writing = null;

/** Writes the address, but not for every move of a slider. */
function writeAddress() {
  clearTimeout(writing);
  writing = setTimeout(() => {
    const fields = new URLSearchParams();
    const changed = inputs.filter(({ isChanged }) => isChanged);
    if (step > 0 || changed.some(({ id }) => id === "step")) fields.append("step", step);
    if (opened.length > 0 || changed.some(({ id }) => id === "open")) fields.append("open", opened.join("."));
    for (const { id, value } of changed) fields.append(id, value);
    const text = fields.size > 0 ? `#${fields}` : "";
    if (text === location.hash) return;
    try {
      history.replaceState(null, "", location.href.split("#")[0] + text);
    } catch {
      // A page inside another has no address of its own to write.
    }
  }, 150);
}

/** Takes the step, the boxes and the inputs from the address; what is no number is said at its input. */
function readAddress() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const place = fields.get("step");
  const takes = (name) => fields.getAll(name).at(name === "step" || name === "open" ? 1 : 0);
  given.clear();
  for (const input of inputs) {
    input.reset();
    const text = takes(input.id);
    if (text === undefined) continue;
    input.field.value = text;
    input.type();
  }
  step = Math.min(Math.max(Number.parseInt(place ?? "0", 10) || 0, 0), lastStep);
  nudge = null;
  const boxes = (fields.get("open") ?? "").split(".").filter((text) => text !== "").map(Number);
  openAll(boxes.filter((fold) => fold in page.folds));
}

addEventListener("hashchange", readAddress);
