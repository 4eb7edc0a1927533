// Texts with numbers: as lists of words, and of slots that are filled with the numbers of now.

/** The text of `pieces`: words, numbers as [role, index, form, detail], and what is raised; `write`
    writes a number. Of a number in a sum the detail is `true`, or for a total `[signs, literals]`. */
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
  // The total comes last, with signs and literals where not every term is a number that is added.
  const isSummed = ([, , , detail]) => detail === true || Array.isArray(detail);
  const summed = slots(pieces).filter(isSummed);
  const total = summed.pop();
  const [signs, literals] = Array.isArray(total?.[3]) ? total[3] : [[], []];
  const terms = summed.map((slot, at) => (signs[at] ?? 1) * signified(state, slot));
  const write = terms.length > 0 ? sum(terms, signified(state, total), literals) : number;
  return (slot) => {
    const value = signified(state, slot);
    return isArray(value) ? arrayText(value, slot[3]) : (isSummed(slot) ? write : number)(value);
  };
}

/** Letters as Unicode has them raised, where it has all of them: `²`, else `^(w + 1)`. */
function raised(text) {
  const letters = [...text].map((letter) => raisedLetters[letter]);
  return letters.includes(undefined) ? `^(${text})` : letters.join("");
}

const raisedLetters = Object.fromEntries(
  [..."0123456789+−=()nix"].map((letter, at) => [letter, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣ"][at]]));

/** The number that stands in a slot. */
function signified(state, [role, index, , detail, count]) {
  // An entry is told by its array, whose other entries it is to be told from.
  if (Number.isInteger(detail) && role.endsWith("Entry")) {
    return signified(state, [role.slice(0, -5), index, null, count]);
  }
  switch (role) {
    case "value":
    case "operand": return state.values[index];
    case "derivative": return state.derivatives[index];
    case "partial": return state.partials[index];
    case "contribution": return state.contributions[index];
    case "higher": return state.all[page.higher[index][detail - 2]];
    // The first contributions to a node, in the order they come back.
    default: return recording.arriving[index].slice(0, detail)
      .reduce((sum, edge) => plus(sum, state.contributions[edge]), undefined) ?? 0;
  }
}
