// Gradient descent: buttons that move the parameters against their derivatives, and the curve of the loss.

/** Where an entry goes, against which the rate moves it, as Optimizer has it; `number` counts from 1. */
const directions = {
  sgd: (derivative) => derivative,
  // What the inverse of the Hessian makes of the derivatives.
  newton: (direction) => direction,
  momentum(derivative, number, { momentum }, memory) {
    memory[0] = momentum * memory[0] + derivative;
    return memory[0];
  },
  adam(derivative, number, { beta1, beta2, epsilon }, memory) {
    memory[0] = beta1 * memory[0] + (1 - beta1) * derivative;
    memory[1] = beta2 * memory[1] + (1 - beta2) * derivative * derivative;
    const mean = memory[0] / (1 - beta1 ** number);
    return mean / (Math.sqrt(memory[1] / (1 - beta2 ** number)) + epsilon);
  },
};

/** The descent of the page: where it began, how far it is, and the losses on the way.

    It stands among the inputs, so that it hears of every value that changes. */
class Descent {
  constructor({ optimizer, rate, constants, count, parameters, gradient, rates, rules }) {
    Object.assign(this, { direction: directions[optimizer], rate, constants, count, gradient, rates, rules });
    this.initialRate = rate;
    this.parameters = parameters.map((node) => ({
      node, shown: page.shown.findIndex(({ origin }) => origin === node),
    }));
    // As an input it has no place in the address.
    Object.assign(this, { id: "", isChanged: false, field: {} });
    this.begin();
    find("one").addEventListener("click", () => this.go(1));
    find("ten").addEventListener("click", () => this.go(10));
    find("again").addEventListener("click", () => this.restart(0));
    find("rate_slider").addEventListener("input", ({ target }) => {
      const rate = Number((this.initialRate * 10 ** Number(target.value)).toPrecision(2));
      find("rate").value = rate;
      this.setRate(rate);
    });
    find("rate").value = rate;
    find("rate").addEventListener("input", ({ target }) => {
      const { value } = read(target.value);
      const isWrong = !(value > 0);
      complain(target, isWrong ? phrase("noRate") : "");
      if (!isWrong) this.setRate(value);
    });
  }

  valueOf(node) {
    return given.get(node) ?? page.operations[node][2];
  }

  get loss() {
    return entriesOf(state.values[recording.outputNode])[0];
  }

  /** Makes what the parameters are now the start. */
  begin() {
    this.start = new Map(this.parameters.map(({ node }) => [node, this.valueOf(node)]));
    this.losses = [this.loss];
    this.memories = new Map();
    this.isOver = false;
    this.remember();
  }

  /** Notes what the parameters are, by which a change from elsewhere is told. */
  remember() {
    this.known = this.parameters.map(({ node }) => this.valueOf(node));
    this.knownLoss = this.loss;
  }

  /** What the rule takes for each parameter: its derivatives, or what the inverse of the Hessian makes of them. */
  solved() {
    const all = new Map(this.parameters.map(({ node, shown }) => [node, [...entriesOf(state.derivatives[shown])]]));
    if (this.gradient === undefined) return all;
    if (isPastKink(recording, state)) return this.end(phrase("kinkCrossed"));
    const nodes = this.parameters.map(({ node }) => node);
    const solved = solution(hessian(recording, given, nodes, this.gradient), [...all.values()].flat());
    if (solved === null) return this.end(phrase("noInverse"));
    let start = 0;
    return new Map([...all].map(([node, { length }]) => [node, solved.slice(start, start += length)]));
  }

  /** Says why there is no next step. */
  end(reason) {
    [this.isOver, this.reason] = [true, reason];
    return null;
  }

