// Keys, wherever the focus is, and the list of them.

const help = find("help");
find("helper").addEventListener("click", () => help.showModal());
find("helped").addEventListener("click", () => help.close());
help.addEventListener("click", (event) => event.target === help && help.close());

/** Lets go of what was done last: a nudge, then the node chosen. */
function leave() {
  if (nudge !== null) {
    nudge = null;
    update();
  } else if (chosen !== null) {
    choose(null);
  }
}

const shortcuts = {
  ArrowLeft: () => go(stepOn(-1)), ArrowRight: () => go(stepOn(1)),
  // What a presenter's remote control sends.
  PageUp: () => go(stepOn(-1)), PageDown: () => go(stepOn(1)),
  Home: () => go(0), End: () => go(lastStep),
  " ": () => play(nextStep === null),
  "+": enlarge, "=": enlarge, "-": () => view.zoom(1 / 1.4), "0": () => view.fit(),
  "/": () => sought.focus(), "?": () => help.showModal(), Escape: leave,
};
const pans = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || help.open) return;
  const isTyped = event.target.closest("input, select, textarea") !== null;
  const isPressed = event.key === " " && event.target.closest("button, [role=button]") !== null;
  if (isPressed || (isTyped && event.key !== "Escape")) return;
  if (event.shiftKey && event.key in pans) {
    event.preventDefault();
    view.move(...pans[event.key], true);
  } else if (event.key in shortcuts && (!event.shiftKey || "+?/".includes(event.key))) {
    event.preventDefault();
    shortcuts[event.key]();
  }
});
