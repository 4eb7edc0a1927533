// Arrays: values with a shape, and the operations on them, forward and back. A value is a number, or
// { shape, data } with its entries in row-major order; a vector of partials is one too.

const sizeOf = (shape) => shape.reduce((product, count) => product * count, 1);
const zeros = (shape) => ({ shape, data: new Float64Array(sizeOf(shape)) });
const shapeOf = (value) => (isArray(value) ? value.shape : []);
/** Entries as a value of a shape: a number where that is empty. */
const shaped = (shape, data) => (shape.length === 0 ? data[0] : { shape, data });

/** Calls `body` with the places in several arrays that a walk over `counts` comes to. */
function walkOver(counts, offsets, strides, body) {
  const at = [...offsets];
  const index = counts.map(() => 0);
  for (let left = sizeOf(counts); left > 0; left -= 1) {
    body(at);
    for (let axis = counts.length - 1; axis >= 0; axis -= 1) {
      index[axis] += 1;
      strides.forEach((steps, array) => (at[array] += steps[axis]));
      if (index[axis] < counts[axis]) break;
      strides.forEach((steps, array) => (at[array] -= steps[axis] * counts[axis]));
      index[axis] = 0;
    }
  }
}

/** The steps of an array of `shape` repeated to a wider one. */
function broadcastSteps(shape, wide) {
  const missing = wide.length - shape.length;
  let step = 1;
  const own = shape.map(() => 0);
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    own[axis] = shape[axis] === 1 ? 0 : step;
    step *= shape[axis];
  }
  return wide.map((_, axis) => (axis < missing ? 0 : own[axis - missing]));
}

/** The shape that several have together. */
function broadcastShape(shapes) {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  const axes = [...Array(rank).keys()];
  return axes.map((axis) => Math.max(...shapes.map((shape) => shape[axis - rank + shape.length] ?? 1)));
}

// MARK: Operators of the table, entry by entry

/** Calls `body` with the number of each entry of the result and the operands there. */
function forEachEntry(operands, shape, body) {
  const data = operands.map(entriesOf);
  const steps = operands.map((operand) => broadcastSteps(shapeOf(operand), shape));
  let entry = 0;
  walkOver(shape, operands.map(() => 0), steps, (at) => {
    body(entry, data.map((entries, operand) => entries[at[operand]]), at);
    entry += 1;
  });
}

/** The value of an operator of the table, of numbers or arrays. */
function elementwise(row, operands) {
  const value = (x) => (row.fold ? x.reduce(row.fold) : row.value(...x));
  if (!operands.some(isArray)) return value(operands);
  const result = zeros(broadcastShape(operands.map(shapeOf)));
  forEachEntry(operands, result.shape, (entry, x) => (result.data[entry] = value(x)));
  return result;
}

/** What comes back to the operands of an operator of the table; an exact zero of either adds nothing. */
function elementwiseBack(row, operands, result, own, literals) {
  const sums = operands.map((operand) => new Float64Array(entriesOf(operand).length));
  const [z, back] = [entriesOf(result), entriesOf(own)];
  forEachEntry(operands, shapeOf(result), (entry, x, at) => {
    if (back[entry] === 0) return;
    partialsOf(row, x, z[entry], literals).forEach((partial, operand) => {
      if (partial !== 0) sums[operand][at[operand]] += partial * back[entry];
    });
  });
  return operands.map((operand, at) => shaped(shapeOf(operand), sums[at]));
}

// MARK: Operations on arrays

/** Adds factor · source, seen in one order, to target, seen in another. */
function addLinear(map, source, target, isBack) {
  if (map.cumulative !== undefined) {
    return forEachLine(map.shape, map.cumulative, (first, step, count) => {
      let sum = 0;
      for (let i = 0; i < count; i += 1) {
        const place = first + (isBack ? count - 1 - i : i) * step;
        sum += source[place];
        target[place] += sum;
      }
    });
  }
  const add = (from, to, factor) => {
    const [a, b] = isBack ? [to, from] : [from, to];
    if (factor !== 0 && source[a] !== 0) target[b] += factor * source[a];
  };
  if (map.sources) {
    map.sources.forEach((from, part) => add(from, map.targets?.[part] ?? part, map.factor));
  } else {
    const [[fromOffset, ...from], [toOffset, ...to]] = [map.from, map.to];
    let entry = 0;
    walkOver(map.counts, [fromOffset, toOffset], [from, to], ([a, b]) => {
      add(a, b, map.mask ? map.mask[entry] : map.factor);
      entry += 1;
    });
  }
}

