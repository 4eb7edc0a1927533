public import GradCore

/// Records a computation written in Swift, and differentiates its result.
///
/// ```swift
/// let trace = record { tape in
///   let a = tape.input(5, "a")
///   let b = tape.input(3, "b")
///   let c = tape.input(2, "c")
///   let u = (b * c).named("u")
///   let v = (a + u).named("v")
///   return (3 * v).named("J")
/// }
/// ```
///
/// The tape and its handles are good until `body` returns: a handle that is kept and used later is a
/// precondition failure. The trace is a value that any thread may have.
///
/// - Parameter body: Records on the tape that it is given, and returns the output.
/// - Returns: Every value, and the derivative of the output by it.
/// - Throws: What `body` throws.
public func record<Failure: Error>(
  _ body: (Tape) throws(Failure) -> Variable
) throws(Failure) -> Trace {
  let tape = Tape()
  defer { tape.reset() }
  return tape.trace(of: try body(tape))
}
