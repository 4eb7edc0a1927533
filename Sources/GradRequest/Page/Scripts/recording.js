// The recording of the program, and what follows from it for every step and every input.

/** The recording with its edges by node, and when each number is known. */
function prepared(page) {
  const { shown, edges, operations } = page;
  // Numbers that are not finite stand as text.
  for (const [, , value] of operations) {
    if (value?.data) value.data = Float64Array.from(value.data, Number);
  }
  const outgoing = shown.map(() => []);
  edges.forEach(({ from, to }, edge) => shown[to].isUnused || outgoing[from].push(edge));
  const incoming = shown.map(() => []);
  edges.forEach(({ to }, edge) => incoming[to].push(edge));
  const kept = new Set(shown.map(({ origin }) => origin));
  const innerNodes = shown.map(({ origin }) => {
    const inner = new Set();
    const stack = [origin];
    while (stack.length > 0) {
      for (const operand of operations[stack.pop()][1]) {
        const isInner = operations[operand][0] > 1 && !kept.has(operand) && !inner.has(operand);
        if (isInner) stack.push(operand);
        if (isInner) inner.add(operand);
      }
    }
    return [...inner].sort((a, b) => b - a);
  });
  const choices = new Map();
  page.decisions.forEach(({ node, isHeld }, index) => {
    if (node !== null) choices.set(node, { holds: conditions[index], held: isHeld });
  });
  const arriving = outgoing.map((ways) => [...ways].sort((a, b) => edges[a].step - edges[b].step));
  // What is computed from constants alone.
  const literals = new Set();
  operations.forEach(([opcode, operands], index) => {
    const isLiteral = opcode > 1 ? operands.every((node) => literals.has(node)) : opcode === 1;
    if (isLiteral) literals.add(index);
  });
  const outputNode = shown.findIndex(({ origin }) => origin === page.output);
  return {
    ...page, ...boxesOf(page), outgoing, incoming, arriving, innerNodes, choices, literals, outputNode,
    ...stepsOfNumbers(page, arriving, outputNode),
  };
}

/** The step in which each node's value is known, and the one in which its derivative is. */
function stepsOfNumbers({ edges, steps, shown, firstBack: begin }, arriving, outputNode) {
  const last = steps.length - 1;
  const valueSteps = shown.map(({ step }) => step);
  // Where derivatives are nodes, each comes as a value does.
  if (begin !== undefined) return { valueSteps, derivativeSteps: shown.map(() => begin) };
  const firstBack = Math.min(...edges.map(({ step }) => step), last + 1);
  const derivativeSteps = arriving.map((ways, node) => {
    if (node === outputNode) return Math.min(firstBack - 1, last);
    return ways.length === 0 ? last : Math.min(edges[ways.at(-1)].step, last);
  });
  return { valueSteps, derivativeSteps };
}

/** Which boxes are around nodes and around each other, and what is in them. */
function boxesOf({ folds, shown, edges }) {
  const foldsAbove = (fold) => {
    const chain = [];
    for (let above = folds[fold].parent; above !== null; above = folds[above].parent) chain.unshift(above);
    return chain;
  };
  /** The boxes around a node, the outermost first. */
  const chains = folds.map((_, fold) => [...foldsAbove(fold), fold]);
  const foldsAround = (node) => (shown[node].fold === undefined ? [] : chains[shown[node].fold]);
  const all = folds.map(() => []);
  shown.forEach((_, node) => foldsAround(node).forEach((fold) => all[fold].push(node)));
  /** The edges between what is drawn inside a box, or in the whole figure, by their ends. */
  const edgesBetween = (fold) => {
    const ways = new Map();
    const depth = fold === null ? 0 : chains[fold].length;
    const end = (node) => {
      const chain = foldsAround(node);
      const isInside = fold === null || chain[depth - 1] === fold;
      return isInside && chain.length > depth ? `fold ${chain[depth]}` : node;
    };
    edges.forEach(({ from, to }, edge) => {
      const key = [end(from), end(to)].join();
      if (ways.has(key)) ways.get(key).push(edge);
      else ways.set(key, [edge]);
    });
    return ways;
  };
  return { foldsAbove, foldsAround, edgesBetween, members: (fold) => all[fold] };
}
