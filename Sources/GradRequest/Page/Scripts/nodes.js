// The nodes of the figure: choosing one, walking from one to the next, dragging an input.

/** What can be chosen, in the order in which it is computed: nodes, and boxes that open. */
let nodes = [];

/** Takes the nodes of what is drawn, and listens to those that are new. */
function gatherNodes() {
  const first = ({ kind, node, fold }) => (kind === "fold" ? recording.members(fold)[0] - 0.5 : node);
  nodes = [...figure.buttons.values()].sort((a, b) => first(a) - first(b));
  for (const [parts, hear] of [[nodes, listen], [figure.copies(), listenToPointer]]) {
    for (const part of parts) {
      if (!part.isHeard) hear(part);
      part.isHeard = true;
    }
  }
  if (!nodes.some(({ group }) => group.getAttribute("tabindex") === "0")) hold(nodes[0]);
}

/** Opens exactly these boxes, and writes everything in them. */
function openAll(folds) {
  openBoxes(folds);
  for (const fold of opened) {
    const { closer } = framesOfBoxes.get(fold);
    closer.onclick = () => toggleBox(fold);
    closer.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      toggleBox(fold);
      figure.buttons.get(`fold ${fold}`).group.focus({ preventScroll: true });
    };
  }
  gatherNodes();
  findStops();
  view.resize();
  update();
}

/** Opens a box in place, or closes it with all that is open inside. */
function toggleBox(fold) {
  play(false);
  const isOpening = !opened.includes(fold);
  openAll(isOpening ? [...opened, fold] : opened.filter((other) => other !== fold));
  if (isOpening) {
    const { layer, size } = framesOfBoxes.get(fold);
    view.show({ x: layer.x - marginOfFrame, y: layer.y - headOfFrame, ...size });
  } else {
    view.reveal(figure.buttons.get(`fold ${fold}`).box);
  }
}

/** Opens the boxes that a node is in. */
function uncover(node) {
  const around = recording.foldsAround(node).filter((fold) => !opened.includes(fold));
  if (around.length > 0) openAll([...opened, ...around]);
}

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

/** Chooses the node of a part, or opens its box; another time takes that back. */
function toggle(part) {
  if (part.kind === "fold") toggleBox(part.fold);
  else choose(chosen === part.node ? null : part.node);
}

/** Lets a node be chosen, or a box be opened. */
function listen(part) {
  listenToPointer(part);
  part.group.addEventListener("focus", () => {
    hold(part);
    view.reveal(part.box);
  });
  part.group.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isToggle = event.key === "Enter" || event.key === " ";
    if (!isToggle && !(event.key in strides)) return;
    event.preventDefault();
    event.stopPropagation();
    if (isToggle) return toggle(part);
    const next = Math.min(Math.max(nodes.indexOf(part) + strides[event.key], 0), nodes.length - 1);
    nodes[next].group.focus({ preventScroll: true });
  });
}

/** Lets a part be clicked and, if it is an input, dragged: an input that is drawn again too, which keys
    need not come to twice. */
function listenToPointer(part) {
  const input = inputs.find(({ shown }) => part.kind === "node" && shown === part.node);
  if (input?.entry === undefined) {
    if (input) makeDraggable(part.group, input);
  } else {
    part.group.style.cursor = "pointer";
  }
  // The mouse leaves the keys where they are: arrows go on from step to step.
  part.group.addEventListener("mousedown", (event) => {
    event.preventDefault();
    document.activeElement?.blur();
  });
  part.group.addEventListener("click", () => {
    if (part.group.dataset.dragged === "true") part.group.dataset.dragged = "false";
    else if (!view.hasMoved) toggle(part);
  });
}

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
