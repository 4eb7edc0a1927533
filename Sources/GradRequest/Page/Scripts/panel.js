// The panel: a nudge beside the derivative, the paths, and how far the panel is open.

// MARK: Nudge

/** Moves a node, or an entry of one that is an array; another time takes that back. */
function startNudge(node, entry) {
  play(false);
  const { value, fault } = read(find("by").value);
  const isWrong = fault !== undefined || value === 0;
  complain(find("by"), isWrong ? phrase("noNudge") : "");
  if (isWrong) {
    open(true);
    return find("by").focus();
  }
  const isSame = nudge?.node === node && nudge.entry === entry;
  nudge = isSame ? null : { node, entry, by: value };
  if (nudge !== null) {
    chosen = node;
    step = lastStep;
  }
  update();
  if (nudge !== null) find("effect").scrollIntoView({ block: "nearest" });
}

find("nudge").addEventListener("click", () => startNudge(chosen));
find("by").addEventListener("change", () => {
  const isWrong = !(read(find("by").value).value ?? 0);
  complain(find("by"), isWrong ? phrase("noNudge") : "");
  if (nudge === null) return;
  const { node, entry } = nudge;
  nudge = null;
  startNudge(node, entry);
});

/** The nodes that the nudge moves, with their new values. */
function movedNodes() {
  const moved = new Map();
  if (nudge === null) return moved;
  const node = page.shown[nudge.node].origin;
  const before = state.all[node];
  const value = isArray(before) ? withEntryMoved(before, nudge.entry ?? 0, nudge.by) : before + nudge.by;
  const { values } = (recording.hasArrays ? runArrays : run)(recording, given, { node, value });
  page.shown.forEach(({ origin }, index) => {
    const [after, before] = [values[origin], state.all[origin]].map(entriesOf);
    if (!after.every((number, entry) => Object.is(number, before[entry]))) moved.set(index, values[origin]);
  });
  return moved;
}

function showNudge(moved) {
  find("effect").hidden = nudge === null;
  if (nudge === null) {
    find("quotient").textContent = "";
    return;
  }
  const { pair, ofDifference } = texts;
  const changes = [...moved].sort(([a], [b]) => a - b).flatMap(([node, after]) => {
    const [{ name }, before] = [page.shown[node], state.values[node]];
    return isArray(after) ? entryChanges(name, before, after) : [{ name, before, after }];
  });
  const rows = changes.map(({ name, before: old, after }) => {
    const [before, then] = pair(old, after);
    const cells = [before, then, ofDifference(difference(old, after))];
    return element(
      "tr", {}, element("th", { scope: "row" }, ...withVersions(name)),
      ...cells.map((textContent) => element("td", { textContent })));
  });
  find("moves").replaceChildren(...rows);
  const output = recording.outputNode;
  const [before] = entriesOf(state.values[output]);
  const change = difference(before, moved.has(output) ? entriesOf(moved.get(output))[0] : before);
  const [name, of] = [page.shown[nudge.node], page.shown[output]];
  const by = ofDifference(nudge.by);
  const quotient = `Δ${of.name}/Δ${name.name}${placeOfNudge()} = ${ofDifference(change)} / ${by.startsWith("−") ? `(${by})` : by}`
    + ` = ${ofDifference(change / nudge.by)}`;
  const beside = nudgedDerivative();
  find("quotient").replaceChildren(
    ...withVersions(beside === null ? quotient : phrase("beside", { quotient, derivative: beside })));
}

/** The indices of the entry that is moved; empty for a number. */
function placeOfNudge() {
  const value = state.values[nudge.node];
  return isArray(value) && value.data.length > 1 ? placeOf(value.shape, nudge.entry) : "";
}

/** `db = 6`, `dW[0, 1] = 3`; null for data. */
function nudgedDerivative() {
  const own = state.derivatives[nudge.node];
  const { derivativeName } = page.shown[nudge.node];
  if (!isArray(own) || derivativeName === null) return derivative(nudge.node);
  return `${derivativeName}${placeOfNudge()} = ${texts.number(own.data[nudge.entry ?? 0])}`;
}

// MARK: Paths

/** The products along the paths from the node chosen to the output, once they are known. */
function showPaths() {
  const paths = chosen === null ? null : page.shown[chosen].paths;
  const isKnown = chosen !== null && step >= recording.derivativeSteps[chosen];
  find("hint").hidden = chosen !== null;
  find("paths").replaceChildren(...withVersions(paths !== null && isKnown ? sentence(paths) : ""));
}

// MARK: Opening

const opener = find("opener");
const panel = find("panel");
/** Whether the panel stands beside the figure, rather than being a sheet below it. */
const isBeside = matchMedia("(min-width: 50rem)");

function open(isOpen) {
  opener.setAttribute("aria-expanded", String(isOpen));
  document.body.style.removeProperty("--pulled");
}

open(isBeside.matches);
isBeside.addEventListener("change", () => open(isBeside.matches));

let pull = null;
opener.addEventListener("pointerdown", (event) => {
  if (isBeside.matches || event.button !== 0) return;
  pull = { y: event.clientY, height: panel.offsetHeight, isMoved: false };
  opener.setPointerCapture(event.pointerId);
});
opener.addEventListener("pointermove", (event) => {
  if (pull === null) return;
  const way = pull.y - event.clientY;
  pull.isMoved ||= Math.abs(way) > 6;
  if (!pull.isMoved) return;
  opener.setAttribute("aria-expanded", "true");
  document.body.style.setProperty("--pulled", `${Math.max(pull.height + way, opener.offsetHeight)}px`);
});
opener.addEventListener("pointerup", () => {
  if (pull?.isMoved && panel.offsetHeight < 2 * opener.offsetHeight) open(false);
});
opener.addEventListener("pointercancel", () => (pull = null));
opener.addEventListener("click", () => {
  const isPulled = pull?.isMoved ?? false;
  pull = null;
  if (!isPulled) open(opener.getAttribute("aria-expanded") === "false");
});
