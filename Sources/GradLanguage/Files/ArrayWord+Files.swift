import GradBase
import GradCore

/// Arrays from files, which whoever records the program hands in.
extension ArrayWord {
  private static let saved = ArrayWord { (machine, call) throws(ProgramError) in
    if call.isTorch {
      throw machine.failure(
        "files of PyTorch are not read", call,
        help: "np.save(\"data.npy\", x.numpy()) writes one that np.load reads")
    }
    let name = try machine.fileName(call, "file")
    guard name.lowercased().hasSuffix(".npy") else {
      throw machine.failure(
        "'load' reads one array, from a file that ends in .npy", call,
        help: name.hasSuffix(".npz") ? "np.save writes each array to a file of its own" : nil)
    }
    return try machine.file(name, call) { bytes throws(ArrayFile.Fault) in
      try ArrayFile(bytes, named: name).array
    }
  }

  /// Tables of numbers; the two functions differ in how they call the lines that are passed by.
  private static let tableFile = ArrayWord { (machine, call) throws(ProgramError) in
    let name = try machine.fileName(call, "fname")
    for word in call.words
    where ![
      "fname", "dtype", "delimiter", "skiprows", "skip_header", "usecols", "unpack", "comments",
      "ndmin", "max_rows", "encoding",
    ].contains(word) {
      throw machine.failure("\(quoted(call.name)) is read without \(quoted(word))", call)
    }
    guard call.count == 1 else {
      throw machine.failure(
        "\(quoted(call.name)) is read with its settings by name", call, help: "delimiter=\",\"")
    }
    var format = TableFormat()
    if let text = call.named("delimiter") { format.separator = machine.text(of: text) }
    if let separator = format.separator, separator.allSatisfy(\.isWhitespace), separator != "\t" {
      format.separator = nil
    }
    if let text = call.named("comments") { format.comment = machine.text(of: text) }
    if let count = try machine.whole(call.named("skiprows", "skip_header"), call) {
      format.skippedLines = count
    }
    if let count = try machine.whole(call.named("max_rows"), call) { format.mostRows = count }
    if let columns = call.named("usecols") { format.columns = try machine.wholes(columns, call) }
    let least = try machine.whole(call.named("ndmin"), call) ?? 0
    let array = try machine.file(name, call) { [format] bytes throws(ArrayFile.Fault) in
      try ArrayFile.table(bytes, name, format)
    }
    guard var numbers = machine.numbers(of: array) else { return array }
    // A single number is one, unless axes are asked for.
    if numbers.count == 1, least == 0 { return .number(numbers.entries[0]) }
    if numbers.shape.count < least {
      let isColumn = format.columns?.count == 1 || machine.hasOneColumn(name, format)
      numbers = NumberArray(isColumn ? [numbers.count, 1] : [1, numbers.count], numbers.entries)
    }
    let result = machine.plain(numbers)
    guard let unpack = call.named("unpack"), machine.number(unpack) != 0 else { return result }
    return numbers.shape.count < 2
      ? result : try machine.apply(.transpose(nil), [result], call.token)
  }

  static let files: [String: ArrayWord] = [
    "load": saved, "loadtxt": tableFile, "genfromtxt": tableFile,
  ]
}

extension Recorder {
  /// The name of the file that a call reads.
  fileprivate func fileName(_ call: ArrayCall, _ word: String) throws(ProgramError) -> String {
    guard let text = call.argument(0, word).flatMap({ object($0) }) as? TextObject else {
      throw failure(
        .wrongType, "\(quoted(call.name)) takes the name of a file, in quotes", call.token)
    }
    guard program.fileNames.contains(text.text) else {
      throw failure(
        "the name of a file stands in the program in full, in quotes", call,
        help:
          "\(call.name)(\"data.\(call.name == "load" ? "npy" : "csv")\"), with an ending such as "
          + ".npy, .csv or .txt")
    }
    return text.text
  }

  /// Whether a table has one column rather than one line.
  fileprivate func hasOneColumn(_ name: String, _ format: TableFormat) -> Bool {
    guard let bytes = try? program.files.contents(name) else { return false }
    var two = format
    two.mostRows = 2
    guard let array = try? ArrayFile.table(bytes, name, two) else { return false }
    var one = format
    one.mostRows = 1
    return (try? ArrayFile.table(bytes, name, one))?.count == 1 && array.count >= 1
  }

  /// The array of a file.
  fileprivate mutating func file(
    _ name: String, _ call: ArrayCall,
    _ read: ([UInt8]) throws(ArrayFile.Fault) -> NumberArray
  ) throws(ProgramError) -> Operand {
    let bytes: [UInt8]
    do throws(ProgramFiles.Fault) { bytes = try program.files.contents(name) } catch {
      throw failure(.file, error.message, call.token, help: error.help)
    }
    do throws(ArrayFile.Fault) {
      let array = try read(bytes)
      return plain(array)
    } catch {
      throw failure(.file, error.message, call.token, help: error.help)
    }
  }
}
