import GradBase
import GradLanguage

/// A notebook that an editor has open.
///
/// Cells that begin with `%%grad` are programs, each for itself, as the magic draws them. Where there is none,
/// the cells up to the last that differentiates are one program, as they are to the command; without such a
/// cell the notebook is about something else, and nothing is said.
struct OpenNotebook: Sendable {
  var cells: [Cell] = []

  struct Cell: Sendable {
    var uri: String
    var isCode: Bool
    var version = 0
    var buffer = TextBuffer("")

    init(_ json: JSONValue) {
      uri = json["document"]?.string ?? ""
      isCode = json["kind"]?.number != 1
    }

    /// Whether it is a program by its first line.
    var isOfMagic: Bool {
      let line = buffer.bytes[buffer.lineRange(0)]
      return isCode && line.prefix { $0 != 0x20 }.elementsEqual("%%grad".utf8)
    }
  }

  /// The programs in it, by what they are known by.
  func programs(_ uri: String) -> [(uri: String, cells: [Cell])] {
    let own = cells.filter(\.isOfMagic)
    if !own.isEmpty { return own.map { ($0.uri, [$0]) } }
    let code = cells.filter(\.isCode)
    guard let last = code.lastIndex(where: { Program.mayDifferentiate($0.buffer.text) }) else {
      return []
    }
    return [(uri, Array(code[...last]))]
  }

  /// Takes the text of a cell that an editor opens.
  mutating func open(_ text: JSONValue) {
    guard let index = cells.firstIndex(where: { $0.uri == text["uri"]?.string }) else { return }
    cells[index].buffer = TextBuffer(text["text"]?.string ?? "")
    cells[index].version = Int(text["version"]?.number ?? 0)
  }

  /// Takes changes of the cells, `NotebookDocumentChangeEvent.cells`.
  mutating func take(_ change: JSONValue?, _ encoding: PositionEncoding) {
    if let array = change?["structure"]?["array"] {
      let start = min(max(0, Int(array["start"]?.number ?? 0)), cells.count)
      let count = min(max(0, Int(array["deleteCount"]?.number ?? 0)), cells.count - start)
      let old = Dictionary(cells.map { ($0.uri, $0) }) { first, _ in first }
      // A cell that is moved keeps its text.
      let new = (array["cells"]?.elements ?? []).map { json in
        var cell = Cell(json)
        if let known = old[cell.uri] { (cell.version, cell.buffer) = (known.version, known.buffer) }
        return cell
      }
      cells.replaceSubrange(start..<start + count, with: new)
      for text in change?["structure"]?["didOpen"]?.elements ?? [] { open(text) }
    }
    for json in change?["data"]?.elements ?? [] {
      let cell = Cell(json)
      guard let index = cells.firstIndex(where: { $0.uri == cell.uri }) else { continue }
      cells[index].isCode = cell.isCode
    }
    for text in change?["textContent"]?.elements ?? [] {
      guard let document = text["document"],
        let index = cells.firstIndex(where: { $0.uri == document["uri"]?.string })
      else { continue }
      cells[index].buffer.take(text["changes"], encoding)
      cells[index].version = document["version"]?.number.map { Int($0) } ?? cells[index].version + 1
    }
  }
}

extension LanguageServer {
  mutating func openNotebook(_ parameters: JSONValue?) {
    guard let json = parameters?["notebookDocument"], let uri = json["uri"]?.string else { return }
    var notebook = OpenNotebook(cells: (json["cells"]?.elements ?? []).map { .init($0) })
    for text in parameters?["cellTextDocuments"]?.elements ?? [] { notebook.open(text) }
    notebooks[uri] = OpenNotebook()
    update(uri, notebook)
  }

  mutating func changeNotebook(_ parameters: JSONValue?) {
    guard let uri = parameters?["notebookDocument"]?["uri"]?.string, var notebook = notebooks[uri]
    else { return }
    notebook.take(parameters?["change"]?["cells"], encoding)
    update(uri, notebook)
  }

  mutating func closeNotebook(_ parameters: JSONValue?) {
    guard let uri = parameters?["notebookDocument"]?["uri"]?.string, notebooks[uri] != nil else {
      return
    }
    update(uri, OpenNotebook())
    notebooks[uri] = nil
  }

  /// Takes a notebook as it is now: programs that it has no more are closed, and those whose text is another
  /// are read.
  private mutating func update(_ uri: String, _ notebook: OpenNotebook) {
    let old = notebooks[uri]?.programs(uri) ?? []
    let new = notebook.programs(uri)
    notebooks[uri] = notebook
    for program in old where !new.contains(where: { $0.uri == program.uri }) {
      forget(program.uri)
    }
    for program in new { take(program.cells, as: program.uri, ofFile: uri) }
  }

  private mutating func take(_ cells: [OpenNotebook.Cell], as uri: String, ofFile file: String) {
    var text = ""
    var parts: [DocumentPart] = []
    var line = 0
    let known = documents[uri]?.parts ?? []
    for cell in cells {
      var part = DocumentPart(uri: cell.uri, version: cell.version, firstLine: line)
      part.tokens = known.first { $0.uri == cell.uri }?.tokens
      parts.append(part)
      if line > 0 { text += "\n" }
      text += cell.buffer.text
      line += cell.buffer.lineStarts.count
    }
    let buffer = TextBuffer(text)
    if documents[uri]?.buffer == buffer, known.map(\.uri) == parts.map(\.uri) {
      documents[uri]?.parts = parts
      return
    }
    // Nothing is said of cells that belong to it no more.
    for part in known where !parts.contains(where: { $0.uri == part.uri }) { clear(part.uri) }
    put(buffer, parts, in: uri, ofFile: file)
  }
}