/** Calls `body` with the first place of every line along an axis, the step, and how many entries there are. */
function forEachLine(shape, axis, body) {
  const step = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  for (let i = 0; i < outer; i += 1) {
    for (let inner = 0; inner < step; inner += 1) body(i * shape[axis] * step + inner, step, shape[axis]);
  }
}

/** Adds to one of the arrays of a product the product of the others; `of` is their data, the result first. */
function addProduct({ counts, strides, triples, sizes }, of, to) {
  const others = of.map((_, array) => array).filter((array) => array !== to);
  const add = (at) => {
    let product = 1;
    for (const array of others) product *= of[array][at[array]];
    of[to][at[to]] += product;
  };
  if (!triples) return walkOver(counts, of.map(() => 0), strides, add);
  // A kernel that moves over images: which entries of each channel meet is the same for all.
  const [examples, outputs, inputs, result, image, kernel] = sizes;
  const [places, pixels, weights] = triples;
  for (let example = 0; example < examples; example += 1) {
    for (let output = 0; output < outputs; output += 1) {
      for (let input = 0; input < inputs; input += 1) {
        const bases = [
          (example * outputs + output) * result, (example * inputs + input) * image,
          (output * inputs + input) * kernel,
        ];
        places.forEach((place, i) => add([bases[0] + place, bases[1] + pixels[i], bases[2] + weights[i]]));
      }
    }
  }
}

/** The value of some entries, which become the partials by each. */
const reductions = {
  prod(x) {
    const all = [...x];
    let before = 1;
    for (let i = 0; i < x.length; i += 1) { x[i] = before; before *= all[i]; }
    let after = 1;
    for (let i = x.length - 1; i >= 0; i -= 1) { x[i] *= after; after *= all[i]; }
    return before;
  },
  amax: (x) => extremum(x, (a, b) => a > b),
  amin: (x) => extremum(x, (a, b) => a < b),
  var: (x, { correction }) => spread(x, correction, false),
  std: (x, { correction }) => spread(x, correction, true),
  norm(x, { order }) {
    if (order === 1) {
      const sum = x.reduce((sum, entry) => sum + Math.abs(entry), 0);
      x.forEach((entry, i) => (x[i] = Math.sign(entry)));
      return sum;
    }
    const largest = x.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    if (order !== 2) {
      const ties = x.filter((entry) => Math.abs(entry) === largest).length;
      x.forEach((entry, i) => (x[i] = Math.abs(entry) === largest ? Math.sign(entry) / ties : 0));
      return largest;
    }
    const norm = largest === 0 || !Number.isFinite(largest)
      ? largest : largest * Math.sqrt(x.reduce((sum, entry) => sum + (entry / largest) ** 2, 0));
    x.forEach((entry, i) => (x[i] = norm === 0 ? 0 : entry / norm));
    return norm;
  },
  median(x, { middles }) {
    const sorted = [...x].sort((a, b) => a - b);
    const lower = sorted[Math.floor((x.length - 1) / 2)];
    const upper = middles === 2 ? sorted[Math.floor(x.length / 2)] : lower;
    const share = (entry, middle) => (entry === middle ? 0.5 / sorted.filter((other) => other === middle).length : 0);
    x.forEach((entry, i) => (x[i] = share(entry, lower) + share(entry, upper)));
    return lower === upper ? lower : (lower + upper) / 2;
  },
  logsumexp(x) {
    const largest = x.reduce((most, entry) => (Number.isNaN(entry) ? entry : Math.max(most, entry)), -Infinity);
    if (!Number.isFinite(largest)) {
      x.forEach((entry, i) => (x[i] = entry === largest ? 1 : 0));
      return largest;
    }
    x.forEach((entry, i) => (x[i] = Math.exp(entry - largest)));
    const sum = x.reduce((sum, entry) => sum + entry, 0);
    x.forEach((entry, i) => (x[i] = entry / sum));
    return largest + Math.log(sum);
  },
};

