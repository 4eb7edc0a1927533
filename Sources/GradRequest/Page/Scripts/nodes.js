// The nodes of the figure: choosing one, walking from one to the next, dragging an input.

/** In the order in which they are computed. */
const nodes = figure.nodes().sort((a, b) => a.node - b.node);

/** Shows the chain rule of a node; of none for null. */
function choose(node) {
  play(false);
  nudge = null;
  chosen = node;
  update();
  if (node !== null) view.reveal(figure.boxOfNode(node));
}

/** Makes a node the one that Tab comes to. */
function hold(part) {
  for (const other of nodes) other.group.setAttribute("tabindex", other === part ? "0" : "-1");
}

const strides = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

nodes.forEach((part, at) => {
  const input = inputs.find(({ shown }) => shown === part.node);
  if (input) makeDraggable(part.group, input);
  const toggle = () => choose(chosen === part.node ? null : part.node);
  part.group.addEventListener("focus", () => {
    hold(part);
    view.reveal(figure.boxOfNode(part.node));
  });
  // The mouse leaves the keys where they are: arrows go on from step to step.
  part.group.addEventListener("mousedown", (event) => {
    event.preventDefault();
    document.activeElement?.blur();
  });
  part.group.addEventListener("click", () => {
    if (part.group.dataset.dragged === "true") part.group.dataset.dragged = "false";
    else if (!view.hasMoved) toggle();
  });
  part.group.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isToggle = event.key === "Enter" || event.key === " ";
    if (!isToggle && !(event.key in strides)) return;
    event.preventDefault();
    event.stopPropagation();
    if (isToggle) return toggle();
    const next = Math.min(Math.max(at + strides[event.key], 0), nodes.length - 1);
    nodes[next].group.focus({ preventScroll: true });
  });
});
hold(nodes[0]);

/** Lets the box of an input be dragged to the left and right. */
function makeDraggable(group, input) {
  let start = null;
  group.addEventListener("pointerdown", (event) => {
    // A finger on a figure that is larger than the window moves the figure.
    if (event.button !== 0 || (event.pointerType === "touch" && !view.isFitted)) return;
    start = { x: event.clientX, value: input.value, isMoved: false };
    group.setPointerCapture(event.pointerId);
  });
  group.addEventListener("pointermove", (event) => {
    if (start === null) return;
    const way = event.clientX - start.x;
    start.isMoved ||= Math.abs(way) > 4;
    if (start.isMoved) input.set(input.tidy(start.value + way * input.unit * 2));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    group.addEventListener(end, () => {
      group.dataset.dragged = String(start?.isMoved ?? false);
      start = null;
    });
  }
}
