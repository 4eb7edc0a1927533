public import GradCore

import GradBase
import GradLanguage

/// A vector as text: a number for each input, or for each output, by name or in their order.
///
/// `a=1,b=0`, `W[0, 1]=0.5`, `W=[1, 0, 2]`, `W=@file.npy`; or without names `1,0,2` and `@file.npy`. What is
/// not named is 0.
public struct VectorText: Sendable {
  /// A number or a row of them, with the name that it is for.
  private struct Part: Sendable {
    /// `nil` for what stands by its order.
    var name: String?
    var numbers: [Double]
    /// The text of the part.
    var text: String
  }

  private let parts: [Part]
  /// What messages call the option.
  private let option: String

  /// Reads a vector.
  ///
  /// - Parameters:
  ///   - texts: What was given, each with commas between its parts.
  ///   - option: What messages call the option.
  ///   - files: The files that it may name.
  /// - Throws: What is wrong with the text.
  public init(
    parsing texts: [String], option: String, files: Files = .system
  ) throws(FigureOption.Mistake) {
    self.option = option
    var parts: [Part] = []
    for text in texts.flatMap(Self.parts(of:)) {
      var (name, value) = (String?.none, text)
      if let sign = text.firstIndex(of: "=") {
        name = text[..<sign].filter { $0 != " " }
        value = String(text[text.index(after: sign)...])
      }
      let numbers = try Self.numbers(value.trimmed, files)
      if let number = numbers.first(where: { !$0.isFinite }) {
        throw FigureOption.Mistake(
          message: "'\(text)' has \(shortestText(number)), which is no direction",
          help: "every number of the vector is finite")
      }
      parts.append(Part(name: name, numbers: numbers, text: text))
    }
    let named = parts.count { $0.name != nil }
    guard !parts.isEmpty, named == 0 || named == parts.count else {
      throw FigureOption.Mistake(
        message: parts.isEmpty
          ? "no number is given" : "some numbers have a name and others have none",
        help: "name all of them, a=1,b=0, or none of them, 1,0")
    }
    self.parts = parts
  }

  /// The vector for some places: a number for each.
  ///
  /// - Parameters:
  ///   - places: What the numbers are for.
  ///   - trace: The trace of the places.
  ///   - kind: What messages call them: `"input"`.
  /// - Returns: The numbers, in the order of the places.
  /// - Throws: A name that there is not, and a number too many or too few.
  public func numbers(
    for places: [Trace.Place], of trace: Trace, _ kind: String
  ) throws(FigureOption.Mistake) -> [Double] {
    let nodes = places.map(\.node)
    let known = places.map { trace.nodes[$0.node].id }.uniqued.joined(separator: ", ")
    if parts[0].name == nil {
      let numbers = parts.flatMap(\.numbers)
      if numbers.count == places.count { return numbers }
      throw FigureOption.Mistake(
        message: "\(count(numbers.count, "number")) for \(count(places.count, kind))",
        help: "one for each, in the order \(known); or by name, \(trace.nodes[nodes[0]].id)=1")
    }
    var result = [Double](repeating: 0, count: places.count)
    for part in parts {
      let place: Trace.Place?
      do throws(ShapeFault) {
        place = try trace.place(named: part.name ?? "")
      } catch {
        throw FigureOption.Mistake(message: error.message, help: error.help)
      }
      let targets = places.indices.filter { index in
        places[index].node == place?.node
          && (place?.entry == nil || places[index].entry == place?.entry)
      }
      guard !targets.isEmpty else {
        let mistake = FigureOption.Mistake(
          unknown: part.name ?? "", kind, places.map { trace.nodes[$0.node].id }.uniqued)
        throw mistake
      }
      guard part.numbers.count == targets.count else {
        throw FigureOption.Mistake(
          message:
            "'\(part.name ?? "")' takes \(count(targets.count, "number")), and "
            + "\(count(part.numbers.count, "number")) \(part.numbers.count == 1 ? "is" : "are") given",
          help: targets.count == 1
            ? "\(part.name ?? "")=1"
            : "a row of \(targets.count), a file, or single entries such as "
              + "\(part.name ?? "")\(NumberArray.firstPlace(of: trace.nodes[nodes[targets[0]]].shape))=1"
        )
      }
      for (target, number) in zip(targets, part.numbers) { result[target] = number }
    }
    return result
  }

  private func count(_ number: Int, _ word: String) -> String {
    "\(number) \(word)\(number == 1 ? "" : "s")"
  }

  // MARK: Reading

  /// The parts between commas that stand in no brackets.
  private static func parts(of text: String) -> [String] {
    var depth = 0
    return text.split { letter in
      if letter == "[" { depth += 1 }
      if letter == "]" { depth -= 1 }
      return letter == "," && depth <= 0
    }.map { String($0).trimmed }.filter { !$0.isEmpty }
  }

  private static func numbers(
    ofFile path: String, _ files: Files
  ) throws(FigureOption.Mistake) -> [Double] {
    let bytes: [UInt8]
    do throws(Unreadable) { bytes = try files.contents(path) } catch {
      throw FigureOption.Mistake(
        message: "cannot read '\(path)': \(error.reason)", help: error.help, file: error.number)
    }
    do throws(ArrayFile.Fault) { return try ArrayFile(bytes, named: path).array.entries } catch {
      throw FigureOption.Mistake(message: error.message, help: error.help)
    }
  }

  private static func numbers(
    _ text: String, _ files: Files
  ) throws(FigureOption.Mistake) -> [Double] {
    if text.hasPrefix("@") { return try numbers(ofFile: String(text.dropFirst()), files) }
    // Rows of rows are read one after the other, as arrays have their entries.
    let inner = text.filter { $0 != "[" && $0 != "]" }
    let isRow = text.hasPrefix("[") && text.hasSuffix("]")
    var numbers: [Double] = []
    for word in isRow ? inner.split(separator: ",").map(String.init) : [text] {
      do {
        let values = try InputValue.parse(Source("vector", text: "v=\(word)"))
        numbers += values.map(\.value)
      } catch {
        throw FigureOption.Mistake(
          message: "'\(word.trimmed)' is no number", help: "numbers such as a=1,b=-0.5,c=1/3")
      }
    }
    return numbers
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
