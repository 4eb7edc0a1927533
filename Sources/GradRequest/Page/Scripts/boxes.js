// The boxes that are open: what each holds stands in a frame of its own, below the figure or beside it.

const gapOfFrames = 22;
const headOfFrame = 30;
const marginOfFrame = 8;

/** The frame around what a box holds, with its name and what closes it. */
class Frame {
  constructor(fold, figure) {
    const inside = document.getElementById(`inside-${fold}`).content.querySelector("svg").cloneNode(true);
    const { width, height } = inside.viewBox.baseVal;
    const { title } = page.folds[fold];
    this.fold = fold;
    this.content = drawn("g", { transform: `translate(${marginOfFrame} ${headOfFrame})` });
    const name = drawn("text", { x: 12, y: 21, class: "name", "font-size": 15, "font-weight": "bold" });
    name.textContent = title;
    this.closer = drawn("g", { class: "closer", role: "button", tabindex: "0", "aria-label": phrase("closeBox", { box: title }) },
      drawn("circle", { r: 11 }), drawn("path", { d: "M-5 -5L5 5M5 -5L-5 5" }));
    this.outline = drawn("path", {});
    this.beam = drawn("path", { class: "beam" });
    this.group = drawn("g", { class: "opened" }, this.outline, name, this.closer, this.content);
    figure.svg.append(this.beam, this.group);
    this.size = {
      width: Math.max(width + 2 * marginOfFrame, name.getComputedTextLength() + 50),
      height: height + headOfFrame + marginOfFrame,
    };
    this.outline.setAttribute("d", `M0 0H${this.size.width}V${this.size.height}H0Z`);
    this.closer.setAttribute("transform", `translate(${this.size.width - 18} 16)`);
    this.content.append(...[...inside.children].filter((child) => child.tagName === "g"));
    this.layer = new Layer(this.content, page.folds[fold].parts, fold, figure.recording);
  }

  /** Puts the frame at a place, with two lines from its box. */
  move(x, y, box, isDown) {
    const { width, height } = this.size;
    this.group.setAttribute("transform", `translate(${x} ${y})`);
    Object.assign(this.layer, { x: x + marginOfFrame, y: y + headOfFrame });
    this.beam.setAttribute("d", isDown
      ? `M${box.x + box.width} ${box.y}L${x} ${y}V${y + height}L${box.x + box.width} ${box.y + box.height}Z`
      : `M${box.x} ${box.y + box.height}L${x} ${y}H${x + width}L${box.x + box.width} ${box.y + box.height}Z`);
  }

  attach(svg) {
    svg.append(this.beam, this.group);
  }

  detach() {
    this.beam.remove();
    this.group.remove();
  }
}

/** The boxes that are open, those inside others after them. */
let opened = [];
const framesOfBoxes = new Map();
const { width: wholeWidth, height: wholeHeight } = figure.svg.viewBox.baseVal;

/** Opens exactly `folds`: each in a frame below the figure, or beside it where values flow down. */
function openBoxes(folds) {
  const isOpen = new Set(folds);
  // What is inside a closed box is closed too.
  opened = [...isOpen].filter((fold) => recording.foldsAbove(fold).every((above) => isOpen.has(above)))
    .sort((a, b) => a - b);
  for (const [fold, frame] of framesOfBoxes) if (!opened.includes(fold)) frame.detach();
  const { isDown } = page;
  let size = { width: wholeWidth, height: wholeHeight };
  figure.layers = [figure.whole];
  for (const fold of opened) {
    if (framesOfBoxes.has(fold)) framesOfBoxes.get(fold).attach(figure.svg);
    else framesOfBoxes.set(fold, new Frame(fold, figure));
    const frame = framesOfBoxes.get(fold);
    figure.gather();
    const { box } = figure.buttons.get(`fold ${fold}`);
    const start = (from, length, own, room) => Math.max(8, Math.min(from + length / 2 - own / 2, room - own - 8));
    const x = isDown ? size.width + gapOfFrames : start(box.x, box.width, frame.size.width, wholeWidth);
    const y = isDown ? start(box.y, box.height, frame.size.height, wholeHeight) : size.height + gapOfFrames;
    frame.move(x, y, box, isDown);
    size = {
      width: Math.max(size.width, x + frame.size.width + 8),
      height: Math.max(size.height, y + frame.size.height + 8),
    };
    figure.layers.push(frame.layer);
  }
  figure.gather();
  figure.svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  for (const part of figure.parts) {
    if (part.kind === "fold") part.group.setAttribute("aria-expanded", String(opened.includes(part.fold)));
    if (part.kind === "fold") part.group.classList.toggle("open", opened.includes(part.fold));
  }
}
