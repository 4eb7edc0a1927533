// The figure: the same drawing as the file, whose numbers are written anew.

/** The drawing in the page, part by part. */
class FigureView {
  constructor(svg, recording, texts) {
    this.svg = svg;
    this.recording = recording;
    this.texts = texts;
    this.whole = new Layer(svg, recording.parts, null, recording);
    this.layers = [this.whole];
    this.gather();
    // As a picture for readers it has one text; as a group its nodes can be chosen.
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-labelledby", svg.querySelector("title").id);
  }

  /** Takes the parts of what is open. */
  gather() {
    this.parts = this.layers.flatMap(({ parts }) => parts);
    this.buttons = new Map();
    for (const part of this.parts) {
      if (part.kind === "fold") this.buttons.set(`fold ${part.fold}`, part);
      if (part.kind === "node" && part.isMain) this.buttons.set(part.node, part);
    }
  }

  /** The boxes that stand for nodes; a gate beside one is none. */
  nodes() {
    return this.parts.filter((part) => part.kind === "node" && part.isMain);
  }

  /** The inputs that are drawn again, lightly, where they are used. */
  copies() {
    return this.parts.filter(({ kind, group }) => kind === "node" && group.classList.contains("repeated"));
  }

  /** The box of a node in the drawing, or the closed box that it is in. */
  boxOfNode(node) {
    const chain = this.recording.foldsAround(node);
    const part = this.buttons.get(node) ?? chain.map((fold) => this.buttons.get(`fold ${fold}`)).find(Boolean);
    return part.box;
  }

  /** A box around what is new in the step shown; null where nothing is. */
  boxOfStep() {
    const boxes = this.parts.filter(({ group }) => group.classList.contains("now"))
      .map(({ box }) => box);
    if (boxes.length === 0) return null;
    const [x, y] = ["x", "y"].map((axis) => Math.min(...boxes.map((box) => box[axis])));
    return {
      x, y, width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
      height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
    };
  }

  /** Small boxes along the edges that are lit, for what should not hide them. */
  spotsOfPaths() {
    const lit = this.parts.filter(({ kind, group }) =>
      (kind === "forward" || kind === "backward") && !group.classList.contains("dim"));
    // Among very many there is no free place to be found.
    if (lit.length > 80) return [];
    return lit.flatMap((part) => {
      part.spots ??= spotsAlong(part.group.querySelector("path"));
      return part.spots.map((spot) => part.layer.placed(spot));
    });
  }

  /** Writes all numbers; `moved` says for a node its value before and after a nudge. */
  write(state, moved = new Map()) {
    const { pair } = this.texts;
    const written = (pieces) => {
      const write = writer(pieces, state, this.texts);
      return (slot) => {
        const [role, index] = slot;
        if (role !== "value" || !moved.has(index) || isArray(moved.get(index))) return write(slot);
        return pair(state.values[index], moved.get(index)).join(" → ");
      };
    };
    const changed = [];
    for (const part of this.parts) {
      if (part.tip) part.tip.textContent = this.explanation(part, state);
      for (const line of part.lines) {
        const range = part.kind === "fold" && this.range(part.fold, line.kind, state);
        if (range) {
          if (line.putWords(range)) changed.push({ part, line });
          continue;
        }
        const pieces = line.runs.flat();
        const write = written(pieces);
        line.spoken = line.plain && fill(line.plain, write);
        if (slots(pieces).length > 0 && line.put(write)) changed.push({ part, line });
      }
    }
    // All are written before the first is measured, and again those that were too long.
    for (const { line } of changed) line.measure();
    const shortened = changed.filter(({ line }) => line.shorten());
    for (const { line } of shortened) line.measure();
    for (const { part, line } of changed) {
      if (part.kind === "label") line.settleBetween(part.layer.boxes, part.group.querySelector("path"));
      else line.settleInRoom();
    }
    this.fade(state);
  }

  /** What a part says to who asks. */
  explanation(part, state) {
    if (part.kind === "fold") return this.sayingOfFold(part.fold, state, true).join("\n");
    let lines = part.explanation;
    if (lines.length === 0 && part.kind === "node") {
      const { title, chainRule } = this.recording.shown[part.node];
      const value = [`${title} = `, ["value", part.node, "plain"]];
      const rule = chainRule.flatMap((formula, at) => (at === 0 ? formula : [" = ", ...formula]));
      lines = rule.length === 0 ? [value] : [value, rule];
    }
    return lines.map((line) => fill(line, writer(line, state, this.texts))).join("\n");
  }

  /** The least and the largest number of a box: of its values, or its derivatives; null where it has one
      number alone, or none. */
  range(fold, kind, { values, derivatives }) {
    const { nodes } = this.recording.folds[fold];
    if (nodes.length < 2 || (kind !== "value" && kind !== "derivative")) return null;
    const all = (kind === "value" ? nodes.map((node) => values[node])
      : nodes.filter((node) => this.recording.shown[node].derivativeName !== null)
        .map((node) => derivatives[node])).flatMap((value) => [...entriesOf(value)]);
    const least = all.reduce((a, b) => Math.min(a, b), Infinity);
    const largest = all.reduce((a, b) => Math.max(a, b), -Infinity);
    const { number } = this.texts;
    return Object.is(least, largest) || Number.isNaN(least)
      ? number(least) : `${number(least)} … ${number(largest)}`;
  }