  /** Takes one update; where it leads to what is not finite all stays as it is. */
  take() {
    const before = new Map(given);
    const number = this.losses.length;
    const directions = this.solved();
    if (this.isOver) return;
    // Rates that the program changes are changed alike; after the last one it stays.
    const rates = this.rates?.[Math.min(number, this.rates.length) - 1];
    const factor = this.rate / this.initialRate;
    for (const [place, { node }] of this.parameters.entries()) {
      const [value, own] = [this.valueOf(node), directions.get(node)];
      const rate = rates === undefined ? this.rate : rates[place] * factor;
      if (!this.memories.has(node)) this.memories.set(node, [...own].map(() => [0, 0]));
      const memories = this.memories.get(node);
      const moved = (entry, at) =>
        entry - rate * this.direction(own[at], number, this.constants, memories[at]);
      const next = isArray(value)
        ? { shape: value.shape, data: Float64Array.from(value.data, moved) } : moved(value, 0);
      given.set(node, next);
    }
    const next = compute(recording, given);
    const numbers = [next.values[recording.outputNode],
      ...this.parameters.flatMap(({ shown }) => [next.values[shown], next.derivatives[shown]])];
    if (!numbers.every((value) => [...entriesOf(value)].every(Number.isFinite))) {
      this.end(phrase("leadsNowhere", { name: page.shown[recording.outputNode].name }));
      given.clear();
      for (const [node, value] of before) given.set(node, value);
      return;
    }
    state = next;
    this.losses.push(this.loss);
  }

  /** Goes some updates on, and shows where that leads. */
  go(count) {
    play(false);
    nudge = null;
    for (let i = 0; i < count && !this.isOver; i += 1) this.take();
    this.remember();
    step = lastStep;
    update();
  }

  /** Goes from the start again, `count` updates. */
  restart(count) {
    for (const [node, value] of this.start) {
      if (value === page.operations[node][2]) given.delete(node);
      else given.set(node, value);
    }
    state = compute(recording, given);
    this.begin();
    this.go(count);
  }

  setRate(rate) {
    this.rate = rate;
    this.restart(this.losses.length - 1);
  }

  // MARK: As an input

  /** Writes the step, the rule and the curve. */
  write() {
    const isKnown = this.loss === this.knownLoss
      && this.parameters.every(({ node }, at) => this.valueOf(node) === this.known[at]);
    if (!isKnown) this.begin();
    const { name } = page.shown[recording.outputNode];
    const loss = `${name} = ${texts.number(this.loss)}`;
    const lines = [phrase("descended", { number: this.losses.length - 1, loss })];
    if (this.isOver) lines.push(this.reason);
    find("descended").replaceChildren(...lines.map((textContent) => element("span", { textContent })));
    find("rules").replaceChildren(...this.rules.map((rule) =>
      element("span", { textContent: rule.replaceAll("{rate}", texts.number(this.rate)) })));
    find("rate_slider").value = Math.log10(this.rate / this.initialRate);
    find("rate_slider").setAttribute("aria-valuetext", texts.number(this.rate));
    drawLosses(find("losses"), this.losses, loss);
  }

  reveal() {}
  reset() {}
  type() {}
}

/** Draws a curve of losses into an SVG of 320 × 150; by their logarithms where they fall by much. */
function drawLosses(svg, losses, text) {
  const shape = (name, attributes, textContent) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (textContent) made.textContent = textContent;
    return made;
  };
  const [least, most] = [losses.reduce((a, b) => Math.min(a, b)), losses.reduce((a, b) => Math.max(a, b))];
  const isLogarithmic = least > 0 && most / least >= 100;
  const height = (loss) => (isLogarithmic ? Math.log10(loss) : loss);
  const [low, high] = [height(least), height(most)];
  const [left, right, top, bottom] = [64, 308, 12, 124];
  const last = Math.max(1, losses.length - 1);
  const x = (index) => left + ((right - left) * index) / last;
  const y = (loss) => (high > low ? bottom - ((bottom - top) * (height(loss) - low)) / (high - low) : (top + bottom) / 2);
  const points = losses.map((loss, index) => `${x(index).toFixed(1)},${y(loss).toFixed(1)}`);
  const label = (at, place, anchor, words) =>
    shape("text", { x: at, y: place, "text-anchor": anchor }, words);
  const marks = high > low
    ? [label(left - 6, top + 4, "end", texts.number(most)), label(left - 6, bottom + 4, "end", texts.number(least))]
    : [label(left - 6, (top + bottom) / 2 + 4, "end", texts.number(most))];
  svg.setAttribute("aria-label", text);
  svg.replaceChildren(
    shape("path", { d: `M${left} ${top}V${bottom}H${right}`, class: "axis" }), ...marks,
    label(left, bottom + 18, "middle", "0"), label(right, bottom + 18, "end", String(losses.length - 1)),
    shape("polyline", { points: points.join(" ") }),
    shape("circle", { cx: x(losses.length - 1), cy: y(losses.at(-1)), r: 4.5 }));
}

const descent = new Descent(page.descent);
inputs.push(descent);
