// The panel: a nudge beside the derivative, the paths, and how far the panel is open.

// MARK: Nudge

function startNudge(node) {
  play(false);
  const { value, fault } = read(find("by").value);
  const isWrong = fault !== undefined || value === 0;
  complain(find("by"), isWrong ? phrase("noNudge") : "");
  if (isWrong) {
    open(true);
    return find("by").focus();
  }
  nudge = nudge?.node === node ? null : { node, by: value };
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
  const { node } = nudge;
  nudge = null;
  startNudge(node);
});

/** The nodes that the nudge moves, with their new values. */
function movedNodes() {
  const moved = new Map();
  if (nudge === null) return moved;
  const node = page.shown[nudge.node].origin;
  const { values } = run(recording, given, { node, value: state.all[node] + nudge.by });
  page.shown.forEach(({ origin }, index) => {
    if (!Object.is(values[origin], state.all[origin])) moved.set(index, values[origin]);
  });
  return moved;
}

function showNudge(moved) {
  find("effect").hidden = nudge === null;
  if (nudge === null) {
    find("quotient").textContent = "";
    return;
  }
  const { number, pair } = texts;
  const rows = [...moved].sort(([a], [b]) => a - b).map(([node, after]) => {
    const [before, then] = pair(state.values[node], after);
    const cells = [before, then, number(difference(state.values[node], after))];
    return element(
      "tr", {}, element("th", { scope: "row", textContent: page.shown[node].name }),
      ...cells.map((textContent) => element("td", { textContent })));
  });
  find("moves").replaceChildren(...rows);
  const output = recording.outputNode;
  const change = difference(
    state.values[output], moved.has(output) ? moved.get(output) : state.values[output]);
  const [name, of] = [page.shown[nudge.node], page.shown[output]];
  const by = number(nudge.by);
  const quotient = `Δ${of.name}/Δ${name.name} = ${number(change)} / ${by.startsWith("−") ? `(${by})` : by}`
    + ` = ${number(change / nudge.by)}`;
  const beside = derivative(nudge.node);
  find("quotient").textContent =
    beside === null ? quotient : phrase("beside", { quotient, derivative: beside });
}

// MARK: Paths

/** The products along the paths from the node chosen to the output, once they are known. */
function showPaths() {
  const paths = chosen === null ? null : page.shown[chosen].paths;
  const isKnown = chosen !== null && step >= recording.derivativeSteps[chosen];
  find("hint").hidden = chosen !== null;
  find("paths").textContent = paths !== null && isKnown ? sentence(paths) : "";
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