  /** What is said of a box: its values, and its derivatives where they are known. */
  sayingOfFold(fold, state, isBack) {
    const { title, nodes } = this.recording.folds[fold];
    const said = (kind, numbers) =>
      this.range(fold, kind, state) ?? valueText(numbers[nodes[0]]);
    const lines = [phrase("boxValues", { box: title, range: said("value", state.values) })];
    const isData = nodes.every((node) => this.recording.shown[node].derivativeName === null);
    if (isBack && !isData) {
      lines.push(phrase("boxDerivatives", { box: title, range: said("derivative", state.derivatives) }));
    }
    return lines;
  }

  /** Makes faint what has no part in the derivative, and marks where a value stops being finite. */
  fade(state) {
    const blocked = blockedParts(this.recording, state);
    const isFaint = (part) => {
      if (part.kind === "node") return blocked.nodes.has(part.node);
      if (part.kind === "fold") {
        return this.recording.folds[part.fold].nodes.every((node) => blocked.nodes.has(node));
      }
      if (part.kind === "frame" || part.kind === "title") return false;
      if (part.folds) {
        return part.edges.every((edge) => part.kind === "forward"
          ? this.recording.shown[this.recording.edges[edge].to].isUnused : blocked.edges.has(edge));
      }
      if (part.edge === null) return part.ends.some((node) => blocked.nodes.has(node));
      const isOfValues = part.isForward || (part.kind === "forward" && !part.isWire);
      return this.recording.shown[this.recording.edges[part.edge].to].isUnused
        || (!isOfValues && blocked.edges.has(part.edge));
    };
    const starts = notFinite(this.recording, state);
    for (const part of this.parts) {
      part.group.classList.toggle("faint", isFaint(part));
      if (part.kind !== "node") continue;
      part.group.classList.toggle("begins", starts.has(part.node));
      const reason = blocked.nodes.get(part.node);
      if (reason && part.tip) part.tip.textContent += `\n${reason}`;
    }
  }

  /** Shows what is known after `step`, and what is new in it. */
  show(step) {
    for (const part of this.parts) {
      part.group.classList.toggle("later", part.step > step);
      let isNow = part.step === step && step > 0;
      for (const line of part.lines) {
        const isNew = line.step === step && step > 0;
        line.element.classList.toggle("later", line.step > step);
        line.group?.classList.toggle("later", line.step > step);
        isNow ||= isNew;
        embolden(line.element, isNew || (part.kind === "label" && part.step === step && step > 0));
      }
      part.group.classList.toggle("now", isNow);
    }
    for (const part of this.buttons.values()) {
      const known = part.lines.filter((line) => line.step <= step && (line.kind !== "gate" || part.kind === "fold"));
      const say = (lines) => lines.map((line) => line.spoken ?? line.element.textContent);
      const title = say(known.filter((line) => line.kind === "title")).join(" ");
      const words = [title, ...say(known.filter((line) => line.kind !== "title"))].join(", ");
      part.group.setAttribute("aria-label", words || this.recording.shown[part.node].name);
    }
  }

  /** Lights the paths from a node to the output; all there is for null. */
  light(node) {
    const lit = node === null ? null : pathsFrom(this.recording, node);
    for (const part of this.parts) {
      let isLit = true;
      if (lit && part.kind === "node") isLit = lit.nodes.has(part.node);
      if (lit && part.kind === "fold") {
        isLit = this.recording.members(part.fold).some((member) => lit.nodes.has(member));
      }
      if (lit && ["forward", "backward", "label"].includes(part.kind)) {
        if (part.folds) isLit = part.edges.some((edge) => lit.edges.has(edge));
        else if (part.edge !== null) isLit = lit.edges.has(part.edge);
        else isLit = part.ends.every((end) => lit.nodes.has(end));
      }
      part.group.classList.toggle("dim", !isLit);
      if (part.kind === "node" && part.isMain) {
        part.group.classList.toggle("chosen", part.node === node);
        part.group.setAttribute("aria-pressed", String(part.node === node));
      }
    }
    for (const copy of this.copies()) copy.group.classList.toggle("chosen", copy.node === node);
  }
}

/** Boxes of 12 units along a path. */
function spotsAlong(path) {
  const count = Math.ceil(path.getTotalLength() / 24);
  return [...Array(count + 1).keys()].map((index) => {
    const { x, y } = path.getPointAtLength(24 * index);
    return { x: x - 6, y: y - 6, width: 12, height: 12 };
  });
}

/** Makes a text bold by a line around its letters, which keep their widths and so their places. */
function embolden(text, isBold) {
  text.style.stroke = "";
  text.style.strokeWidth = "";
  if (!isBold) return;
  text.style.stroke = getComputedStyle(text).fill;
  text.style.strokeWidth = "0.6px";
}
