/// The words around matrices of derivatives.
package struct MatrixWords: Sendable {
  package let hessian: @Sendable (_ output: MathText) -> Prose
  package let jacobian: @Sendable (_ outputs: [MathText], _ inputs: [MathText]) -> Prose
  /// Many names, by their number.
  package let outputs: @Sendable (_ count: Int) -> MathText
  package let inputs: @Sendable (_ count: Int) -> MathText
  /// A matrix times a vector, or a vector times a matrix.
  package let product: @Sendable (_ product: MathText, _ matrix: Prose) -> Prose
  /// The value of the output, and the inputs at which it is so.
  package let point: @Sendable (_ value: MathText, _ inputs: [MathText]) -> MathText
  package let gradient: @Sendable (_ equations: [MathText]) -> MathText
  package let sentence: @Sendable (MathText) -> MathText
  package let columns: @Sendable (_ names: [MathText]) -> MathText
  package let row: @Sendable (_ name: MathText, _ numbers: [MathText]) -> MathText
  package let size:
    @Sendable (_ rows: Int, _ columns: Int, _ least: MathText, _ largest: MathText) -> MathText
  package let zeros: @Sendable (_ count: Int, _ all: Int) -> MathText
  package let largest:
    @Sendable (_ number: MathText, _ row: MathText, _ column: MathText) -> MathText
  /// A node at which the second derivative is a convention.
  package let kink: @Sendable (_ node: MathText) -> MathText
}
