// Inputs that are arrays: a field for each entry, in rows as the figure has them.

/** The field of one entry. */
class Entry extends Input {
  build() {
    this.array.grid.append(this.field);
    this.field.addEventListener("focus", () => this.array.hold(this));
  }

  get value() {
    return (given.get(this.node) ?? this.array.initial).data[this.entry];
  }

  get isChanged() {
    return !Object.is(this.value, this.initial);
  }

  give(value) {
    const data = Float64Array.from((given.get(this.node) ?? this.array.initial).data);
    data[this.entry] = value;
    const isInitial = data.every((number, entry) => Object.is(number, this.array.initial.data[entry]));
    this.pass(isInitial ? undefined : { shape: this.array.initial.shape, data });
  }

  write() {
    this.writeField();
    if (this.entry === 0) this.array.write();
  }

  reveal(step) {
    if (this.entry === 0) this.array.reveal(step);
  }
}

/** What stands around the fields of one array: its name, its derivative and a nudge. */
class ArrayInput {
  constructor({ node, shown, name }) {
    const [, , initial] = page.operations[node];
    Object.assign(this, { node, shown, name, initial });
    const { shape, data } = initial;
    this.grid = element("div", { className: "entries" });
    this.grid.style.setProperty("--columns", shape.at(-1));
    this.derivative = element("span", { className: "derivative" });
    this.button = element("button", { type: "button", className: "quiet" });
    const fault = element("p", { id: `fault-${node}`, className: "fault", role: "status" });
    const title = element("span", { className: "name" }, name, element("small", { textContent: shape.join("×") }));
    find("inputs").append(element(
      "div", { className: "input array", role: "group", ariaLabel: name }, title, this.grid, fault,
      shown === null ? "" : element("div", { className: "back" }, this.derivative, this.button)));
    const id = page.shown[shown]?.id ?? name;
    this.entries = [...data].map((number, entry) => new Entry({
      node, shown, value: number, entry, array: this, name: name + placeOf(shape, entry),
      id: id + placeOf(shape, entry),
    }));
    this.held = this.entries[0];
    this.button.addEventListener("click", () => startNudge(shown, this.held.entry));
  }

  /** Makes an entry the one that the button moves. */
  hold(entry) {
    this.held = entry;
    this.write();
  }

  write() {
    if (this.shown === null) return;
    this.derivative.replaceChildren(...withVersions(derivative(this.shown) ?? ""));
    this.button.textContent = phrase("nudge", { name: this.held.name });
    this.button.setAttribute(
      "aria-pressed", String(nudge?.node === this.shown && nudge.entry === this.held.entry));
  }

  /** Shows the derivative once its step has come. */
  reveal(step) {
    if (this.shown === null) return;
    this.derivative.classList.toggle("later", step < recording.derivativeSteps[this.shown]);
  }
}
