import GradBase
import GradLanguage

/// Writes answers as the protocol has them.
struct ProtocolWriter {
  let document: OpenDocument
  let encoding: PositionEncoding
  let client: ClientAbilities

  func write(_ offset: Int, _ json: inout JSONText) {
    write(offset, in: document.part(at: offset), &json)
  }

  private func write(_ offset: Int, in part: DocumentPart, _ json: inout JSONText) {
    let position = document.buffer.position(of: offset, encoding)
    json.object { json in
      json.field("line", position.line - part.firstLine)
      json.field("character", position.character)
    }
  }

  func write(_ range: Range<Int>, _ json: inout JSONText) {
    let part = document.part(at: range.lowerBound)
    // What goes on in the next cell is told as far as this one goes.
    let end = min(range.upperBound, document.range(of: part).upperBound)
    json.object { json in
      json.field("start") { write(range.lowerBound, in: part, &$0) }
      json.field("end") { write(max(range.lowerBound, end), in: part, &$0) }
    }
  }

  // MARK: Texts

  /// Lines of formulas, and a sentence below them.
  private func writeText(_ lines: [String], _ note: String?, _ json: inout JSONText) {
    json.object { json in
      json.field("kind", client.readsMarkdown ? "markdown" : "plaintext")
      var text = lines.joined(separator: "\n")
      if client.readsMarkdown, !lines.isEmpty { text = "```grad\n\(text)\n```" }
      if let note {
        // Signs of Markdown in names are no signs.
        let plain = client.readsMarkdown ? note.replacingAll("_", by: "\\_") : note
        text += (lines.isEmpty ? "" : "\n\n") + plain
      }
      json.field("value", text)
    }
  }

  func write(_ hover: Hover?, _ json: inout JSONText) {
    guard let hover else { return json.null() }
    json.object { json in
      json.field("contents") { writeText(hover.lines, hover.note, &$0) }
      json.field("range") { write(hover.range, &$0) }
    }
  }

  func write(_ hints: [InlayHint], _ json: inout JSONText) {
    json.array { json in
      for hint in hints {
        json.object { json in
          json.field("position") { write(hint.offset, &$0) }
          json.field("label", hint.text)
          json.field("paddingLeft", true)
          json.field("tooltip") { writeText(hint.lines, nil, &$0) }
        }
      }
    }
  }

  func write(_ completion: Completion, _ json: inout JSONText) {
    json.object { json in
      json.field("isIncomplete", completion.isIncomplete)
      json.field("items") { json in
        json.array { json in
          for item in completion.items {
            json.object { json in
              json.field("label", item.label)
              json.field("kind", item.kind.rawValue)
              if let detail = item.detail { json.field("detail", detail) }
              if !item.lines.isEmpty {
                json.field("documentation") { writeText(item.lines, item.note, &$0) }
              }
              json.field("sortText", "\(item.rank)\(item.label)")
              let isSnippet = item.isCalled && client.takesSnippets
              if isSnippet { json.field("insertTextFormat", 2) }
              json.field("textEdit") { json in
                json.object { json in
                  json.field("range") { write(completion.range, &$0) }
                  json.field("newText", isSnippet ? "\(item.label)($0)" : item.label)
                }
              }
            }
          }
        }
      }
    }
  }

  func write(_ help: SignatureHelp?, _ json: inout JSONText) {
    guard let help else { return json.null() }
    json.object { json in
      json.field("signatures") { json in
        json.array { json in
          json.object { json in
            json.field("label", help.label)
            if !help.lines.isEmpty {
              json.field("documentation") { writeText(help.lines, nil, &$0) }
            }
            json.field("parameters") { json in
              json.array { json in
                for parameter in help.parameters { json.object { $0.field("label", parameter) } }
              }
            }
          }
        }
      }
      json.field("activeSignature", 0)
      json.field("activeParameter", help.active)
    }
  }

  // MARK: Places

