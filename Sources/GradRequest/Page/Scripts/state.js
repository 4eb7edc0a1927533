// What the page holds: the recording, and what its reader has set.

const page = JSON.parse(document.getElementById("recording").textContent);
const words = page.words;
const recording = prepared(page);
const texts = numberTexts(page.numbers);
const figure = new FigureView(document.querySelector("#figure svg"), recording, texts);
const lastStep = page.steps.length - 1;

/** The values that inputs were given, by the numbers of their operations. */
const given = new Map();
/** Every number that the page shows. */
let state = compute(recording, given);
let step = 0;
/** The node whose chain rule is shown, or null. */
let chosen = page.chosen;
/** The node that is moved, and by how much, or null. */
let nudge = null;

const find = (id) => document.getElementById(id);

/** A phrase in the page's language, with its blanks filled in. */
const phrase = (word, fillings = {}) =>
  words[word].replace(/\{(\w+)\}/g, (_, name) => fillings[name]);

/** A text of the program with the numbers of now. */
const sentence = (pieces) => fill(pieces, writer(pieces, state, texts));

function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

/** A text in which the version of a name is as in the figure: `x` and a small grey 2 for `x@2`. */
function withVersions(text) {
  return text.split(/@(\d+)/).map((part, index) => (index % 2 === 0 ? part
    : element("small", { className: "version" }, element("span", { textContent: "@" }), part)));
}

/** A number, or an array in brackets. */
const valueText = (value) => (isArray(value) ? arrayText(value) : texts.number(value));

/** `db = 6`; null for data, which has no derivative. */
function derivative(node) {
  const { derivativeName } = page.shown[node];
  return derivativeName === null ? null : `${derivativeName} = ${valueText(state.derivatives[node])}`;
}
