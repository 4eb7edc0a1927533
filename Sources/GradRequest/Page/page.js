// The page: steps, inputs, the node chosen and the nudge.

const page = JSON.parse(document.getElementById("recording").textContent);
const words = page.words;
const recording = prepared(page);
const texts = numberTexts(page.numbers);
const figure = new FigureView(document.querySelector("#figure svg"), recording, texts);
const lastStep = page.steps.length - 1;
const given = new Map();
let state = compute(recording, given);
let step = 0;
let chosen = page.chosen;
let nudge = null;

const find = (id) => document.getElementById(id);
const phrase = (word, fillings) =>
  words[word].replace(/\{(\w+)\}/g, (_, name) => fillings[name]);
const element = (tag, properties = {}, ...children) => {
  const made = document.createElement(tag);
  const { dataset, ...rest } = properties;
  Object.assign(made, rest);
  Object.assign(made.dataset, dataset);
  made.append(...children);
  return made;
};

/** The recording with what follows from it, for quick use. */
function prepared(page) {
  const { shown, edges, operations } = page;
  const outgoing = shown.map(() => []);
  edges.forEach(({ from, to }, edge) => shown[to].isUnused || outgoing[from].push(edge));
  const incoming = shown.map(() => []);
  edges.forEach(({ to }, edge) => incoming[to].push(edge));
  const kept = new Set(shown.map(({ origin }) => origin));
  const innerNodes = shown.map(({ origin }) => {
    const inner = new Set();
    const stack = [origin];
    while (stack.length > 0) {
      for (const operand of operations[stack.pop()][1]) {
        const isInner = operations[operand][0] > 1 && !kept.has(operand) && !inner.has(operand);
        if (isInner) stack.push(operand);
        if (isInner) inner.add(operand);
      }
    }
    return [...inner].sort((a, b) => b - a);
  });
  const choices = new Map();
  page.decisions.forEach(({ node, isHeld }, index) => {
    if (node !== null) choices.set(node, { holds: conditions[index], held: isHeld });
  });
  const arriving = outgoing.map((ways) => [...ways].sort((a, b) => edges[a].step - edges[b].step));
  // What is computed from constants alone.
  const literals = new Set();
  operations.forEach(([opcode, operands], index) => {
    const isLiteral = opcode > 1 ? operands.every((node) => literals.has(node)) : opcode === 1;
    if (isLiteral) literals.add(index);
  });
  const outputNode = shown.findIndex(({ origin }) => origin === page.output);
  return {
    ...page, outgoing, incoming, arriving, innerNodes, choices, literals, outputNode,
  };
}

// MARK: Numbers

/** Computes and writes everything anew. */
function update() {
  state = compute(recording, given);
  const moved = new Map();
  if (nudge !== null) {
    const node = page.shown[nudge.node].origin;
    const held = { node, value: state.all[node] + nudge.by };
    const { values } = run(recording, given, held);
    page.shown.forEach(({ origin }, index) => {
      if (!Object.is(values[origin], state.all[origin])) moved.set(index, values[origin]);
    });
  }
  figure.write(state, moved);
  figure.light(nudge?.node ?? chosen);
  showNode();
  showNudge(moved);
  show(step);
  showFlips();
  for (const input of inputs) input.write();
}

const sentence = (pieces) => fill(pieces, writer(pieces, state, texts));

/** Says which conditions would turn out otherwise where the page cannot follow. */
function showFlips() {
  const flipped = page.decisions.filter(({ node, isHeld }, index) =>
    node === null && conditions[index] !== null && conditions[index](state.all) !== isHeld);
  const lines = flipped.map(({ condition }) => phrase("flipped", { condition }));
  const text = [...new Set(lines)].join(" ");
  if (find("notice").textContent !== text) find("notice").textContent = text;
}

// MARK: Steps

/** Puts a sentence below the figure, where screen readers hear of it. */
function say(text) {
  if (find("sentence").textContent !== text) find("sentence").textContent = text;
}

