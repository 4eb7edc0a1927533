// Inputs: what is typed, the slider, and the derivative beside them.

/** The number that was typed, or why it is none, as the name of a phrase. */
function read(typed) {
  const text = typed.trim().replaceAll("−", "-").replace(",", ".");
  if (text === "") return { fault: "noNumber" };
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return { fault: "notANumber" };
  const value = Number(text);
  return Number.isFinite(value) ? { value } : { fault: "tooLarge" };
}

/** Says below a field what is wrong with it; nothing for an empty text. */
function complain(field, text) {
  const place = find(field.getAttribute("aria-describedby"));
  if (place.textContent !== text) place.textContent = text;
  field.setAttribute("aria-invalid", String(text !== ""));
}

/** A round number of the size of `number`, upward: 1, 2 or 5 times a power of ten. */
function rounded(number) {
  const unit = 10 ** Math.floor(Math.log10(number));
  return [1, 2, 5, 10].map((factor) => factor * unit).find((size) => size >= number * 0.999999);
}

/** The fields of one input: a number to type, a slider, and a nudge. */
class Input {
  constructor({ node, shown, name, value, id, entry, array }) {
    Object.assign(this, { node, shown, name, initial: value, entry, array });
    this.id = id ?? page.shown[shown]?.id ?? name;
    this.field = element("input", {
      type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false,
      ariaLabel: phrase("valueOf", { name }), id: `value-${node}${entry === undefined ? "" : `-${entry}`}`,
    });
    this.field.setAttribute("aria-describedby", `fault-${node}`);
    this.listen();
    this.build();
  }

  /** Puts the field into the panel, with what stands around it. */
  build() {
    const { name, node } = this;
    this.slider = element("input", { type: "range", ariaLabel: phrase("sliderOf", { name }), step: "any" });
    this.reachFor(this.initial);
    this.derivative = element("span", { className: "derivative" });
    this.button = element("button", { type: "button", className: "quiet" });
    this.listenToSlider();
    const label = element("label", { htmlFor: this.field.id, textContent: name });
    const fault = element("p", { id: `fault-${node}`, className: "fault", role: "status" });
    find("inputs").append(element(
      "div", { className: "input" }, label, this.field, this.slider, fault,
      this.shown === null ? "" : element("div", { className: "back" }, this.derivative, this.button)));
  }

  /** Gives the slider its range: around the value of the program, or around one far from that. */
  reachFor(value) {
    const reach = (middle) => rounded(Math.max(1, 2 * Math.abs(Number.isFinite(middle) ? middle : 0)));
    const isFar = Math.abs(value - this.initial) > reach(this.initial);
    const middle = isFar ? value : this.initial;
    this.unit = reach(middle) / 500;
    Object.assign(this.slider, { min: middle - reach(middle), max: middle + reach(middle) });
  }

  listen() {
    this.field.addEventListener("input", () => this.type());
    this.field.addEventListener("change", () => this.write());
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.field.getAttribute("aria-invalid") !== "true") return;
      event.preventDefault();
      this.field.value = String(this.value);
      this.type();
    });
  }

  listenToSlider() {
    this.slider.addEventListener("input", () => this.set(this.tidy(Number(this.slider.value))));
    this.slider.addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
      if (way === undefined) return;
      event.preventDefault();
      this.set(this.tidy(this.value + way * this.unit * 5));
    });
    this.button.addEventListener("click", () => startNudge(this.shown));
  }

  get value() {
    return given.get(this.node) ?? this.initial;
  }

  get isChanged() {
    return given.has(this.node);
  }

  /** A whole number of units, without the dust of binary fractions. */
  tidy(value) {
    return Number((Math.round(value / this.unit) * this.unit).toPrecision(12));
  }

  /** Takes a value that comes from elsewhere than the field. */
  set(value) {
    complain(this.field, "");
    if (document.activeElement === this.field) this.field.value = String(value);
    this.give(value);
  }

  give(value) {
    this.pass(Object.is(value, this.initial) ? undefined : value);
  }

  /** Computes everything with another value; with the recorded one for `undefined`. */
  pass(value) {
    play(false);
    if (value === undefined) given.delete(this.node);
    else given.set(this.node, value);
    nudge = null;
    update();
  }

  /** Takes what stands in the field, or says why not. */
  type() {
    const text = this.field.value.trim();
    const { value, fault } = read(text);
    const { name } = this;
    complain(this.field, fault ? phrase(fault, { text, name, value: texts.number(this.value) }) : "");
    if (fault || Object.is(value, this.value)) return;
    if (this.slider) this.reachFor(value);
    this.give(value);
  }

  writeField() {
    const isWrong = this.field.getAttribute("aria-invalid") === "true";
    if (document.activeElement !== this.field && !isWrong) this.field.value = String(this.value);
  }

  write() {
    this.writeField();
    if (Number.isFinite(this.value)) {
      this.slider.min = Math.min(this.slider.min, this.value);
      this.slider.max = Math.max(this.slider.max, this.value);
      this.slider.value = this.value;
    }
    this.slider.setAttribute("aria-valuetext", texts.number(this.value));
    if (this.shown === null) return;
    this.derivative.replaceChildren(...withVersions(derivative(this.shown) ?? ""));
    this.button.textContent = phrase("nudge", { name: this.name });
    this.button.setAttribute("aria-pressed", String(nudge?.node === this.shown));
  }

  /** Shows the derivative once its step has come. */
  reveal(step) {
    if (this.shown === null) return;
    this.derivative.classList.toggle("later", step < recording.derivativeSteps[this.shown]);
  }

  reset() {
    complain(this.field, "");
    this.field.value = String(this.initial);
    if (this.slider) this.reachFor(this.initial);
  }
}
