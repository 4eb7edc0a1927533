public import GradBase

/// The derivatives of some numbers by others: a row for each number, a column for each number by which it
/// is differentiated.
///
/// The Jacobian of several outputs, and the Hessian of one, whose rows are the derivatives of its gradient.
public struct DerivativeMatrix: Sendable, Equatable {
  /// What is differentiated, a number each: nodes, or entries of arrays.
  public let rows: [Trace.Place]
  /// By what it is differentiated.
  public let columns: [Trace.Place]
  /// The derivatives, row by row; none is −0.
  public let entries: [Double]

  /// The most entries that a matrix has: beyond them nobody reads it, and it costs a sweep a row or a column.
  public static let mostEntries = 400

  /// A matrix from its parts.
  ///
  /// - Precondition: There is an entry for each row and column.
  public init(rows: [Trace.Place], columns: [Trace.Place], entries: [Double]) {
    precondition(rows.count * columns.count == entries.count, "an entry a row and column")
    self.rows = rows
    self.columns = columns
    // −0 is 0, of which there is one in a table.
    self.entries = entries.map { $0 + 0 }
  }

  /// The derivative of a row by a column.
  public subscript(row: Int, column: Int) -> Double { entries[row * columns.count + column] }

  /// The rows as arrays of numbers.
  public var numbers: [[Double]] {
    rows.indices.map { row in columns.indices.map { self[row, $0] } }
  }

  /// The matrix as an array.
  ///
  /// - Precondition: There is a row and a column.
  public var array: NumberArray { NumberArray([rows.count, columns.count], entries) }
}

/// Why there is no matrix of derivatives.
public struct MatrixFault: ReadableError, Equatable, Sendable {
  /// What is wrong, without a full stop.
  public var message: String
  /// What to do about it; `nil` if nothing is known.
  public var help: String?
  /// What the fault is about, so that a command can name its option.
  public var subject: Subject

  /// What a fault is about.
  public enum Subject: Sendable, Equatable {
    /// What is differentiated.
    case outputs
    /// By what it is differentiated.
    case inputs
    /// The trace itself.
    case trace
  }

  /// A fault from its words.
  public init(_ subject: Subject, _ message: String, help: String? = nil) {
    (self.subject, self.message, self.help) = (subject, message, help)
  }

  /// What is wrong, and what to do about it.
  public var description: String { Self.text(message, help: help) }
}