function show(step) {
  figure.show(step);
  say(nudge === null ? sentence(page.steps[step]) : find("quotient").textContent);
  const position = phrase("position", { step, last: lastStep });
  find("position").textContent = position;
  find("step").value = step;
  find("step").setAttribute("aria-valuetext", position);
  for (const [id, isOff] of [["first", step === 0], ["back", step === 0],
    ["next", step === lastStep], ["last", step === lastStep]]) {
    // A button that is off keeps the focus, so that the keyboard does not lose its place.
    find(id).setAttribute("aria-disabled", String(isOff));
  }
}

/** Goes to a step; a nudge is over then. */
function go(number) {
  step = Math.min(Math.max(number, 0), lastStep);
  if (nudge === null) return show(step);
  nudge = null;
  update();
}

const moves = { first: () => 0, back: () => step - 1, next: () => step + 1, last: () => lastStep };
for (const [id, target] of Object.entries(moves)) {
  find(id).addEventListener("click", () => go(target()));
}
find("step").max = lastStep;
find("step").addEventListener("input", (event) => go(Number(event.target.value)));

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key === "Escape" && (nudge !== null || chosen !== null)) {
    if (nudge !== null) nudge = null;
    else chosen = null;
    update();
    return;
  }
  if (event.target.closest("input, select, textarea")) return;
  const keys = { ArrowLeft: "back", ArrowRight: "next", Home: "first", End: "last" };
  if (!(event.key in keys)) return;
  event.preventDefault();
  go(moves[keys[event.key]]());
});

let touch = null;
find("stage").addEventListener("touchstart", (event) => {
  const scrolled = event.target.closest("#figure");
  const isFree = !scrolled || scrolled.scrollWidth <= scrolled.clientWidth + 1;
  const isOwn = event.target.closest("input, .node.input") !== null;
  touch = isFree && !isOwn && event.touches.length === 1 ? event.touches[0] : null;
}, { passive: true });
find("stage").addEventListener("touchend", (event) => {
  if (touch === null) return;
  const [x, y] = ["clientX", "clientY"].map((axis) => event.changedTouches[0][axis] - touch[axis]);
  touch = null;
  if (Math.abs(x) > 40 && Math.abs(x) > 2 * Math.abs(y)) go(step + (x < 0 ? 1 : -1));
}, { passive: true });

// MARK: Inputs

/** `db = 6`; null for data, which has no derivative. */
function derivative(node) {
  const { derivativeName } = page.shown[node];
  return derivativeName === null ? null : `${derivativeName} = ${texts.number(state.derivatives[node])}`;
}

/** A round number of the size of `number`, upward: 1, 2 or 5 times a power of ten. */
function rounded(number) {
  const unit = 10 ** Math.floor(Math.log10(number));
  return [1, 2, 5, 10].map((factor) => factor * unit).find((size) => size >= number * 0.999999);
}

