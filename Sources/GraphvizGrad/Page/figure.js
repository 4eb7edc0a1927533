// The figure: the same drawing as the file, whose numbers are written anew.

/** Puts the numbers of `numbers(kind, index)` into the places of the signs in `template`. */
function fill(template, numbers) {
  let text = "";
  const pieces = template.split(/\uE000(\(?[a-z])(\d+)\uE001/);
  for (let at = 0; at < pieces.length; at += 3) {
    text += pieces[at];
    if (at + 1 === pieces.length) break;
    const isBracketed = pieces[at + 1].startsWith("(");
    const kind = pieces[at + 1].at(-1);
    const number = numbers(kind, Number(pieces[at + 2]));
    const isNegative = number.startsWith("−");
    const after = pieces[at + 3] ?? "";
    // In a formula a number with a sign stands in brackets beside other signs, and one with a power of
    // ten under another power.
    const isRaised = kind === "w" && /^[⁰-⁹²³¹⁻^]/.test(after);
    const isTight = kind === "w" && (/([·√∛−/]|[·/+−] )$/.test(text) || /^( ?[·/])/.test(after));
    const isProduct = kind === "w" && number.includes("e") && (isRaised || /[√∛]$/.test(text));
    if ((isNegative && (isBracketed || isTight || isRaised)) || isProduct) {
      text += `(${number})`;
    } else if (isNegative && kind !== "w" && text.endsWith(" + ")) {
      text = `${text.slice(0, -2)}− ${number.slice(1)}`;
    } else {
      text += number;
    }
  }
  return raised(text);
}

/** What writes the numbers of `template`: where it is a sum, with the digits that make it add up. */
function summing(template, state, { number, sum }) {
  const plain = (kind, index) => number(signified(state, kind, index));
  const signs = [...template.matchAll(/\uE000\(?([a-z])(\d+)\uE001/g)]
    .map(([, kind, index]) => ({ kind, index: Number(index) }));
  const terms = signs.filter(({ kind }) => kind === "c");
  const total = signs.at(-1);
  if (terms.length < 2 || total.kind !== "d") return plain;
  const write = sum(
    terms.map(({ index }) => state.contributions[index]), state.derivatives[total.index]);
  return (kind, index) => kind === "c" || (kind === "d" && index === total.index)
    ? write(signified(state, kind, index)) : plain(kind, index);
}

/** Exponents as Unicode has them, where it has all of their letters: `x²` for `x^(2)`. */
function raised(text) {
  let start = text.indexOf("^(");
  while (start >= 0) {
    let end = start + 2;
    for (let depth = 1; depth > 0 && end < text.length; end += 1) {
      depth += { "(": 1, ")": -1 }[text[end]] ?? 0;
    }
    const letters = [...text.slice(start + 2, end - 1)].map((letter) => raisedLetters[letter]);
    if (!letters.includes(undefined)) text = text.slice(0, start) + letters.join("") + text.slice(end);
    start = text.indexOf("^(", start + 1);
  }
  return text;
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
    const written = (template) => {
      const numbers = summing(template, state, this.texts);
      return (kind, index) => {
        if (kind !== "v" || !moved.has(index)) return numbers(kind, index);
        return pair(state.values[index], moved.get(index)).join(" → ");
      };
    };
    for (const part of this.parts) {
      if (part.tip && part.tooltip) {
        part.tip.textContent = fill(part.tooltip, summing(part.tooltip, state, this.texts));
      }
      for (const line of part.lines) {
        // A line of the legend may be more than the figure in signs has.
        if (line.runs === undefined) continue;
        const numbers = written(line.runs.join(""));
        line.spoken = line.plain && fill(line.plain, numbers);
        if (!line.runs.some((run) => run.includes("\uE000"))) continue;
        this.put(line, line.runs.map((run) => fill(run, numbers)));
        if (part.kind === "label") stretch(part, line);
      }
    }
    this.fade(state);
  }

  /** Puts a line of text in its place, shorter or smaller where its room asks for it. */
  put(line, runs) {
    const set = (runs) => {
      const spans = line.element.querySelectorAll("tspan");
      if (spans.length === 0) line.element.textContent = runs[0];
      else spans.forEach((span, index) => (span.textContent = runs[index]));
    };
    line.element.style.fontSize = "";
    set(runs);
    if (line.room === null) return;
    const room = line.room - 8;
    if (line.element.getComputedTextLength() > room) set(withoutSum(runs));
    const width = line.element.getComputedTextLength();
    if (width <= room) return;
    const scale = Math.max(room / width, 0.5);
    // Runs have sizes of their own, so a text of several is squeezed as a whole.
    if (runs.length === 1) line.element.style.fontSize = `${line.size * scale}px`;
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
      const known = part.lines.filter((line) => line.step <= step && !line.isGate);
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

/** The number that a sign stands for. */
function signified(state, kind, index) {
  switch (kind) {
    case "v":
    case "w": return state.values[index];
    case "d": return state.derivatives[index];
    case "p": return state.partials[index];
    case "c": return state.contributions[index];
    // The first contributions to a node, in the order they come back.
    default: return recording.arriving[index >> 12].slice(0, index & 0xfff)
      .reduce((sum, edge) => sum + state.contributions[edge], 0);
  }
}

/** `db = 5` for `db = 2 + 3 = 5`. */
function withoutSum(runs) {
  const text = runs.join("\uE002");
  const parts = text.split(" = ");
  if (parts.length < 3) return runs;
  return `${parts[0]} = ${parts.at(-1)}`.split("\uE002");
}

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
