// The recorded operations, run again with other inputs: values forward, derivatives back.

/** What formulas call that is neither an operator nor JavaScript's own. */
const library = {
  erf(x) {
    if (Number.isNaN(x)) return NaN;
    const size = Math.abs(x);
    if (size < 0.84375) return x + x * nearZero(x);
    return Math.sign(x) * (size < 1.25 ? erfTables.erx + nearOne(size) : 1 - tail(size));
  },
  erfc(x) {
    if (Number.isNaN(x)) return NaN;
    const size = Math.abs(x);
    if (x < 0.25 && size < 0.84375) return 1 - (x + x * nearZero(x));
    if (size < 0.84375) return 0.5 - (x - 0.5 + x * nearZero(x));
    if (size < 1.25) {
      return x < 0 ? 1 + (erfTables.erx + nearOne(size)) : 1 - erfTables.erx - nearOne(size);
    }
    return x < 0 ? 2 - tail(size) : tail(size);
  },
};

// The rational approximations of fdlibm's s_erf.c, good to one unit in the last place.

const polynomial = (x, coefficients) => coefficients.reduceRight((sum, a) => sum * x + a, 0);

/** erf(x)/x − 1 for |x| below 0.84375. */
function nearZero(x) {
  return polynomial(x * x, erfTables.pp) / polynomial(x * x, erfTables.qq);
}

/** erf(x) − erx for x from 0.84375 to 1.25. */
function nearOne(x) {
  return polynomial(x - 1, erfTables.pa) / polynomial(x - 1, erfTables.qa);
}

/** erfc(x) for x from 1.25 on. */
function tail(x) {
  const s = 1 / (x * x);
  const ratio = x < 1 / 0.35
    ? polynomial(s, erfTables.ra) / polynomial(s, erfTables.sa)
    : polynomial(s, erfTables.rb) / polynomial(s, erfTables.sb);
  // A number of few digits, whose square is exact, and what it lacks.
  const head = Math.fround(x);
  return (Math.exp(-head * head - 0.5625) * Math.exp((head - x) * (head + x) + ratio)) / x || 0;
}

const erfTables = {
  erx: 8.45062911510467529297e-1,
  pp: [
    1.28379167095512558561e-1, -3.25042107247001499370e-1, -2.84817495755985104766e-2,
    -5.77027029648944159157e-3, -2.37630166566501626084e-5,
  ],
  qq: [
    1, 3.97917223959155352819e-1, 6.50222499887672944485e-2, 5.08130628187576562776e-3,
    1.32494738004321644526e-4, -3.96022827877536812320e-6,
  ],
  pa: [
    -2.36211856075265944077e-3, 4.14856118683748331666e-1, -3.72207876035701323847e-1,
    3.18346619901161753674e-1, -1.10894694282396677476e-1, 3.54783043256182359371e-2,
    -2.16637559486879084300e-3,
  ],
  qa: [
    1, 1.06420880400844228286e-1, 5.40397917702171048937e-1, 7.18286544141962662868e-2,
    1.26171219808761642112e-1, 1.36370839120290507362e-2, 1.19844998467991074170e-2,
  ],
  ra: [
    -9.86494403484714822705e-3, -6.93858572707181764372e-1, -1.05586262253232909814e1,
    -6.23753324503260060396e1, -1.62396669462573470355e2, -1.84605092906711035994e2,
    -8.12874355063065934246e1, -9.81432934416914548592,
  ],
  sa: [
    1, 1.96512716674392571292e1, 1.37657754143519042600e2, 4.34565877475229228821e2,
    6.45387271733267880336e2, 4.29008140027567833386e2, 1.08635005541779435134e2,
    6.57024977031928170135, -6.04244152148580987438e-2,
  ],
  rb: [
    -9.86494292470009928597e-3, -7.99283237680523006574e-1, -1.77579549177547519889e1,
    -1.60636384855821916062e2, -6.37566443368389627722e2, -1.02509513161107724954e3,
    -4.83519191608651397019e2,
  ],
  sb: [
    1, 3.03380607434824582924e1, 3.25792512996573918826e2, 1.53672958608443695994e3,
    3.19985821950859553908e3, 2.55305040643316442583e3, 4.74528541206955367215e2,
    -2.24409524465858183362e1,
  ],
};

/** JavaScript's function of that name, or the one that it lacks. */
function primitive(name) {
  return Math[name] ?? library[name];
}

/** The power as C and Python have it: 1 to any power is 1. */
function power(x, y) {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y;
}

/** Whether a value is an array, { shape, data }, rather than a number. */
const isArray = (value) => typeof value === "object";

/** The entries of a number or an array. */
const entriesOf = (value) => (isArray(value) ? value.data : [value]);

/** The sum of two numbers or two arrays of one shape; the second one where there is no first. */
function plus(a, b) {
  if (a === undefined) return b;
  if (!isArray(a)) return a + b;
  return { shape: a.shape, data: a.data.map((entry, i) => entry + b.data[i]) };
}

/** Runs the operations of `recording`.
    @param given the value of each input by its number, where it is not the recorded one
    @param held a node that is held at a value, and what follows from it is computed anew */
