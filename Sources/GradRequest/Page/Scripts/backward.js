// The backward pass as a computation of its own: whether it is still the one that would be recorded.

/** Whether some first derivative is another one than the recorded backward pass computes: behind a kink, as
    of relu or max, the backward pass is another computation. */
function isPastKink({ firstDerivatives }, { all, derivativeOf }) {
  const entries = (value, count) => (isArray(value) ? value.data : new Array(count).fill(value));
  return firstDerivatives.some(([node, operation]) => {
    const [swept, computed] = [derivativeOf(node), all[operation]];
    const count = Math.max(entriesOf(swept).length, entriesOf(computed).length);
    const [first, second] = [entries(swept, count), entries(computed, count)];
    const size = first.reduce((most, entry, at) => Math.max(most, Math.abs(entry), Math.abs(second[at])), 0);
    return first.some((entry, at) =>
      Math.abs(entry - second[at]) > 1e-8 * size || Number.isNaN(entry) !== Number.isNaN(second[at]));
  });
}
