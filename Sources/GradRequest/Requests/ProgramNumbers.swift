public import GradCore
public import GradLanguage

import GradBase
import GradFigure

/// The numbers of a program that are asked for without a figure.
public struct ProgramNumbers: Sendable {
  /// The trace with its parameters, one node an operation.
  public let trace: Trace
  /// The derivatives above order 1; `nil` if nobody asks for them.
  public let higher: HigherNumbers?
  /// What is to count as a node; `nil` if nobody says so.
  public let detail: Detail?
  /// What is worth a word.
  public let warnings: [Diagnostic]

  /// The options that say which numbers are asked for, by their names.
  public static let options = ["wrt", "order", "detail"]
}

/// The derivatives above order 1, by the ids of inputs.
public struct HigherNumbers: Sendable {
  /// The highest order.
  public let order: Int
  /// The ids of the inputs, in program order, each with its derivatives from order 2 on.
  public let inputs: [(id: String, values: [NumberArray])]
  /// The ids of the nodes at whose kinks second derivatives count as 0.
  let kinks: [String]

  /// The numbers of a trace of operations.
  init(_ trace: Trace, order: Int) throws(DifferentiationFault) {
    let higher = try trace.higherDerivatives(order: order)
    self.order = order
    inputs = zip(higher.inputs, higher.values).map { (trace.nodes[$0].id, $1) }
    kinks = higher.kinks.map { trace.nodes[$0].id }
  }

  /// Writes them as fields of an object that has been begun: `"higher": [{"input": "x", "order": 2, …}]`.
  fileprivate func write(to json: inout JSONText) {
    json.field("higher") { json in
      json.array(.lines) { json in
        for (id, values) in inputs {
          for (place, value) in values.enumerated() {
            json.object { json in
              json.field("input", id)
              json.field("order", place + 2)
              json.field("derivative") { $0.array(value) }
            }
          }
        }
      }
    }
    json.field("kinks") { json in
      json.array { json in for kink in kinks { json.string(kink) } }
    }
  }
}

extension Trace {
  /// Writes the JSON of the trace in pieces, with derivatives above order 1 as the fields `higher` and
  /// `kinks` besides.
  package func writeJSON(with higher: HigherNumbers?, to write: @escaping ([UInt8]) -> Void) {
    writeJSON(to: write) { higher?.write(to: &$0) }
  }
}

extension Computation {
  /// The numbers that options ask for.
  ///
  /// - Parameter options: Those of ``ProgramNumbers/options``; a later one comes before an earlier one of the
  ///   same name.
  /// - Returns: The numbers, and the warnings of the program and about them.
  /// - Throws: All that is wrong with the options.
  public func numbers(_ options: [OptionText]) throws(ProgramError) -> ProgramNumbers {
    let file = program.source.name
    var wanted = PictureOptions()
    var mistakes: [Diagnostic] = []
    for option in options {
      do {
        try FigureOption.named(option.name)?.apply(option.value, &wanted, .none)
      } catch {
        mistakes.append(
          Diagnostic(badOption: "--\(option.name): \(error.message)", file: file, help: error.help))
      }
    }
    if !mistakes.isEmpty { throw ProgramError(mistakes) }
    func value(_ name: String) -> String? { options.last { $0.name == name }?.value }
    let trace = try trace(wrt: value("wrt"))
    let order = wanted.figure.order
    var (higher, warnings) = (HigherNumbers?.none, self.warnings)
    if order > 1 {
      do throws(DifferentiationFault) {
        let numbers = try HigherNumbers(trace, order: order)
        if !numbers.kinks.isEmpty { warnings.append(.atKinks(numbers.kinks, file)) }
        higher = numbers
      } catch {
        throw ProgramError([
          Diagnostic(badOption: "--order \(order): \(error.message)", file: file, help: error.help)
        ])
      }
    }
    let detail = value("detail") == nil ? nil : wanted.figure.detail ?? trace.suggestedDetail
    return ProgramNumbers(trace: trace, higher: higher, detail: detail, warnings: warnings)
  }
}

extension Diagnostic {
  fileprivate static func atKinks(_ kinks: [String], _ file: String) -> Diagnostic {
    Diagnostic(
      .warning, code: "kink",
      "\(kinks.prefix(4).map { "'\($0)'" }.joined(separator: ", ")) "
        + (kinks.count == 1 ? "is" : "are")
        + " at a kink, where the second derivative counts as 0",
      file: file, help: nil)
  }
}
