/// A command line in the way of `dot`, as far as programs are concerned.
struct DotArguments: Equatable {
  /// The formats of `-T`, in order.
  var formats: [String] = []
  /// The files of `-o`, in order: the first is that of the first format.
  var outputs: [String] = []
  /// Where among the words each of ``outputs`` stands, and what stands before it in its word.
  var outputPlaces: [OutputPlace] = []
  /// Whether files are named after their input, by `-O`.
  var namesAfterInput = false
  /// The files to read; none for standard input.
  var inputs: [String] = []
  /// Where among the words each of ``inputs`` stands.
  var places: [Int] = []
  /// The attributes of graphs, of `-Gname=value`, in order.
  var attributes: [Attribute] = []
  /// The engines of `-K`, which are for plain graphs.
  var engines: [String] = []
  /// Whether warnings are left out, by `-q`.
  var isQuiet = false
  /// What is asked for in place of a picture.
  var question: Question?

  /// An attribute with its value.
  struct Attribute: Equatable {
    var name: String
    var value: String
  }

  /// Where the name of an output stands.
  struct OutputPlace: Equatable {
    var word: Int
    /// `-o`, or nothing where that is a word of its own.
    var prefix: String
  }

  /// Something that `dot` answers without a graph.
  enum Question: Equatable {
    /// `-V`.
    case version
    /// `-?`.
    case help
    /// What Graphviz alone can answer, with a list, a configuration, a test of its memory or the right
    /// complaint.
    case graphviz
  }

  /// Reads the arguments one after another, up to a question.
  init(_ words: [String]) {
    var rest = words[...]
    while question == nil, let word = rest.popFirst() {
      guard word.hasPrefix("-") else {
        inputs.append(word)
        places.append(rest.startIndex - 1)
        continue
      }
      if word == "--version" { question = .version }
      if word == "--help" { question = .help }
      let letter = word.dropFirst().first ?? " "
      switch letter {
      case _ where question != nil: break
      case "T", "K", "o", "l", "G", "N", "E":
        var value = String(word.dropFirst(2))
        var place = OutputPlace(word: rest.startIndex - 1, prefix: "-o")
        // As dot does: the next word, unless that is an option.
        if value.isEmpty, let next = rest.first, !next.isEmpty, !next.hasPrefix("-") {
          value = rest.removeFirst()
          place = OutputPlace(word: rest.startIndex - 1, prefix: "")
        }
        if letter == "o", !value.isEmpty { outputPlaces.append(place) }
        if value.isEmpty { question = .graphviz } else { take(value, of: letter) }
      case "O": namesAfterInput = true
      case "q": isQuiet = true
      case "V": question = .version
      case "?": question = .help
      case "v", "s", "n", "x", "y", "L": break
      default: question = .graphviz
      }
    }
  }

  private mutating func take(_ value: String, of letter: Character) {
    switch letter {
    case "T": formats.append(value)
    case "K": engines.append(value)
    case "o": outputs.append(value)
    case "G":
      let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      attributes.append(
        Attribute(name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "true"))
    default: break
    }
  }

  /// Where the picture in the format at `position` goes; `nil` is standard output.
  ///
  /// `png:cairo` of `x.grad` is `x.grad.cairo.png`, and standard input is `noname.gv`.
  func output(_ position: Int, of input: String?) -> String? {
    if namesAfterInput {
      let pieces = formats[position].split(separator: ":").reversed()
      return "\(input ?? "noname.gv").\(pieces.joined(separator: "."))"
    }
    return position < outputs.count ? outputs[position] : nil
  }
}
