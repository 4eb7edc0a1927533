// The fields of all inputs, and what concerns them together.

const inputs = page.inputs.flatMap((input) => input.isArray ? new ArrayInput(input).entries : [new Input(input)]);
// Numbers that were given cannot be computed anew.
if (page.isGiven) for (const id of ["inputs", "nudging"]) find(id).closest("section").hidden = true;

find("reset").addEventListener("click", () => {
  play(false);
  given.clear();
  nudge = null;
  for (const input of inputs) input.reset();
  update();
});

/** Says which conditions would turn out otherwise where the page cannot follow. */
function showFlips() {
  const flipped = page.decisions.filter(({ node, isHeld }, index) =>
    node === null && conditions[index] !== null && conditions[index](state.all) !== isHeld);
  const lines = flipped.map(({ condition }) => phrase("flipped", { condition }));
  if (page.firstDerivatives && isPastKink(recording, state)) lines.push(phrase("kinkCrossed"));
  else if (page.kinks && given.size === 0) lines.push(page.kinks);
  const text = [...new Set(lines)].join(" ");
  if (find("notice").textContent !== text) find("notice").textContent = text;
}
