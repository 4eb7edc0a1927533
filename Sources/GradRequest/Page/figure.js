// The figure: the same drawing as the file, whose numbers are written anew.

/** The text of `pieces`: words, numbers as [role, index, form, detail], and what is raised; `write`
    writes a number. */
function fill(pieces, write) {
  return pieces.map((piece) => {
    if (typeof piece === "string") return piece;
    return piece.raised ? raised(fill(piece.raised, write)) : formed(write(piece), piece[2]);
  }).join("");
}

/** A number as it stands among what is beside it: in brackets, or as a later term of a sum. */
function formed(number, form) {
  const isNegative = number.startsWith("−");
  switch (form) {
    case "signed": return isNegative ? `(${number})` : number;
    case "power": return isNegative || number.includes("e") ? `(${number})` : number;
    case "term": return isNegative ? ` − ${number.slice(1)}` : ` + ${number}`;
    case "letters": return raised(number);
    default: return number;
  }
}

/** The numbers among pieces. */
const slots = (pieces) => pieces.flatMap((piece) =>
  typeof piece === "string" ? [] : piece.raised ? slots(piece.raised) : [piece]);

/** What writes the numbers of `pieces`: those of a sum with the digits that make it add up. */
function writer(pieces, state, { number, sum }) {
  const isSummed = ([, , , detail]) => detail === true;
  const terms = slots(pieces).filter(isSummed).map((slot) => signified(state, slot));
  const write = terms.length > 1 ? sum(terms.slice(0, -1), terms.at(-1)) : number;
  return (slot) => (isSummed(slot) ? write : number)(signified(state, slot));
}

/** Letters as Unicode has them raised, where it has all of them: `²`, else `^(w + 1)`. */
function raised(text) {
  const letters = [...text].map((letter) => raisedLetters[letter]);
  return letters.includes(undefined) ? `^(${text})` : letters.join("");
}

