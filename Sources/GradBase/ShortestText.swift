/// The shortest text that reads back to the same number, whole numbers without a point: `33`,
/// `0.1`, `1e-07`, `inf`, `nan`.
package func shortestText(_ number: Double) -> String {
  if number.isNaN { return "nan" }  // whatever its sign bit says
  let text = number.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