function extremum(x, isBetter) {
  const best = x.reduce((best, entry) => (Number.isNaN(entry) || isBetter(entry, best) ? entry : best), x[0]);
  const ties = x.filter((entry) => Object.is(entry, best) || entry === best).length;
  x.forEach((entry, i) => (x[i] = Object.is(entry, best) || entry === best ? 1 / ties : 0));
  return best;
}

function spread(x, correction, isRoot) {
  const mean = x.reduce((sum, entry) => sum + entry, 0) / x.length;
  x.forEach((entry, i) => (x[i] = entry - mean));
  const divisor = Math.max(x.length - correction, 0);
  const variance = x.reduce((sum, entry) => sum + entry * entry, 0) / divisor;
  const deviation = Math.sqrt(variance);
  x.forEach((entry, i) => {
    if (isRoot) x[i] = deviation === 0 ? 0 : entry / (divisor * deviation);
    else x[i] = (2 * entry) / divisor;
  });
  return isRoot ? deviation : variance;
}

/** The places of the entries that each entry of a reduced array is made of. */
function groupsOf({ kept, gone }) {
  const places = ([counts, strides]) => {
    const all = [];
    walkOver(counts, [0], [strides], ([place]) => all.push(place));
    return all;
  };
  const inner = places(gone);
  return places(kept).map((base) => inner.map((place) => base + place));
}

/** The value of an operation on arrays, and what takes a derivative of it back to its operands. */
function applyOperation(how, operands) {
  const { shape } = how;
  const data = operands.map(entriesOf);
  const z = new Float64Array(sizeOf(shape));
  const backTo = (sums) => operands.map((operand, at) => shaped(shapeOf(operand), sums[at]));
  const empty = () => data.map(({ length }) => new Float64Array(length));
  let back;
  switch (how.is) {
    case "linear":
      how.maps.forEach((map, at) => addLinear(map, data[at], z, false));
      back = (own) => {
        const sums = empty();
        how.maps.forEach((map, at) => addLinear(map, own, sums[at], true));
        return sums;
      };
      break;
    case "product":
      addProduct(how, [z, ...data], 0);
      back = (own) => empty().map((sum, at) => {
        addProduct(how, [own, ...data.map((entries, other) => (other === at ? sum : entries))], at + 1);
        return sum;
      });
      break;
    case "softmax":
    case "log_softmax": {
      const isLogarithm = how.is === "log_softmax";
      const [x] = data;
      forEachLine(shape, how.axis, (first, step, count) => {
        const places = [...Array(count).keys()].map((i) => first + i * step);
        const largest = places.reduce(
          (most, place) => (Number.isNaN(x[place]) ? NaN : Math.max(most, x[place])), -Infinity);
        const sum = places.reduce((sum, place) => sum + Math.exp(x[place] - largest), 0);
        for (const place of places) {
          const entry = x[place] - largest;
          z[place] = isLogarithm ? entry - Math.log(sum) : Math.exp(entry) / sum;
        }
      });
      back = (own) => {
        const sum = new Float64Array(z.length);
        forEachLine(shape, how.axis, (first, step, count) => {
          const places = [...Array(count).keys()].map((i) => first + i * step);
          const all = places.reduce((all, place) => all + (isLogarithm ? 1 : z[place]) * own[place], 0);
          for (const place of places) {
            sum[place] = isLogarithm ? own[place] - Math.exp(z[place]) * all : z[place] * (own[place] - all);
          }
        });
        return [sum];
      };
      break;
    }
    case "reduce": {
      const groups = groupsOf(how);
      const weights = groups.map((places, at) => {
        const line = places.map((place) => data[0][place]);
        z[at] = reductions[how.by](line, how);
        return line;
      });
      back = (own) => {
        const [sum] = empty();
        groups.forEach((places, at) => places.forEach((place, i) => {
          if (own[at] !== 0 && weights[at][i] !== 0) sum[place] += weights[at][i] * own[at];
        }));
        return [sum];
      };
      break;
    }
    case "max_pool": {
      const [x] = data;
      const best = [...z].map((_, at) => {
        const channel = Math.floor(at / how.windows.length);
        const places = how.windows[at % how.windows.length].map((place) => channel * how.image + place);
        const best = places.reduce(
          (best, place) => (x[place] > x[best] || Number.isNaN(x[place]) ? place : best), places[0]);
        if (best !== undefined) z[at] = x[best];
        return best;
      });
      back = (own) => {
        const [sum] = empty();
        best.forEach((place, at) => place !== undefined && (sum[place] += own[at]));
        return [sum];
      };
      break;
    }
    case "inv":
    case "det":
    case "logabsdet":
    case "solve":
      back = applySquare(how, operands, z);
      break;
    default: throw new Error(`no operation ${how.is}`);
  }
  return { value: shaped(shape, z), back: (own) => backTo(back(entriesOf(own))) };
}

