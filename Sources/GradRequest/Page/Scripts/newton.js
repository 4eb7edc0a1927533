// Second derivatives: the backward pass is swept again, and Newton's rule solves by what comes back.

/** The rows of the Hessian by all entries of `nodes`, of which `gradient` has the operations that compute the
    derivatives. */
function hessian(recording, given, nodes, gradient) {
  const line = (back) => nodes.flatMap((node) => [...entriesOf(back(node))]);
  if (!recording.hasArrays) {
    const { partials, derivatives: { length } } = differentiate(recording, run(recording, given));
    return gradient.map((start) => {
      const derivatives = new Array(length).fill(0);
      derivatives[start] = 1;
      for (let index = start; index >= 0; index -= 1) sweep(recording, partials, derivatives, index);
      return line((node) => derivatives[node]);
    });
  }
  const { values, backs } = runArrays(recording, given);
  return gradient.flatMap((start) => {
    const ways = [...Array(start + 1).keys()].reverse();
    return [...entriesOf(values[start]).keys()].map((entry) => {
      const own = isArray(values[start])
        ? { shape: values[start].shape, data: values[start].data.map((_, at) => Number(at === entry)) } : 1;
      const back = sweepArrays(recording, backs, start, own, ways);
      return line((node) => back.get(node) ?? mapped(values[node], () => 0));
    });
  });
}

/** The vector that a square matrix takes to `right`, by elimination; null where the matrix has no inverse. */
function solution(matrix, right) {
  const count = right.length;
  const lines = matrix.map((row, at) => [...row, right[at]]);
  for (let column = 0; column < count; column += 1) {
    let pivot = column;
    for (let row = column; row < count; row += 1) {
      if (Math.abs(lines[row][column]) >= Math.abs(lines[pivot][column])) pivot = row;
    }
    const size = matrix[pivot].reduce((most, number) => Math.max(most, Math.abs(number)), 0);
    // What is left by rounding alone is no number to divide by.
    if (!(Math.abs(lines[pivot][column]) > 1e-14 * size)) return null;
    [lines[column], lines[pivot]] = [lines[pivot], lines[column]];
    for (let row = column + 1; row < count; row += 1) {
      const factor = lines[row][column] / lines[column][column];
      if (factor === 0) continue;
      for (let place = column; place <= count; place += 1) lines[row][place] -= factor * lines[column][place];
    }
  }
  const result = new Array(count).fill(0);
  for (let row = count - 1; row >= 0; row -= 1) {
    let sum = lines[row][count];
    for (let column = row + 1; column < count; column += 1) sum -= lines[row][column] * result[column];
    result[row] = sum / lines[row][row];
  }
  return result.every(Number.isFinite) ? result : null;
}
