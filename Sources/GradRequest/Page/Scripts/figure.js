// The figure: the same drawing as the file, whose numbers are written anew.

/** The drawing in the page, part by part. */
class FigureView {
  constructor(svg, recording, texts) {
    this.svg = svg;
    this.recording = recording;
    this.texts = texts;
    const groups = [...svg.children].filter((child) => child.tagName === "g");
    this.parts = recording.parts.map((part, index) => {
      const lines = [...groups[index].querySelectorAll("text")];
      return {
        ...part,
        group: groups[index],
        // Where it stands, whatever is written in it later.
        box: groups[index].getBBox(),
        tip: groups[index].querySelector("title"),
        lines: lines.map((element, line) => new FigureLine(element, part.lines[line])),
      };
    });
    // Only after all are measured, so that the browser places them once.
    for (const { lines } of this.parts) for (const line of lines) line.flow();
    // As a picture for readers it has one text; as a group its nodes can be chosen.
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-labelledby", svg.querySelector("title").id);
    for (const part of this.nodes()) {
      part.group.setAttribute("role", "button");
      part.group.setAttribute("aria-pressed", "false");
    }
  }

  /** The boxes that stand for nodes; a gate beside one is none. */
  nodes() {
    return this.parts.filter((part) => part.kind === "node" && part.isMain);
  }

  /** The box of a node in the drawing. */
  boxOfNode(node) {
    return this.nodes().find((part) => part.node === node).box;
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
      return part.spots;
    });
  }

  /** Writes all numbers; `moved` says for a node its value before and after a nudge. */
  write(state, moved = new Map()) {
    const { pair } = this.texts;
    const written = (pieces) => {
      const write = writer(pieces, state, this.texts);
      return (slot) => {
        const [role, index] = slot;
        if (role !== "value" || !moved.has(index)) return write(slot);
        return pair(state.values[index], moved.get(index)).join(" → ");
      };
    };
    const changed = [];
    for (const part of this.parts) {
      if (part.tip) {
        part.tip.textContent = part.explanation
          .map((line) => fill(line, writer(line, state, this.texts))).join("\n");
      }
      for (const line of part.lines) {
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
    const boxes = this.nodes().map(({ box }) => box);
    for (const { part, line } of changed) {
      if (part.kind === "label") line.settleBetween(boxes, part.group.querySelector("path"));
      else line.settleInRoom();
    }
    this.fade(state);
  }

  /** Makes faint what has no part in the derivative, and marks where a value stops being finite. */
  fade(state) {
    const blocked = blockedParts(this.recording, state);
    const isFaint = (part) => {
      if (part.kind === "node") return blocked.nodes.has(part.node);
      if (part.kind === "frame" || part.kind === "title") return false;
      if (part.edge === null) return part.ends.some((node) => blocked.nodes.has(node));
      if (part.kind === "forward" || part.isForward) {
        return this.recording.shown[this.recording.edges[part.edge].to].isUnused;
      }
      return blocked.edges.has(part.edge);
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
        isNow ||= isNew;
        embolden(line.element, isNew || (part.kind === "label" && part.step === step && step > 0));
      }
      part.group.classList.toggle("now", isNow);
    }
    for (const part of this.nodes()) {
      const known = part.lines.filter((line) => line.step <= step && line.kind !== "gate");
      const words = known.map((line) => line.spoken ?? line.element.textContent).join(", ");
      part.group.setAttribute("aria-label", words || this.recording.shown[part.node].name);
    }
  }

  /** Lights the paths from a node to the output; all there is for null. */
  light(node) {
    const lit = node === null ? null : pathsFrom(this.recording, node);
    for (const part of this.parts) {
      let isLit = true;
      if (lit && part.kind === "node") isLit = lit.nodes.has(part.node);
      if (lit && ["forward", "backward", "label"].includes(part.kind)) {
        isLit = part.edge === null
          ? part.ends.every((end) => lit.nodes.has(end)) : lit.edges.has(part.edge);
      }
      part.group.classList.toggle("dim", !isLit);
      if (part.kind === "node" && part.isMain) {
        part.group.classList.toggle("chosen", part.node === node);
        part.group.setAttribute("aria-pressed", String(part.node === node));
      }
    }
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
