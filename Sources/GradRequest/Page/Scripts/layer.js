// A drawing in the page, part by part: the whole figure, or what a box holds.

/** An element of a drawing. */
function drawn(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

class Layer {
  constructor(root, parts, fold, recording) {
    Object.assign(this, { fold, x: 0, y: 0 });
    const groups = [...root.children].filter((child) => child.tagName === "g");
    const layer = this;
    this.parts = parts.map((part, index) => {
      const lines = [...groups[index].querySelectorAll("text")];
      return {
        ...part,
        layer,
        group: groups[index],
        // Where it stands, whatever is written in it later.
        own: groups[index].getBBox(),
        get box() { return layer.placed(this.own); },
        tip: groups[index].querySelector("title"),
        lines: lines.map((element, line) => new FigureLine(element, part.lines[line])),
      };
    });
    // Only after all are measured, so that the browser places them once.
    for (const { lines } of this.parts) for (const line of lines) line.flow();
    const buttons = this.parts.filter(({ kind, isMain }) => kind === "fold" || (kind === "node" && isMain));
    for (const { group, kind, own } of buttons) {
      group.setAttribute("role", "button");
      group.setAttribute(kind === "fold" ? "aria-expanded" : "aria-pressed", "false");
      if (kind !== "fold") continue;
      group.classList.add("fold");
      const [x, y] = [own.x + own.width - 12, own.y + 12];
      group.append(drawn("path", { class: "sign", d: `M${x - 5} ${y}h10` }),
        drawn("path", { class: "sign plus", d: `M${x} ${y - 5}v10` }));
    }
    for (const { group, kind, isMain, isBackward } of this.parts) {
      group.classList.toggle("return", isBackward === true);
      group.classList.toggle("guest", fold !== null && kind === "node" && !isMain);
    }
    this.boxes = buttons.map(({ own }) => own);
    if (!this.parts.some(({ folds }) => folds)) return;
    const ways = recording.edgesBetween(fold);
    for (const part of this.parts) {
      if (!part.folds) continue;
      part.edges = ways.get(part.ends.map((end, at) => part.folds[at] === null ? end : `fold ${part.folds[at]}`).join()) ?? [];
    }
  }

  /** A box of this drawing in the whole figure. */
  placed({ x, y, width, height }) {
    return { x: x + this.x, y: y + this.y, width, height };
  }
}