/** The fields of one input: a number to type, a slider, and a nudge. */
class Input {
  constructor({ node, shown, name, value }) {
    Object.assign(this, { node, shown, name, initial: value });
    const reach = rounded(Math.max(1, 2 * Math.abs(Number.isFinite(value) ? value : 0)));
    this.unit = reach / 500;
    this.field = element("input", {
      type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false,
      ariaLabel: phrase("valueOf", { name }), id: `value-${node}`,
    });
    this.slider = element("input", {
      type: "range", ariaLabel: phrase("sliderOf", { name }),
      min: this.initial - reach, max: this.initial + reach, step: "any",
    });
    this.derivative = element("output", { className: "derivative" });
    this.button = element("button", { type: "button", className: "quiet" });
    this.field.addEventListener("input", () => this.type());
    this.field.addEventListener("change", () => this.write());
    this.slider.addEventListener("input", () => this.set(this.tidy(Number(this.slider.value))));
    this.slider.addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
      if (way === undefined) return;
      event.preventDefault();
      this.set(this.tidy(this.value + way * this.unit * 5));
    });
    this.button.addEventListener("click", () => startNudge(this.shown));
    const label = element("label", { htmlFor: this.field.id, textContent: name });
    find("inputs").append(element(
      "div", { className: "input" }, label, this.field, this.slider, this.derivative,
      this.shown === null ? "" : this.button));
  }

  get value() {
    return given.get(this.node) ?? this.initial;
  }

  /** A whole number of units, without the dust of binary fractions. */
  tidy(value) {
    return Number((Math.round(value / this.unit) * this.unit).toPrecision(12));
  }

  set(value) {
    given.set(this.node, value);
    nudge = null;
    update();
  }

  type() {
    const text = this.field.value.trim().replace("−", "-");
    const value = Number(text.replace(",", "."));
    const isWrong = text === "" || Number.isNaN(value);
    this.field.setAttribute("aria-invalid", String(isWrong));
    if (!isWrong) this.set(value);
  }

  write() {
    const isTyping = document.activeElement === this.field;
    if (!isTyping || Number.isNaN(Number(this.field.value))) {
      this.field.value = String(this.value);
      this.field.setAttribute("aria-invalid", "false");
    }
    if (Number.isFinite(this.value)) {
      this.slider.min = Math.min(this.slider.min, this.value);
      this.slider.max = Math.max(this.slider.max, this.value);
      this.slider.value = this.value;
    }
    this.slider.setAttribute("aria-valuetext", texts.number(this.value));
    if (this.shown === null) return;
    this.derivative.textContent = derivative(this.shown) ?? "";
    this.button.textContent = phrase("nudge", { name: this.name });
    this.button.setAttribute("aria-pressed", String(nudge?.node === this.shown));
  }
}

const inputs = page.inputs.map((input) => new Input(input));
// Numbers that were given cannot be computed anew.
if (page.isGiven) {
  find("nudging").hidden = true;
  find("inputs").parentElement.hidden = true;
}
find("reset").addEventListener("click", () => {
  given.clear();
  nudge = null;
  for (const input of inputs) input.field.value = String(input.initial);
  update();
});

/** Lets the box of an input be dragged to the left and right. */
function makeDraggable(group, input) {
  let start = null;
  group.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
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

// MARK: Nodes

for (const part of figure.nodes()) {
  const input = inputs.find(({ shown }) => shown === part.node);
  if (input) makeDraggable(part.group, input);
  const choose = () => {
    nudge = null;
    chosen = chosen === part.node ? null : part.node;
    update();
  };
  part.group.addEventListener("click", () => {
    if (part.group.dataset.dragged === "true") part.group.dataset.dragged = "false";
    else choose();
  });
  part.group.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose();
  });
}

function showNode() {
  find("nudge").hidden = chosen === null;
  const isChosen = chosen !== null;
  find("hint").hidden = isChosen;
  find("chosen").hidden = !isChosen;
  if (!isChosen) return;
  const { title, chainRule, paths } = page.shown[chosen];
  const write = writer(chainRule.flat(), state, texts);
  const [name, ...terms] = chainRule.map((formula) => fill(formula, write));
  find("name").textContent = `${title} = ${texts.number(state.values[chosen])}`;
  const lines = terms.map((term, index) =>
    element("span", {}, index === 0 ? element("b", { textContent: name }) : "", ` = ${term}`));
  find("rule").replaceChildren(...lines);
  find("paths").textContent = paths === null ? "" : sentence(paths);
}

// MARK: Nudge

function startNudge(node) {
  const by = Number(find("by").value.trim().replace("−", "-").replace(",", "."));
  const isWrong = !Number.isFinite(by) || by === 0;
  find("by").setAttribute("aria-invalid", String(isWrong));
  if (isWrong) return find("by").focus();
  nudge = nudge?.node === node ? null : { node, by };
  if (nudge !== null) {
    chosen = node;
    step = lastStep;
  }
  update();
}

find("nudge").addEventListener("click", () => startNudge(chosen));
find("by").addEventListener("change", () => {
  if (nudge === null) return;
  const { node } = nudge;
  nudge = null;
  startNudge(node);
});

function showNudge(moved) {
  find("nudge").setAttribute("aria-pressed", String(nudge !== null));
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

document.documentElement.classList.add("live");
find("sentence").textContent = "";
update();
