// A line of text of the figure: put anew into its place, shorter or smaller where its room asks for it.

class FigureLine {
  constructor(element, data) {
    Object.assign(this, data);
    this.element = element;
    this.spans = [...element.querySelectorAll("tspan")];
    this.width = element.getComputedTextLength();
    this.x = Number(element.getAttribute("x"));
    this.anchor = element.getAttribute("text-anchor") ?? "start";
    this.sizes = [element, ...this.spans].map((one) => Number(one.getAttribute("font-size")));
    this.group = element.closest("g.array");
    // What stands over letters comes after the text.
    this.marks = [];
    for (let next = element; this.marks.length < (data.marks ?? 0);) this.marks.push(next = next.nextElementSibling);
    // The entries of an array stand in columns.
    if (this.group && slots(this.runs.flat()).length > 0) this.room = Math.max(this.width, page.entryRoom) + 8;
    this.flows = this.spans.length > 0 && slots(this.runs.flat()).length > 0;
    if (!this.flows || this.room === null) return;
    const { x, width } = element.getBBox();
    Object.assign(this, { x: x + width / 2, anchor: "middle" });
  }

  /** Lets each run follow the one before it, so that none stands in another when numbers change. */
  flow() {
    if (!this.flows) return;
    const [first, ...others] = this.spans;
    let y = Number(first.getAttribute("y") ?? this.element.getAttribute("y"));
    for (const span of others) {
      const next = Number(span.getAttribute("y") ?? y);
      span.setAttribute("dy", next - y);
      y = next;
      span.removeAttribute("x");
      span.removeAttribute("y");
    }
    for (const one of [this.element, first]) one.setAttribute("x", this.x);
    this.element.setAttribute("text-anchor", this.anchor);
  }

  /** Writes the numbers of now at full size; whether that changes anything. */
  put(write) {
    this.write = write;
    const texts = this.texts(this.runs);
    const text = texts.join("");
    if (text === this.text) return false;
    this.text = text;
    this.set(texts, 1);
    return true;
  }

  /** Writes words in the place of its text; whether that changes anything. */
  putWords(text) {
    if (text === this.text) return false;
    Object.assign(this, { text, runs: [[text]], write: String });
    this.set([text], 1);
    return true;
  }

  texts(runs) {
    return runs.map((run) => fill(run, this.write));
  }

  set(texts, scale) {
    const { element, spans, sizes } = this;
    if (spans.length === 0) [element.textContent] = texts;
    else spans.forEach((span, index) => (span.textContent = texts[index] ?? ""));
    [element, ...spans].forEach((one, index) => {
      one.style.fontSize = scale < 1 && sizes[index] > 0 ? `${sizes[index] * scale}px` : "";
    });
  }

  measure() {
    this.length = this.element.getComputedTextLength();
  }

  /** Leaves the terms out of a sum that its box has no room for; whether it does. */
  shorten() {
    const isLong = this.room !== null && this.length > this.room - 8;
    if (isLong) this.set(this.texts(withoutSum(this.runs)), 1);
    return isLong;
  }

  /** Keeps a line inside its box, smaller where it must be. */
  settleInRoom() {
    const room = this.room === null ? Infinity : this.room - 8;
    const scale = Math.min(1, room / this.length);
    if (scale < 1) this.set(this.texts(withoutSum(this.runs)), scale);
    this.carryMarks(this.x - this.share * this.length * scale, scale);
  }

  /** How much of the line is before the place of its text. */
  get share() {
    return { start: 0, middle: 0.5, end: 1 }[this.anchor];
  }

  /** Keeps the marks over their letters: the text now begins at `start`, in another size. */
  carryMarks(start, scale) {
    const before = this.x - this.share * this.width;
    const y = Number(this.element.getAttribute("y"));
    for (const mark of this.marks) {
      mark.setAttribute("transform", `translate(${start} ${y}) scale(${scale}) translate(${-before} ${-y})`);
    }
  }

  /** Keeps the label of an edge between the boxes beside it, and makes its plate as wide as its text. */
  settleBetween(boxes, plate) {
    const { share } = this;
    const y = Number(this.element.getAttribute("y")) - 4;
    const middle = this.x + (0.5 - share) * this.width;
    const beside = boxes.filter((box) => box.y < y + 6 && y - 6 < box.y + box.height);
    const left = Math.max(...beside.map(({ x, width }) => x + width).filter((x) => x <= middle));
    const right = Math.min(...beside.map(({ x }) => x).filter((x) => x >= middle));
    const room = Math.max(right - left - 6, this.width);
    const size = Math.min(1, room / this.length);
    if (size < 1) {
      this.set(this.texts(this.runs), size);
      this.length = room;
    }
    let start = this.x - share * this.length;
    if (this.length > this.width) start = Math.max(Math.min(start, right - 3 - this.length), left + 3);
    const x = start + share * this.length;
    for (const one of [this.element, ...this.spans.slice(0, 1)]) one.setAttribute("x", x);
    this.carryMarks(start, size);
    if (!plate || this.width === 0) return;
    const scale = (this.length + 5) / (this.width + 5);
    plate.setAttribute("transform", `translate(${x} 0) scale(${scale} 1) translate(${-this.x} 0)`);
  }
}

/** `db = 5` for `db = 2 + 3 = 5`. */
const withoutSum = (runs) => runs.map((run) => {
  const numbers = slots(run);
  return numbers.length < 2 ? run : [...run.slice(0, run.indexOf(numbers[0])), numbers.at(-1)];
});
