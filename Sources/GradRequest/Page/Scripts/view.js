// The part of the figure that is seen: the whole of it, or a part that is larger.

/** The scale at which text of 12 points is read on any screen. */
const readable = 0.9;

/** Places the drawing in its frame, by a scale and the corner where it begins. */
class View {
  constructor(frame, svg) {
    Object.assign(this, { frame, svg });
    const { width, height } = svg.viewBox.baseVal;
    this.size = { width, height };
    this.isFitted = true;
    /** Whether the last press of the pointer has moved the figure. */
    this.hasMoved = false;
    this.pointers = new Map();
    this.fit(false);
    new ResizeObserver(() => (this.isFitted ? this.fit(false) : this.move(0, 0, false))).observe(frame);
  }

  /** Takes the size that the drawing has now. */
  resize() {
    const { width, height } = this.svg.viewBox.baseVal;
    if (width === this.size.width && height === this.size.height) return;
    this.size = { width, height };
    if (this.isFitted) this.fit();
    else this.move(0, 0);
  }

  /** Shows a box as large as the frame allows; of one that is too large to be read then, its beginning. */
  show({ x, y, width, height }) {
    const room = this.room;
    const scale = Math.max(
      0.6, Math.min((room.width - 16) / width, (room.height - 16) / height, 2.5));
    if (scale <= this.fitting * 1.05) return this.fit();
    this.isFitted = false;
    const start = (from, length, room) =>
      length * scale > room - 16 ? 8 - from * scale : room / 2 - (from + length / 2) * scale;
    Object.assign(this, { scale, x: start(x, width, room.width), y: start(y, height, room.height) });
    this.move(0, 0, true);
  }

  get room() {
    return { width: this.frame.clientWidth, height: this.frame.clientHeight };
  }

  /** The scale at which the whole figure is seen, not larger than a lecture hall needs. */
  get fitting() {
    const { width, height } = this.room;
    return Math.max(0.01, Math.min((width - 16) / this.size.width, (height - 16) / this.size.height, 2.5));
  }

  /** Shows all of the figure. */
  fit(isGliding = true) {
    this.isFitted = true;
    this.scale = this.fitting;
    this.move(0, 0, isGliding);
  }

  /** Begins with all of the figure; on a small screen on which that is too small to be read, with its
      beginning, and where `box` is. */
  begin(box) {
    if (this.fitting >= 0.6 || !matchMedia("(max-width: 50rem)").matches) return;
    this.isFitted = false;
    Object.assign(this, { scale: readable, x: 8, y: 8 });
    this.move(0, 0);
    this.reveal(box);
  }

  /** Enlarges around a point of the frame, its middle where none is given. */
  zoom(factor, point, isGliding = true) {
    const { width, height } = this.room;
    const { x, y } = point ?? { x: width / 2, y: height / 2 };
    const least = this.fitting;
    const scale = Math.min(Math.max(this.scale * factor, least), Math.max(6, 4 * least));
    if (scale <= least * 1.001) return this.fit(isGliding);
    this.isFitted = false;
    const ratio = scale / this.scale;
    [this.x, this.y, this.scale] = [x - (x - this.x) * ratio, y - (y - this.y) * ratio, scale];
    this.move(0, 0, isGliding);
  }

  /** Enlarges around a box of the drawing, at least so far that its text can be read. */
  enlarge(box) {
    const { x, y, width, height } = this.place(box ?? { x: 0, y: 0, ...this.size });
    this.zoom(Math.max(1.4, readable / this.scale), { x: x + width / 2, y: y + height / 2 });
    this.reveal(box);
  }

  /** Moves the figure, and never out of sight. */
  move(right, down, isGliding = false) {
    const kept = (start, room, length) => length <= room
      ? (room - length) / 2 : Math.min(Math.max(start, room - length - 8), 8);
    const { width, height } = this.room;
    this.x = kept((this.x ?? 0) + right, width, this.size.width * this.scale);
    this.y = kept((this.y ?? 0) + down, height, this.size.height * this.scale);
    this.frame.classList.toggle("glides", isGliding);
    this.frame.classList.toggle("larger", !this.isFitted);
    Object.assign(this.svg.style, {
      left: `${this.x}px`, top: `${this.y}px`,
      width: `${this.size.width * this.scale}px`, height: `${this.size.height * this.scale}px`,
    });
    this.onmove?.();
  }

  /** Where a box of the drawing stands in the frame. */
  place({ x, y, width, height }) {
    const { scale } = this;
    return {
      x: this.x + x * scale, y: this.y + y * scale, width: width * scale, height: height * scale,
    };
  }

  /** Moves the figure as little as shows a box of it. */
  reveal(box) {
    if (this.isFitted || box === null) return;
    const { x, y, width, height } = this.place(box);
    const way = (start, length, room) => {
      if (length + 40 > room) return room / 2 - start - length / 2;
      return Math.max(20 - start, 0) || Math.min(room - 20 - start - length, 0);
    };
    this.move(way(x, width, this.room.width), way(y, height, this.room.height), true);
  }

  /** The point of the frame where an event is. */
  point({ clientX, clientY }) {
    const { x, y } = this.frame.getBoundingClientRect();
    return { x: clientX - x, y: clientY - y };
  }

  /** Follows the wheel, the mouse and fingers. */
  listen() {
    this.frame.addEventListener("wheel", (event) => {
      if (this.isFitted && event.deltaY > 0) return;
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 20 : 1;
      this.zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.002)), this.point(event), false);
    }, { passive: false });
    this.frame.addEventListener("dblclick", (event) => {
      if (event.target.closest(".node")) return;
      if (this.isFitted) this.zoom(2, this.point(event));
      else this.fit();
    });
    this.frame.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      if (this.pointers.size === 0) this.hasMoved = false;
      this.pointers.set(event.pointerId, this.point(event));
    });
    this.frame.addEventListener("pointermove", (event) => {
      if (this.pointers.has(event.pointerId)) this.drag(event);
    });
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
      this.frame.addEventListener(end, (event) => this.pointers.delete(event.pointerId));
    }
  }

  /** One pointer moves a larger figure; two enlarge it. */
  drag(event) {
    const before = this.pointers.get(event.pointerId);
    const now = this.point(event);
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const distance = (a) => Math.hypot(a.x - other.x, a.y - other.y);
      this.zoom(distance(now) / Math.max(distance(before), 1), other, false);
    } else {
      const isInput = event.pointerType !== "touch" && event.target.closest(".node.input");
      const way = Math.hypot(now.x - before.x, now.y - before.y);
      if (this.isFitted || isInput || (!this.hasMoved && way < 4)) return;
      this.move(now.x - before.x, now.y - before.y);
    }
    this.hasMoved = true;
    this.pointers.set(event.pointerId, now);
  }
}

const view = new View(find("figure"), figure.svg);
view.onmove = placeCard;
view.listen();

/** Enlarges what is looked at: the node chosen, or what is new. */
function enlarge() {
  view.enlarge(chosen === null ? figure.boxOfStep() : figure.boxOfNode(chosen));
}

find("zoom_in").addEventListener("click", enlarge);
find("zoom_out").addEventListener("click", () => view.zoom(1 / 1.4));
find("fit").addEventListener("click", () => view.fit());
