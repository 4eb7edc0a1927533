// Colours for programs: what is a comment, a word, a number, a text or a call.

const words = "and|as|assert|break|class|continue|def|del|elif|else|False|for|from|global|if|import|in|is|"
  + "lambda|None|not|or|pass|return|True|while|with|yield";
const pattern = new RegExp(
  "(?<head>^#:.*)|(?<comment>#.*)"
  + "|(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*\"?|'(?:[^'\\\\\\n]|\\\\.)*'?)"
  + `|(?<word>\\b(?:${words})\\b)`
  + "|(?<number>(?:\\b\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:[eE][+-]?\\d+)?)"
  + "|(?<call>[\\p{L}_][\\p{L}\\p{N}_]*(?=\\s*\\())|(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)", "gmu");

/** Longer programs stay black: to colour them at each key would be slow. */
const longest = 40_000;

function span(kind, text) {
  const made = document.createElement("span");
  made.className = kind;
  made.textContent = text;
  return made;
}

/**
 * The program as coloured elements.
 *
 * @param {string} text The program.
 * @param {{from: number, to: number, kind: string}[]} marks What is wrong, by places in the text, and how much so:
 *   `error` or `warning`.
 * @returns {DocumentFragment} The same letters.
 */
export function highlighted(text, marks) {
  const all = document.createDocumentFragment();
  let done = 0;
  const add = (kind, from, to) => {
    // What is wrong may begin and end within a word.
    const cuts = marks.flatMap((mark) => [mark.from, mark.to]).filter((cut) => cut > from && cut < to);
    const places = [from, ...cuts.sort((a, b) => a - b), to];
    for (let index = 1; index < places.length; index += 1) {
      const [start, end] = [places[index - 1], places[index]];
      if (start === end) continue;
      const here = marks.filter((mark) => mark.from < end && mark.to > start).map((mark) => mark.kind);
      const kinds = [kind, here.includes("error") ? "error" : here[0]].filter(Boolean).join(" ");
      const piece = text.slice(start, end);
      all.append(kinds === "" ? piece : span(kinds, piece));
    }
    done = to;
  };
  if (text.length <= longest) {
    for (const match of text.matchAll(pattern)) {
      const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
      if (kind === "name") continue;
      add("", done, match.index);
      add(kind, match.index, match.index + match[0].length);
    }
  }
  add("", done, text.length);
  // The last line may be empty, and has its height all the same.
  all.append("\n");
  return all;
}