function run(recording, given, held) {
  const values = [];
  const rows = [];
  for (const [index, [opcode, operands, value, partials]] of recording.operations.entries()) {
    let row = operators[opcode];
    if (row === undefined) {
      values.push(given.get(index) ?? value);
      // An operator that is not in the table has numbers alone.
      if (partials !== undefined) row = { partials: partials.map((partial) => () => partial) };
    } else {
      const choice = recording.choices.get(index);
      if (choice?.holds && choice.holds(values) !== choice.held) row = operators[row.other];
      const x = operands.map((operand) => values[operand]);
      values.push(row.fold ? x.reduce(row.fold) : row.value(...x));
    }
    if (held?.node === index) values[index] = held.value;
    rows.push(row);
  }
  return { values, rows };
}

/** The partials of every operation by its operands, and the derivative of the output by every node. */
function differentiate(recording, { values, rows }) {
  const partials = recording.operations.map(([, operands], index) => {
    const row = rows[index];
    if (row === undefined) return [];
    const x = operands.map((operand) => values[operand]);
    return partialsOf(row, x, values[index], operands.map((operand) => recording.literals.has(operand)));
  });
  const derivatives = new Array(values.length).fill(0);
  derivatives[recording.output] = 1;
  for (let index = recording.output; index >= 0; index -= 1) {
    sweep(recording, partials, derivatives, index);
  }
  return { partials, derivatives };
}

/** The partials of an operator at `x` with the result `z`; literals may take the derivative of a tie. */
function partialsOf(row, x, z, areLiterals) {
  const isLiteral = x.map((x, at) => x === z && areLiterals[at]);
  const literals = isLiteral.filter(Boolean).length;
  const ties = x.filter((x) => x === z).length;
  if (row.literalsTakeTies && ties > literals && literals > 0) {
    return isLiteral.map((isLiteral) => (isLiteral ? 1 / literals : 0));
  }
  if (row.fold) return x.map((x) => row.share(x, z, ties));
  return row.partials.map((partial) => partial(...x, z));
}

/** Adds what goes back over the edges into one node; an exact zero as either factor adds nothing. */
function sweep(recording, partials, derivatives, index, largest = []) {
  const own = derivatives[index];
  if (own === 0) return;
  recording.operations[index][1].forEach((operand, position) => {
    const partial = partials[index][position];
    if (partial === 0) return;
    derivatives[operand] += partial * own;
    largest[operand] = Math.max(largest[operand] ?? 0, Math.abs(partial * own));
  });
}

/** The total partial of each edge that the figure shows, over all ways through what it does not. */
function shownPartials(recording, partials) {
  const { shown, edges, innerNodes } = recording;
  return edges.map(({ from, to, operand }) => {
    const target = shown[to].origin;
    if (operand !== null) return partials[target][operand];
    const derivatives = [];
    const largest = [];
    for (const index of [target, ...innerNodes[to]]) {
      recording.operations[index][1].forEach((operand) => {
        derivatives[operand] = 0;
        largest[operand] = 0;
      });
    }
    derivatives[target] = 1;
    largest[target] = 1;
    for (const index of [target, ...innerNodes[to]]) {
      if (isDust(derivatives[index], largest[index])) continue;
      sweep(recording, partials, derivatives, index, largest);
    }
    const { origin } = shown[from];
    return isDust(derivatives[origin], largest[origin]) ? 0 : derivatives[origin];
  });
}

/** Whether a sum is but rounding beside the largest of its terms; so is a sum of zeros. */
function isDust(sum, largest) {
  return sum === 0 || Math.abs(sum) < 1e-12 * largest;
}

/** Computes what each edge shown adds, with zeros for what is zero but for rounding. */
function contribute({ edges, incoming, outputNode }, { derivatives, partials }) {
  const contributions = edges.map(() => 0);
  const sums = derivatives.map(() => 0);
  const largest = derivatives.map(() => -1);
  for (let node = derivatives.length - 1; node >= 0; node -= 1) {
    const hasWaysOn = largest[node] >= 0;
    if (node !== outputNode && hasWaysOn && isDust(sums[node], largest[node])) derivatives[node] = 0;
    for (const edge of incoming[node]) {
      const partial = partials[edge];
      const own = derivatives[node];
      const term = partial === 0 || own === 0 ? 0 : partial * own;
      const { from } = edges[edge];
      contributions[edge] = term;
      sums[from] += term;
      largest[from] = Math.max(largest[from], Math.abs(term));
    }
  }
  return contributions;
}

/** Every number that the figure shows, for some inputs. */
function compute(recording, given) {
  if (recording.hasArrays) return computeArrays(recording, given);
  const forward = run(recording, given);
  const { partials, derivatives } = differentiate(recording, forward);
  const state = {
    all: forward.values,
    values: recording.shown.map(({ origin }) => forward.values[origin]),
    derivatives: recording.shown.map(({ origin }) => derivatives[origin]),
    partials: shownPartials(recording, partials),
    derivativeOf: (index) => derivatives[index],
  };
  state.contributions = contribute(recording, state);
  return state;
}
