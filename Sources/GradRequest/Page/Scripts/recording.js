// The recording of the program, and what follows from it for every step and every input.

/** The recording with its edges by node, and when each number is known. */
function prepared(page) {
  const { shown, edges, operations } = page;
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
    ...page, outgoing, incoming, arriving, innerNodes, choices, literals, outputNode,
    ...stepsOfNumbers(page, arriving, outputNode),
  };
}

/** The step in which each node's value is known, and the one in which its derivative is. */
function stepsOfNumbers({ parts, edges, steps, shown }, arriving, outputNode) {
  const last = steps.length - 1;
  const valueSteps = shown.map(() => 0);
  for (const { kind, ends, step } of parts) {
    if (kind === "forward") valueSteps[ends[1]] = Math.max(valueSteps[ends[1]], step);
  }
  const firstBack = Math.min(...edges.map(({ step }) => step), last + 1);
  const derivativeSteps = arriving.map((ways, node) => {
    if (node === outputNode) return Math.min(firstBack - 1, last);
    return ways.length === 0 ? last : Math.min(edges[ways.at(-1)].step, last);
  });
  return { valueSteps, derivativeSteps };
}
