// The field with the program, its colours and the numbers of its lines.

import { highlighted } from "./highlight.js";

export class Editor {
  /**
   * @param {(text: string) => void} changed Hears of every change.
   */
  constructor(changed) {
    this.field = document.getElementById("program");
    this.colours = document.getElementById("colours");
    this.numbers = document.getElementById("numbers");
    this.messages = [];
    this.field.addEventListener("input", () => {
      // What was wrong may not be any more; the next answer tells.
      this.messages = [];
      this.show();
      changed(this.text);
    });
    this.field.addEventListener("scroll", () => this.follow());
    this.field.addEventListener("keydown", (event) => this.press(event));
    new ResizeObserver(() => this.follow()).observe(this.field);
  }

  get text() { return this.field.value; }

  set text(text) {
    this.field.value = text;
    this.messages = [];
    this.show();
  }

  /** Marks what is wrong, or worth a word. */
  mark(messages) {
    this.messages = messages.filter(({ line }) => line !== undefined);
    this.show();
  }

  /** Puts the caret where something is wrong. */
  go({ line, column }) {
    const place = this.place(line, column);
    this.field.focus();
    this.field.setSelectionRange(place, place);
    const height = Number.parseFloat(getComputedStyle(this.field).lineHeight);
    this.field.scrollTop = Math.max(0, (line - 3) * height);
  }

  /** The place in the text of a line and a column, both from 1; a column is what a reader takes for a letter. */
  place(line, column) {
    const lines = this.text.split(/\r\n|\n|\r/);
    let place = 0;
    for (const before of lines.slice(0, line - 1)) place += before.length + 1;
    const text = lines[line - 1] ?? "";
    const letters = typeof Intl.Segmenter === "function"
      ? [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment) : [...text];
    return place + letters.slice(0, column - 1).join("").length;
  }

  show() {
    const marks = this.messages.map(({ severity, line, column, endLine, endColumn }) => {
      const from = this.place(line, column);
      const to = Math.max(from + 1, this.place(endLine ?? line, endColumn ?? column + 1));
      return { from, to, kind: severity };
    });
    this.colours.replaceChildren(highlighted(this.text, marks));
    const kinds = new Map();
    for (const { line, severity } of this.messages) {
      if (kinds.get(line) !== "error") kinds.set(line, severity);
    }
    const count = this.text.split("\n").length;
    const numbers = document.createDocumentFragment();
    for (let line = 1; line <= Math.min(count, 5_000); line += 1) {
      const number = document.createElement(kinds.has(line) ? "b" : "span");
      number.className = kinds.get(line) ?? "";
      number.textContent = `${line}\n`;
      numbers.append(number);
    }
    this.numbers.replaceChildren(numbers);
    this.follow();
  }

  follow() {
    this.colours.scrollTop = this.field.scrollTop;
    this.colours.scrollLeft = this.field.scrollLeft;
    this.numbers.scrollTop = this.field.scrollTop;
  }

  /** A new line is as far to the right as the one before; Tab stays what goes to the next field. */
  press(event) {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const { selectionStart: start, value } = this.field;
    const line = value.slice(value.lastIndexOf("\n", start - 1) + 1, start);
    const indent = line.match(/^[ \t]*/)[0] + (/:\s*(#.*)?$/.test(line) ? "    " : "");
    if (indent === "") return;
    event.preventDefault();
    // This way the browser can undo it.
    document.execCommand("insertText", false, `\n${indent}`);
  }
}