/** The same value with other entries. */
const mapped = (value, body) =>
  isArray(value) ? { shape: value.shape, data: value.data.map(body) } : body(value);

// MARK: Everything that the figure shows

/** Runs the operations with other inputs, as `run` does for numbers; `backs` take derivatives back. */
function runArrays(recording, given, held) {
  const [values, backs] = [[], []];
  for (const [index, [opcode, operands, value]] of recording.operations.entries()) {
    const x = operands.map((operand) => values[operand]);
    let [result, back] = [given.get(index) ?? value, () => []];
    if (value?.is) {
      ({ value: result, back } = applyOperation(value, x));
    } else if (operators[opcode]) {
      const choice = recording.choices.get(index);
      const isOther = choice?.holds && choice.holds(values) !== choice.held;
      const row = operators[isOther ? operators[opcode].other : opcode];
      const literals = operands.map((operand) => recording.literals.has(operand));
      result = elementwise(row, x);
      const own = result;
      back = (derivative) => elementwiseBack(row, x, own, derivative, literals);
    }
    if (held?.node === index) result = held.value;
    values.push(result);
    backs.push(back);
  }
  return { values, backs };
}

/** What goes back from one node to all before it, over the operations that `ways` names, last first. */
function sweepArrays(recording, backs, start, own, ways) {
  const derivatives = new Map([[start, own]]);
  for (const index of ways) {
    const derivative = derivatives.get(index);
    if (derivative === undefined) continue;
    const operands = recording.operations[index][1];
    backs[index](derivative).forEach((sum, at) =>
      derivatives.set(operands[at], plus(derivatives.get(operands[at]), sum)));
  }
  return derivatives;
}

/** Every number and array that the figure shows, for some inputs. */
function computeArrays(recording, given) {
  const { values, backs } = runArrays(recording, given);
  const { shown, edges, innerNodes, output } = recording;
  const ways = [...Array(output + 1).keys()].reverse();
  const one = mapped(values[output], () => 1);
  const all = sweepArrays(recording, backs, output, one, ways);
  const derivativeOf = (index) => all.get(index) ?? mapped(values[index], () => 0);
  const over = ({ from, to }, own) => {
    const target = shown[to].origin;
    const back = sweepArrays(recording, backs, target, own, [target, ...innerNodes[to]]);
    return back.get(shown[from].origin) ?? mapped(values[shown[from].origin], () => 0);
  };
  const isNumber = ({ from, to }) => ![from, to].some((node) => isArray(values[shown[node].origin]));
  return {
    all: values,
    derivativeOf,
    values: shown.map(({ origin }) => values[origin]),
    derivatives: shown.map(({ origin }) => derivativeOf(origin)),
    partials: edges.map((edge) => (isNumber(edge) ? over(edge, 1) : NaN)),
    contributions: edges.map((edge) => over(edge, derivativeOf(shown[edge.to].origin))),
  };
}
