// Paths through the graph: where no derivative goes back, where infinity begins, what leads to the output.

/** The nodes that no derivative reaches, with the reason, and the edges that let none through. */
function blockedParts({ shown, edges, outgoing, outputNode }, { partials }) {
  const nodes = new Map();
  const blocked = new Set();
  for (let node = shown.length - 1; node >= 0; node -= 1) {
    if (node === outputNode || (shown[node].derivativeName === null && !shown[node].isUnused)) continue;
    if (shown[node].isUnused) {
      nodes.set(node, words.unused);
      continue;
    }
    const reasons = outgoing[node].map((edge) => {
      const { to } = edges[edge];
      return (partials[edge] === 0 ? shown[to].blocking : null) ?? nodes.get(to) ?? null;
    });
    outgoing[node].forEach((edge, at) => reasons[at] !== null && blocked.add(edge));
    if (reasons.length > 0 && reasons.every((reason) => reason !== null)) nodes.set(node, reasons[0]);
  }
  return { nodes, edges: blocked };
}

/** The nodes that are not finite although everything they are computed from is. */
function notFinite({ shown, edges }, { values }) {
  const isFinite = (value) => entriesOf(value).every(Number.isFinite);
  const starts = new Set([...shown.keys()].filter((node) => !isFinite(values[node])));
  for (const { from, to } of edges) if (!isFinite(values[from])) starts.delete(to);
  return starts;
}

/** The nodes and edges on the ways from `start` to the output; with those by which the backward pass computes
    its derivative, where these are drawn. */
function pathsFrom({ shown, edges, outputNode, firstDerivatives = [] }, start) {
  const leads = new Set([outputNode]);
  for (const { from, to } of [...edges].reverse()) if (leads.has(to)) leads.add(from);
  const nodes = new Set([start]);
  const lit = new Set();
  edges.forEach(({ from, to }, edge) => {
    if (!nodes.has(from) || !leads.has(to)) return;
    nodes.add(to);
    lit.add(edge);
  });
  const derivatives = new Set(firstDerivatives
    .filter(([node]) => node === shown[start].origin).map(([, operation]) => operation));
  const back = new Set([...shown.keys()].filter((node) => shown[node].isBackward
    && (node === start || derivatives.has(shown[node].origin))));
  for (let edge = edges.length - 1; edge >= 0; edge -= 1) {
    const { from, to } = edges[edge];
    if (!shown[to].isBackward || !back.has(to)) continue;
    back.add(from);
    lit.add(edge);
  }
  for (const node of back) nodes.add(node);
  return { nodes, edges: lit };
}