const raisedLetters = Object.fromEntries(
  [..."0123456789+−=()nix"].map((letter, at) => [letter, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣ"][at]]));

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
        tip: groups[index].querySelector("title"),
        lines: lines.map((element, line) => ({
          ...part.lines[line],
          element,
          size: Number(element.getAttribute("font-size")),
          width: element.getComputedTextLength(),
        })),
      };
    });
    // As a picture for readers it has one text; as a group its nodes can be chosen.
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-labelledby", svg.querySelector("title").id);
    for (const part of this.nodes()) {
      part.group.setAttribute("role", "button");
      part.group.setAttribute("tabindex", "0");
      part.group.setAttribute("aria-pressed", "false");
    }
  }

  /** The boxes that stand for nodes; a gate beside one is none. */
  nodes() {
    return this.parts.filter((part) => part.kind === "node" && part.isMain);
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
    for (const part of this.parts) {
      if (part.tip) {
        part.tip.textContent = part.explanation
          .map((line) => fill(line, writer(line, state, this.texts))).join("\n");
      }
      for (const line of part.lines) {
        const pieces = line.runs.flat();
        const write = written(pieces);
        line.spoken = line.plain && fill(line.plain, write);
        if (slots(pieces).length === 0) continue;
        this.put(line, write);
        if (part.kind === "label") stretch(part, line);
      }
    }
    this.fade(state);
  }

  /** Puts a line of text in its place, shorter or smaller where its room asks for it. */
  put(line, write) {
    const set = (runs) => {
      const texts = runs.map((run) => fill(run, write));
      const spans = line.element.querySelectorAll("tspan");
      if (spans.length === 0) [line.element.textContent] = texts;
      else spans.forEach((span, index) => (span.textContent = texts[index] ?? ""));
    };
    line.element.style.fontSize = "";
    set(line.runs);
    if (line.room === null) return;
    const room = line.room - 8;
    if (line.element.getComputedTextLength() > room) set(withoutSum(line.runs));
    const width = line.element.getComputedTextLength();
    if (width <= room) return;
    const scale = Math.max(room / width, 0.5);
    // Runs have sizes of their own, so a text of several is squeezed as a whole.
    if (line.runs.length === 1) line.element.style.fontSize = `${line.size * scale}px`;
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
    this.reveal();
    for (const part of this.nodes()) {
      const known = part.lines.filter((line) => line.step <= step && line.kind !== "gate");
      const words = known.map((line) => line.spoken ?? line.element.textContent).join(", ");
      part.group.setAttribute("aria-label", words || this.recording.shown[part.node].name);
    }
  }

  /** Scrolls to what is new, where the figure is wider than its room. */
  reveal() {
    const frame = this.svg.parentElement;
    const now = this.parts.find((part) => part.group.classList.contains("now"));
    if (!now || frame.scrollWidth <= frame.clientWidth) return;
    const [inner, outer] = [now.group, frame].map((one) => one.getBoundingClientRect());
    frame.scrollBy({ left: inner.x + inner.width / 2 - outer.x - outer.width / 2 });
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

/** Makes a text bold by a line around its letters, which keep their widths and so their places. */
function embolden(text, isBold) {
  text.style.stroke = "";
  text.style.strokeWidth = "";
  if (!isBold) return;
  text.style.stroke = getComputedStyle(text).fill;
  text.style.strokeWidth = "0.6px";
}

/** The number that stands in a slot. */
function signified(state, [role, index, , detail]) {
  switch (role) {
    case "value":
    case "operand": return state.values[index];
    case "derivative": return state.derivatives[index];
    case "partial": return state.partials[index];
    case "contribution": return state.contributions[index];
    // The first contributions to a node, in the order they come back.
    default: return recording.arriving[index].slice(0, detail)
      .reduce((sum, edge) => sum + state.contributions[edge], 0);
  }
}

/** `db = 5` for `db = 2 + 3 = 5`. */
const withoutSum = (runs) => runs.map((run) => {
  const numbers = slots(run);
  return numbers.length < 2 ? run : [...run.slice(0, run.indexOf(numbers[0])), numbers.at(-1)];
});

/** Makes the plate behind a label as wide as its text. */
function stretch(part, line) {
  const plate = part.group.querySelector("path");
  if (!plate || line.width === 0) return;
  const scale = (line.element.getComputedTextLength() + 5) / (line.width + 5);
  const middle = Number(line.element.getAttribute("x"));
  plate.setAttribute(
    "transform", `translate(${middle} 0) scale(${scale} 1) translate(${-middle} 0)`);
}

/** The nodes that no derivative reaches, with the reason, and the edges that let none through. */
function blockedParts({ shown, edges, outgoing, outputNode }, { partials }) {
  const nodes = new Map();
  const blocked = new Set();
  for (let node = shown.length - 1; node >= 0; node -= 1) {
    if (node === outputNode || (shown[node].derivativeName === null && !shown[node].isUnused)) continue;
    if (shown[node].isUnused) {
      nodes.set(node, words.unused);
      continue;
    }
    const reasons = outgoing[node].map((edge) => {
      const { to } = edges[edge];
      return (partials[edge] === 0 ? shown[to].blocking : null) ?? nodes.get(to) ?? null;
    });
    outgoing[node].forEach((edge, at) => reasons[at] !== null && blocked.add(edge));
    if (reasons.length > 0 && reasons.every((reason) => reason !== null)) nodes.set(node, reasons[0]);
  }
  return { nodes, edges: blocked };
}

/** The nodes that are not finite although everything they are computed from is. */
function notFinite({ shown, edges }, { values }) {
  const starts = new Set([...shown.keys()].filter((node) => !Number.isFinite(values[node])));
  for (const { from, to } of edges) if (!Number.isFinite(values[from])) starts.delete(to);
  return starts;
}

/** The nodes and edges on the ways from `start` to the output. */
function pathsFrom({ shown, edges, outputNode }, start) {
  const leads = new Set([outputNode]);
  for (const { from, to } of [...edges].reverse()) if (leads.has(to)) leads.add(from);
  const nodes = new Set([start]);
  const lit = new Set();
  edges.forEach(({ from, to }, edge) => {
    if (!nodes.has(from) || !leads.has(to)) return;
    nodes.add(to);
    lit.add(edge);
  });
  return { nodes, edges: lit };
}
