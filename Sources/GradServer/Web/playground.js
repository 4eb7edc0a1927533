// The playground: a program, its figure while it is typed, and what can be taken along.

import { Editor } from "./editor.js";
import { choose, chosen, query, whenChosen } from "./options.js";
import { decoded, encoded } from "./share.js";

const find = (id) => document.getElementById(id);
const picture = find("picture");
const editor = new Editor(() => soon());
const examples = JSON.parse(find("programs").textContent);
/** The end of an address is as long as servers take it. */
const longestAddress = 60_000;

let waiting = null;
let asked = null;
let showsSteps = false;

/** Draws when nothing was typed for a moment. */
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(draw, 120);
}

async function draw() {
  clearTimeout(waiting);
  asked?.abort();
  const question = new AbortController();
  asked = question;
  const program = editor.text;
  try {
    const letters = await encoded(program);
    if (asked !== question) return;
    remember(letters);
    if (program.trim() === "") return say([]);
    const answer = await fetch(`/svg${query(chosen())}`, {
      method: "POST", body: program, signal: question.signal,
      headers: { "Content-Type": "text/plain; charset=utf-8", Accept: "application/json, image/svg+xml" },
    });
    const text = await answer.text();
    if (asked !== question) return;
    if (answer.ok) {
      say(JSON.parse(answer.headers.get("Graphviz-Grad-Warnings") ?? "[]"));
      show(text);
      if (showsSteps) walk(letters);
    } else if (answer.status === 429) {
      waiting = setTimeout(draw, 1_000);
    } else {
      say(JSON.parse(text));
    }
  } catch (error) {
    if (error.name === "AbortError") return;
    say([{ severity: "error", message: "the server does not answer", help: "it may have been stopped" }]);
  }
}

/** Shows a figure; its words are those of the file. */
function show(svg) {
  const old = picture.src;
  picture.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  if (old.startsWith("blob:")) URL.revokeObjectURL(old);
  const file = new DOMParser().parseFromString(svg, "image/svg+xml");
  const words = ["title", "desc"].map((name) => file.querySelector(`svg > ${name}`)?.textContent ?? "");
  picture.alt = words.join(". ");
}

// Small figures are shown larger, up to the room there is.
picture.addEventListener("load", () => {
  const room = find("figure").getBoundingClientRect();
  const scale = Math.min(1.6, (room.height - 24) / picture.naturalHeight, (room.width - 24) / picture.naturalWidth);
  // What would be too small to be read is scrolled.
  picture.width = Math.round(picture.naturalWidth * Math.max(scale, 0.5));
});

/** Says what is wrong, or worth a word, with its place; the last figure of a wrong program stays, and looks its age. */
function say(messages) {
  find("figure").classList.toggle("stale", messages.some(({ severity }) => severity === "error"));
  editor.mark(messages);
  find("messages").replaceChildren(...messages.map((message) => {
    const line = document.createElement("p");
    line.className = message.severity;
    if (message.line !== undefined) {
      const place = document.createElement("button");
      place.type = "button";
      place.textContent = `line ${message.line}`;
      place.addEventListener("click", () => editor.go(message));
      line.append(place);
    }
    line.append(message.message);
    if (message.label) line.append(`: ${message.label}`);
    if (message.help) {
      const help = document.createElement("span");
      help.className = "help";
      help.textContent = ` – ${message.help}`;
      line.append(help);
    }
    return line;
  }));
}

/** The address of the page holds the program and the options. */
function remember(letters) {
  const fields = new URLSearchParams([["program", letters], ...chosen()]);
  if (letters.length < longestAddress) history.replaceState(null, "", `#${fields}`);
}

async function recall() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const program = fields.has("program") ? await decoded(fields.get("program")) : null;
  fields.delete("program");
  if (program === null) return false;
  editor.text = program;
  choose([...fields]);
  return true;
}

// Steps: the page that shows one at a time.

function walk(letters) {
  const frame = find("steps");
  const address = `/grad/html/${letters}${query(chosen())}`;
  if (letters.length > longestAddress) return tell("The program is too long for a page of steps.");
  if (frame.getAttribute("src") !== address) frame.src = address;
}

function view(steps) {
  showsSteps = steps;
  find("view_figure").setAttribute("aria-pressed", String(!steps));
  find("view_steps").setAttribute("aria-pressed", String(steps));
  find("figure").hidden = steps;
  find("steps").hidden = !steps;
  draw();
}
find("view_figure").addEventListener("click", () => view(false));
find("view_steps").addEventListener("click", () => view(true));

// Copies.

const told = find("said");
let forgetting = null;
function tell(text) {
  told.textContent = text;
  clearTimeout(forgetting);
  forgetting = setTimeout(() => { told.textContent = ""; }, 4_000);
}

async function drawn(format) {
  const answer = await fetch(`/${format}${query(chosen())}`, {
    method: "POST", body: editor.text, headers: { "Content-Type": "text/plain; charset=utf-8" },
  });
  if (!answer.ok) throw new Error("the program has no figure");
  return answer.blob();
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const names = { svg: "SVG", png: "PNG", tikz: "TikZ", link: "The link", address: "The address of the picture" };
const files = { svg: "figure.svg", png: "figure.png", tikz: "figure.tikz", link: "link.txt", address: "address.txt" };

async function content(kind) {
  if (kind === "link") return new Blob([location.href], { type: "text/plain" });
  if (kind === "address") {
    const letters = await encoded(editor.text);
    const address = `${location.origin}/grad/svg/${letters}${query(chosen())}`;
    return new Blob([address], { type: "text/plain" });
  }
  const blob = await drawn(kind);
  return kind === "png" ? blob : new Blob([await blob.text()], { type: "text/plain" });
}

async function copy(kind) {
  let blob = null;
  try {
    blob = await content(kind);
    await navigator.clipboard.write([new ClipboardItem({ [blob.type]: blob })]);
    tell(`${names[kind]} is on the clipboard.`);
  } catch (error) {
    if (blob === null) return tell(`Nothing was copied: ${error.message}.`);
    // Some browsers let only pages with a certificate write there.
    save(blob, files[kind]);
    tell(`The clipboard is closed to this page: ${files[kind]} was saved.`);
  }
}
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", () => copy(button.dataset.copy));
}

// How the page begins.

const list = find("examples");
for (const { name } of examples) list.append(new Option(name, name));
list.addEventListener("change", () => {
  const example = examples.find(({ name }) => name === list.value);
  list.value = "";
  if (example === undefined) return;
  editor.text = example.program;
  draw();
});
whenChosen(soon);
addEventListener("hashchange", async () => { if (await recall()) draw(); });
if (!(await recall())) editor.text = examples[0].program;
draw();
