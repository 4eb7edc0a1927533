// Arrays as text, and what a nudge moves of them.

/** `[0, 1]`, the indices of an entry. */
function placeOf(shape, entry) {
  const indices = [];
  let rest = entry;
  for (const count of [...shape].reverse()) {
    indices.unshift(rest % count);
    rest = Math.floor(rest / count);
  }
  return `[${indices.join(", ")}]`;
}

const textsOfArrays = new WeakMap();

/** The texts of all entries; those that are different and would look equal have more digits. */
function entryTexts(value) {
  if (textsOfArrays.has(value)) return textsOfArrays.get(value);
  const { number, precise, precision } = texts;
  const written = [...value.data].map(number);
  const places = new Map();
  written.forEach((text, place) => places.set(text, [...(places.get(text) ?? []), place]));
  const largest = value.data.reduce((most, entry) => (Number.isFinite(entry) ? Math.max(most, Math.abs(entry)) : most), 0);
  for (const equal of places.values()) {
    const own = equal.map((place) => value.data[place]);
    if (Math.max(...own) - Math.min(...own) <= 1e-12 * largest) continue;
    const known = new Set(equal.map((place) => valueOf(decimal(value.data[place], 12))));
    if (equal.length < 2 || known.size < 2) continue;
    for (let digits = precision + 1; digits <= 16; digits += 1) {
      const longer = equal.map((place) => precise(value.data[place], digits));
      if (digits < 16 && new Set(longer).size < known.size) continue;
      equal.forEach((place, at) => (written[place] = longer[at]));
      break;
    }
  }
  textsOfArrays.set(value, written);
  return written;
}

/** An array in brackets, `[[1, 2], [3, 4]]`, or by its shape where it is large; one entry of it, where asked for. */
function arrayText(value, entry) {
  if (Number.isInteger(entry)) return entryTexts(value)[entry];
  const { shape, data } = value;
  if (data.length > page.entries) return shape.join("×");
  const nested = (written, axis) => {
    if (axis === shape.length) return written[0];
    const size = written.length / shape[axis];
    const parts = [...Array(shape[axis]).keys()].map((at) => nested(written.slice(at * size, (at + 1) * size), axis + 1));
    return `[${parts.join(", ")}]`;
  };
  return nested(entryTexts(value), 0);
}

/** The array with one entry moved. */
function withEntryMoved({ shape, data }, entry, by) {
  const moved = Float64Array.from(data);
  moved[entry] += by;
  return { shape, data: moved };
}

/** The entries that change from one array to another; of a large one the entry that changes the most. */
function entryChanges(name, before, after) {
  const changes = [...after.data.keys()].filter((entry) => !Object.is(after.data[entry], before.data[entry]));
  const size = (entry) => Math.abs(after.data[entry] - before.data[entry]);
  const largest = changes.reduce((most, entry) => (size(entry) > size(most) ? entry : most), changes[0]);
  return (after.data.length > page.entries ? [largest] : changes).map((entry) => ({
    name: name + placeOf(after.shape, entry), before: before.data[entry], after: after.data[entry],
  }));
}
