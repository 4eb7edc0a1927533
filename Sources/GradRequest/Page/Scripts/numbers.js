// How numbers are written: the rules of NumberText, digit by digit.

/** `number` in decimal, rounded half to even as printf does, with `count` significant digits at most:
    sign, digits without zeros at the end, and the place of the point before the first of them. */
function decimal(number, count) {
  const [mantissa, exponent] = Math.abs(number).toExponential(100).split("e");
  const exact = mantissa.replace(".", "");
  let digits = exact.slice(0, Math.max(count, 0));
  let point = Number(exponent) + 1;
  const rest = count >= 0 ? exact.slice(count) : "0";
  const half = "5".padEnd(rest.length, "0");
  const isOdd = digits.length > 0 && Number(digits.at(-1)) % 2 === 1;
  if (rest > half || (rest === half && isOdd)) {
    const next = String(BigInt(digits || "0") + 1n).padStart(digits.length, "0");
    if (next.length > digits.length) point += 1;
    digits = next;
  }
  digits = digits.replace(/0+$/, "");
  return { isNegative: number < 0 && digits !== "", digits, point };
}

/** The place of the point of a number, counted from before its first digit. */
function pointOf(number) {
  return number === 0 ? 0 : Number(Math.abs(number).toExponential().split("e")[1]) + 1;
}

/** `digits`, or as many as a whole part of `point` digits has, up to six, so that none of them is left out. */
function digitsOfWhole(digits, point) {
  return point <= 6 ? Math.max(digits, point) : digits;
}

/** The number that a decimal writes. */
function valueOf({ isNegative, digits, point }) {
  return digits === "" ? 0 : Number(`${isNegative ? "-" : ""}0.${digits}e${point}`);
}

/** With a point within `longest` digits or after at most three zeros, else `1.2e−7`. */
function plain({ isNegative, digits, point }, longest) {
  if (digits === "") return "0";
  const sign = isNegative ? "−" : "";
  if (point > longest || point < -3) {
    const rest = digits.length > 1 ? "." + digits.slice(1) : "";
    const exponent = point - 1;
    return `${sign}${digits[0]}${rest}e${exponent < 0 ? "−" : ""}${Math.abs(exponent)}`;
  }
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (digits.length <= point) return sign + digits.padEnd(point, "0");
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** With exactly `decimals` digits after the point. */
function fixed(number, decimals) {
  // Where more than 12 digits are asked for, these are the number's own.
  const whole = valueOf(decimal(number, Math.min(17, Math.max(12, pointOf(number) + decimals))));
  const exponent = whole === 0 ? 0 : Number(Math.abs(whole).toExponential(100).split("e")[1]);
  const { isNegative, digits, point } = decimal(whole, exponent + 1 + decimals);
  const all = "0".repeat(Math.max(1 - point, 0)) + digits;
  const place = Math.max(point, 1);
  const padded = (digits === "" ? "0" : all).padEnd(place + decimals, "0");
  const text = decimals > 0 ? `${padded.slice(0, place)}.${padded.slice(place)}` : padded;
  return (isNegative ? "−" : "") + (digits === "" ? "0" + (decimals ? "." + "0".repeat(decimals) : "") : text);
}

/** The writers of numbers for a precision, and a number of decimals or null. */
function numberTexts({ precision, decimals }) {
  const rounded = (number, digits, longest = 6) => {
    const whole = decimal(number, 12);
    if (whole.digits.length <= longest) return plain(whole, 12);
    return plain(decimal(number, digitsOfWhole(digits, pointOf(number))), Math.max(digits, 6));
  };
  const number = (number) => {
    if (Number.isNaN(number)) return "NaN";
    if (!Number.isFinite(number)) return number < 0 ? "−∞" : "∞";
    if (decimals !== null && Math.abs(number) < 1e15) return fixed(number, decimals);
    return rounded(number, precision);
  };
  /** Two numbers to compare, with the digits that show the difference. */
  const pair = (first, second) => {
    const texts = [number(first), number(second)];
    if (first === second || !Number.isFinite(first) || !Number.isFinite(second)) return texts;
    if (decimals !== null && texts[0] !== texts[1]) return texts;
    const size = decimal(Math.max(Math.abs(first), Math.abs(second)), 12);
    const gap = decimal(first - second, 12);
    const least = Math.min(15, Math.max(precision, size.point - gap.point + 2));
    for (let digits = least; digits < 17; digits += 1) {
      const longer = [rounded(first, digits, 9), rounded(second, digits, 9)];
      if (longer[0] !== longer[1]) return longer;
    }
    return texts;
  };
  /** What writes the terms of a sum and the sum: with the digits that make them add up as printed, up
      to three more than usual, or to a common last place where they nearly cancel, or up to twelve;
      with the usual ones where that is not enough. Literals are terms that are printed as they are. */
  const sum = (terms, total, literals = []) => {
    const numbers = [...terms, ...literals, total];
    if (terms.length + literals.length < 2) return number;
    if (decimals !== null || !numbers.every(Number.isFinite)) return number;
    const largest = Math.max(...[...terms, ...literals].map(Math.abs));
    const added = (texts) => [...texts.map(valueOf), ...literals].reduce((all, one) => all + one, 0);
    const adds = (digits) => {
      const printed = (number) => {
        const whole = decimal(number, 12);
        return whole.digits.length <= 6 ? whole : decimal(number, digitsOfWhole(digits, pointOf(number)));
      };
      const size = total === 0 ? largest : Math.abs(total);
      const { point } = decimal(size, digits);
      const result = printed(total);
      // Of a sum that is shown whole every digit is to be right.
      const last = Number(`1e${Math.min(point - digitsOfWhole(digits, point), result.point - result.digits.length)}`);
      const gap = Math.abs(added(terms.map(printed)) - valueOf(result));
      return gap < 0.4999 * last;
    };
    const first = (from, to, test) => {
      for (let digits = from; digits <= Math.min(15, to); digits += 1) if (test(digits)) return digits;
      return null;
    };
    const atPlace = (one, place) => decimal(one, pointOf(one) - place);
    const start = pointOf(largest);
    const cancels = (digits) => {
      const place = start - digits;
      const printed = valueOf(atPlace(total, place));
      const gap = added(terms.map((term) => atPlace(term, place))) - printed;
      return printed !== 0 && Math.abs(gap) <= 0.01 * Number(`1e${place}`);
    };
    const few = first(precision, precision + 3, adds);
    const common = few ?? first(precision, precision + 4, cancels);
    if (few === null && common !== null) return (one) => plain(atPlace(one, start - common), 15);
    const digits = few ?? first(precision + 4, Math.max(12, precision + 4), adds) ?? precision;
    return digits === precision ? number : (one) => rounded(one, digits);
  };
  /** With so many significant digits, to tell numbers apart. */
  const precise = (number, digits) => rounded(number, digits, 9);
  /** A small difference, of which a number of decimals may leave no digit. */
  const ofDifference = (one) => (decimals === null ? number(one) : rounded(one, precision, 9));
  return { number, pair, sum, precise, ofDifference, precision };
}

/** The change from one number to another, without the digits that are but rounding. */
function difference(before, after) {
  const change = after - before;
  const size = Math.max(Math.abs(before), Math.abs(after));
  if (!Number.isFinite(change) || change === 0) return change;
  const unit = 2 ** (Math.floor(Math.log2(size)) - 42);
  for (let digits = 1; digits <= 15; digits += 1) {
    const short = valueOf(decimal(change, digits));
    if (Math.abs(short - change) <= unit) return short;
  }
  return change;
}