  func writeLocation(_ range: Range<Int>, _ json: inout JSONText) {
    json.object { json in
      json.field("uri", document.part(at: range.lowerBound).uri)
      json.field("range") { write(range, &$0) }
    }
  }

  func writeLocations(_ ranges: [Range<Int>], _ json: inout JSONText) {
    json.array { json in for range in ranges { writeLocation(range, &json) } }
  }

  func writeHighlights(_ occurrences: [NameScopes.Occurrence], _ json: inout JSONText) {
    json.array { json in
      for occurrence in occurrences {
        json.object { json in
          json.field("range") { write(occurrence.range, &$0) }
          json.field("kind", occurrence.isDefinition ? 3 : 2)
        }
      }
    }
  }

  func write(_ symbols: [DocumentSymbol], _ json: inout JSONText) {
    json.array { json in
      for symbol in client.nestsSymbols ? symbols : symbols.flatMap(\.flat) {
        write(symbol, &json)
      }
    }
  }

  private func write(_ symbol: DocumentSymbol, _ json: inout JSONText) {
    json.object { json in
      json.field("name", symbol.name)
      json.field("kind", symbol.kind)
      guard client.nestsSymbols else {
        return json.field("location") { writeLocation(symbol.range, &$0) }
      }
      if let detail = symbol.detail { json.field("detail", detail) }
      json.field("range") { write(symbol.range, &$0) }
      json.field("selectionRange") { write(symbol.selection, &$0) }
      if !symbol.children.isEmpty {
        json.field("children") { json in
          json.array { json in for child in symbol.children { write(child, &json) } }
        }
      }
    }
  }

  func write(_ folds: [FoldedLines], in part: DocumentPart, _ json: inout JSONText) {
    let lines = document.lines(of: part)
    json.array { json in
      for fold in folds where lines.contains(fold.first) && lines.contains(fold.last) {
        json.object { json in
          json.field("startLine", fold.first - lines.lowerBound)
          json.field("endLine", fold.last - lines.lowerBound)
          if fold.isComment { json.field("kind", "comment") }
        }
      }
    }
  }

  // MARK: Edits

  func writeWorkspaceEdit(_ edits: [TextEdit], _ json: inout JSONText) {
    let parts = document.parts.map { part in
      (part: part, edits: edits.filter { document.part(at: $0.range.lowerBound).uri == part.uri })
    }.filter { !$0.edits.isEmpty }
    json.object { json in
      guard client.takesVersionedEdits else {
        return json.field("changes") { json in
          json.object { json in
            for (part, edits) in parts { json.field(part.uri) { write(edits, &$0) } }
          }
        }
      }
      json.field("documentChanges") { json in
        json.array { json in
          for (part, edits) in parts {
            json.object { json in
              json.field("textDocument") { json in
                json.object { json in
                  json.field("uri", part.uri)
                  json.field("version", part.version)
                }
              }
              json.field("edits") { write(edits, &$0) }
            }
          }
        }
      }
    }
  }

  private func write(_ edits: [TextEdit], _ json: inout JSONText) {
    json.array { json in
      for edit in edits {
        json.object { json in
          json.field("range") { write(edit.range, &$0) }
          json.field("newText", edit.text)
        }
      }
    }
  }

  func write(_ actions: [CodeAction], _ json: inout JSONText) {
    json.array { json in
      for action in actions {
        json.object { json in
          json.field("title", action.title)
          json.field("kind", "quickfix")
          json.field("diagnostics") { json in
            json.array { write(document.diagnostics[action.diagnostic], &$0) }
          }
          json.field("edit") { writeWorkspaceEdit(action.edits, &$0) }
        }
      }
    }
  }
}

extension DocumentSymbol {
  /// The symbol and those in it, one by one.
  var flat: [DocumentSymbol] { [self] + children.flatMap(\.flat) }
}

extension String {
  /// The text with another in the place of a part, wherever it occurs.
  fileprivate func replacingAll(_ part: Character, by other: String) -> String {
    map { $0 == part ? other : String($0) }.joined()
  }
}
