// Searching a name: what is found is marked, and Enter goes from one to the next.

const sought = find("sought");
let found = [];
let at = -1;

/** A name as it is typed: `x1` for x₁. */
const typed = (name) => name.normalize("NFKD").replace(/[_\s\u0300-\u036f]/g, "").toLowerCase();

for (const name of new Set(page.shown.map(({ name }) => name))) {
  find("names").append(element("option", { value: name }));
}

/** The nodes of a name: those that are called so, else those that begin so or have it in them. */
function nodesNamed(text) {
  const wanted = typed(text);
  if (wanted === "") return [];
  const all = [...page.shown.keys()];
  const names = (node) => [page.shown[node].name, page.shown[node].id].map(typed);
  for (const fits of [
    (name) => name === wanted, (name) => name.startsWith(wanted), (name) => name.includes(wanted)]) {
    const some = all.filter((node) => names(node).some(fits));
    if (some.length > 0) return some;
  }
  return all.filter((node) => typed(page.shown[node].title).includes(wanted));
}

function search() {
  found = nodesNamed(sought.value);
  at = -1;
  markFound();
  const text = sought.value.trim();
  complain(sought, found.length === 0 && text !== "" ? phrase("nothingNamed", { text }) : "");
  if (found.length > 0) find("matches").textContent = phrase("matches", { count: found.length });
}

/** Marks what is found, and the closed boxes that some of it is in. */
function markFound() {
  const wanted = new Set(found);
  for (const part of nodes) {
    const isFound = part.kind === "fold"
      ? !opened.includes(part.fold) && recording.members(part.fold).some((node) => wanted.has(node))
      : wanted.has(part.node);
    part.group.classList.toggle("found", isFound);
  }
}

sought.addEventListener("input", search);
find("search").addEventListener("submit", (event) => {
  event.preventDefault();
  if (found.length === 0) return search();
  at = (at + 1) % found.length;
  uncover(found[at]);
  choose(found[at]);
  // What was opened for it may be far larger than the window.
  if (view.scale < 0.6) view.enlarge(figure.boxOfNode(found[at]));
  markFound();
  find("matches").replaceChildren(...withVersions(phrase("match", {
    number: at + 1, count: found.length, name: page.shown[found[at]].name })));
});
sought.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.preventDefault();
  sought.value = "";
  search();
  sought.blur();
});
