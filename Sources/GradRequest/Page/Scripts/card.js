// The chain rule, on a card beside the node that it is of.

/** Writes the card of the node chosen; its numbers once their step has come. */
function showCard() {
  find("card").hidden = chosen === null;
  if (chosen === null) return;
  const { title, chainRule } = page.shown[chosen];
  const isComputed = step >= recording.valueSteps[chosen];
  const value = isComputed ? ` = ${valueText(state.values[chosen])}` : "";
  find("name").replaceChildren(...withVersions(title + value));
  const write = writer(chainRule.flat(), state, texts);
  const [name, ...terms] = chainRule.map((formula) => fill(formula, write));
  const back = recording.derivativeSteps[chosen];
  // Without its numbers a rule is what stands before the second sign of equality.
  const known = step >= back ? terms : terms.slice(0, terms.length > 1 ? 1 : 0);
  const lines = known.map((term, index) =>
    element("span", {}, index === 0 ? element("b", {}, ...withVersions(name)) : "", ...withVersions(` = ${term}`)));
  if (find("rule").textContent !== lines.map((line) => line.textContent).join("")) {
    find("rule").replaceChildren(...lines);
  }
  find("wait").hidden = chainRule.length === 0 || step >= back;
  find("wait").textContent = phrase("numbersLater", { step: back });
  // Of an array an entry is nudged, in the panel.
  find("nudge").hidden = page.isGiven || entriesOf(state.values[chosen]).length > 1;
  find("nudge").setAttribute("aria-pressed", String(nudge !== null));
  placeCard();
}

/** Puts the card where it hides the least, near its node and inside the stage. */
function placeCard() {
  if (chosen === null) return;
  const card = find("card");
  const size = { width: card.offsetWidth, height: card.offsetHeight };
  const own = view.place(figure.boxOfNode(chosen));
  const gap = 12;
  // From left of the node and above it to right of it and below.
  const starts = (start, length, own, room) => [...Array(13).keys()].map((index) => Math.max(8, Math.min(
    start - length - gap + (index / 12) * (own + length + 2 * gap), room - length - 8)));
  const across = starts(own.x, size.width, own.width, view.room.width);
  const down = starts(own.y, size.height, own.height, view.room.height);
  const near = {
    x: across[0], y: down[0], width: across[12] + size.width - across[0],
    height: down[12] + size.height - down[0],
  };
  const seen = nodes.map(({ node, box, group }) => ({
    box: view.place(box), weight: node === chosen ? 200 : group.classList.contains("dim") ? 1 : 4 }));
  for (const box of figure.spotsOfPaths()) seen.push({ box: view.place(box), weight: 6 });
  const hidden = seen.filter(({ box }) => shared(near, box) > 0);
  let best = { cost: Infinity };
  for (const x of across) {
    for (const y of down) {
      const place = { x, y, ...size };
      const cost = hidden.reduce((sum, { box, weight }) => sum + weight * shared(place, box), 0);
      if (cost < best.cost) best = { x, y, cost };
    }
  }
  card.style.translate = `${Math.round(best.x)}px ${Math.round(best.y)}px`;
}

/** The area that two boxes share. */
function shared(a, b) {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(width, 0) * Math.max(height, 0);
}

find("close").addEventListener("click", () => {
  const part = figure.buttons.get(chosen) ?? nodes[0];
  choose(null);
  part.group.focus({ preventScroll: true });
});
