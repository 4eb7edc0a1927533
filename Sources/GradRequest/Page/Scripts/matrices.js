// Inverses, solutions and determinants of square matrices, which are arrays of n² entries in row-major order.

/** What takes a square matrix apart, with rows exchanged: the determinant, and the vector that it takes to another. */
function eliminate(matrix, n) {
  const lines = [...Array(n).keys()].map((row) => [...matrix.slice(row * n, (row + 1) * n)]);
  const order = [...Array(n).keys()];
  let sign = 1;
  for (let column = 0; column < n; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < n; row += 1) {
      if (Math.abs(lines[row][column]) > Math.abs(lines[pivot][column])) pivot = row;
    }
    if (pivot !== column) {
      [lines[pivot], lines[column]] = [lines[column], lines[pivot]];
      [order[pivot], order[column]] = [order[column], order[pivot]];
      sign = -sign;
    }
    if (lines[column][column] === 0) continue;
    for (let row = column + 1; row < n; row += 1) {
      const factor = lines[row][column] / lines[column][column];
      lines[row][column] = factor;
      for (let at = column + 1; at < n; at += 1) lines[row][at] -= factor * lines[column][at];
    }
  }
  const pivots = lines.map((line, row) => line[row]);
  return {
    determinant: pivots.reduce((product, pivot) => product * pivot, sign),
    logarithm: pivots.reduce((sum, pivot) => sum + Math.log(Math.abs(pivot)), 0),
    solution(right) {
      const x = order.map((row) => right[row]);
      for (let row = 0; row < n; row += 1) {
        for (let at = 0; at < row; at += 1) x[row] -= lines[row][at] * x[at];
      }
      for (let row = n - 1; row >= 0; row -= 1) {
        for (let at = row + 1; at < n; at += 1) x[row] -= lines[row][at] * x[at];
        x[row] /= lines[row][row];
      }
      return x;
    },
  };
}

const transposedSquare = (matrix, n) => matrix.map((_, place) => matrix[(place % n) * n + Math.floor(place / n)]);

function inverseOf(matrix, n) {
  const { solution } = eliminate(matrix, n);
  const columns = [...Array(n).keys()].map((column) => solution([...Array(n).keys()].map((row) => Number(row === column))));
  return Float64Array.from(matrix, (_, place) => columns[place % n][Math.floor(place / n)]);
}

/** The partial of the determinant by each entry, also of a matrix without an inverse. */
function cofactorsOf(matrix, n) {
  return matrix.map((_, place) => {
    const [row, column] = [Math.floor(place / n), place % n];
    const rest = [...matrix].filter((_, at) => Math.floor(at / n) !== row && at % n !== column);
    return ((row + column) % 2 === 0 ? 1 : -1) * eliminate(rest, n - 1).determinant;
  });
}

/** The sum of a·b over what they share, for square matrices. */
function squareProduct(a, b, n) {
  return a.map((_, place) => {
    let sum = 0;
    for (let at = 0; at < n; at += 1) sum += a[Math.floor(place / n) * n + at] * b[at * n + (place % n)];
    return sum;
  });
}

/** Fills `z` with the value, and gives what takes a derivative of it back to the operands. */
function applySquare(how, operands, z) {
  const shape = shapeOf(operands[0]);
  const n = shape[shape.length - 1];
  const matrices = entriesOf(operands[0]);
  const part = (entries, number) => Float64Array.from(entries).slice(number * n * n, (number + 1) * n * n);
  const count = matrices.length / (n * n);
  const empty = () => operands.map((operand) => new Float64Array(entriesOf(operand).length));
  if (how.is === "solve") return applySolve(how, operands, z, n, empty);
  for (let number = 0; number < count; number += 1) {
    const own = part(matrices, number);
    if (how.is === "inv") z.set(inverseOf(own, n), number * n * n);
    else z[number] = eliminate(own, n)[how.is === "det" ? "determinant" : "logarithm"];
  }
  return (own) => {
    const [sum] = empty();
    for (let number = 0; number < count; number += 1) {
      const matrix = part(matrices, number);
      let back;
      if (how.is === "inv") {
        const turned = transposedSquare(part(z, number), n);
        back = squareProduct(squareProduct(turned, part(own, number), n), turned, n).map((entry) => -entry);
      } else {
        const weights = how.is === "det" ? cofactorsOf(matrix, n) : transposedSquare(inverseOf(matrix, n), n);
        back = weights.map((weight) => weight * own[number]);
      }
      sum.set(back, number * n * n);
    }
    return [sum];
  };
}

/** The same for what solves matrices, operand 0, with right sides, operand 1; `how.loops` are those of their product. */
function applySolve(how, operands, z, n, empty) {
  // The last two loops go over the columns and over what is summed; all before them are of the batch and the rows.
  const [matrices, right] = operands.map(entriesOf);
  const { counts, strides } = how.loops;
  const batch = counts.length - 3;
  const columns = counts[batch + 1];
  const [zRow, zColumn] = [strides[0][batch] || 1, strides[0][batch + 1]];
  const [bRow, bColumn] = [strides[2][batch + 2], strides[2][batch + 1]];
  const forEach = (body) => walkOver(
    counts.slice(0, batch), [0, 0, 0], strides.map((steps) => steps.slice(0, batch)), ([toZ, toA, toB]) => {
      const matrix = Float64Array.from(matrices).slice(toA, toA + n * n);
      for (let column = 0; column < columns; column += 1) {
        body(matrix, toA, (row) => toZ + row * zRow + column * zColumn, (row) => toB + row * bRow + column * bColumn);
      }
    });
  const rows = [...Array(n).keys()];
  forEach((matrix, _, inZ, inB) => {
    eliminate(matrix, n).solution(rows.map((row) => right[inB(row)])).forEach((x, row) => (z[inZ(row)] = x));
  });
  return (own) => {
    const [toMatrix, toRight] = empty();
    forEach((matrix, start, inZ, inB) => {
      const back = eliminate(transposedSquare(matrix, n), n).solution(rows.map((row) => own[inZ(row)]));
      for (const row of rows) {
        toRight[inB(row)] += back[row];
        for (const at of rows) toMatrix[start + row * n + at] -= back[row] * z[inZ(at)];
      }
    });
    return [toMatrix, toRight];
  };
}
