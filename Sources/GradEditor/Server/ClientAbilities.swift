import GradBase

/// What an editor can do, as far as it matters here.
struct ClientAbilities: Sendable {
  /// What it counts in a line.
  var encoding = PositionEncoding.utf16
  /// Whether it sets what is shown of a word.
  var readsMarkdown = false
  /// Whether it puts the cursor between brackets that are written for it.
  var takesSnippets = false
  /// Whether it asks for hints again when told to.
  var refreshesHints = false
  /// Whether the names of a text may stand in each other.
  var nestsSymbols = false
  /// Whether messages may name other places.
  var takesRelatedPlaces = false
  /// Whether edits may name the version that they are for.
  var takesVersionedEdits = false

  init() {}

  init(_ abilities: JSONValue?) {
    self.init()
    guard let abilities else { return }
    let offered = abilities["general"]?["positionEncodings"]?.elements.compactMap(\.string) ?? []
    if offered.contains(PositionEncoding.utf8.rawValue) { encoding = .utf8 }
    let text = abilities["textDocument"]
    readsMarkdown =
      text?["hover"]?["contentFormat"]?.elements.contains { $0.isString("markdown") } ?? false
    takesSnippets = text?["completion"]?["completionItem"]?["snippetSupport"]?.boolean ?? false
    nestsSymbols = text?["documentSymbol"]?["hierarchicalDocumentSymbolSupport"]?.boolean ?? false
    takesRelatedPlaces = text?["publishDiagnostics"]?["relatedInformation"]?.boolean ?? false
    let workspace = abilities["workspace"]
    refreshesHints = workspace?["inlayHint"]?["refreshSupport"]?.boolean ?? false
    takesVersionedEdits = workspace?["workspaceEdit"]?["documentChanges"]?.boolean ?? false
  }
}

extension LanguageServer {
  /// Writes what the server can do.
  func writeAbilities(_ json: inout JSONText) {
    json.object { json in
      json.field("capabilities") { json in
        json.object { json in
          json.field("positionEncoding", encoding.rawValue)
          json.field("textDocumentSync") { json in
            json.object { json in
              json.field("openClose", true)
              json.field("change", 2)
              json.field("save", true)
            }
          }
          json.field("notebookDocumentSync") { json in
            json.object { json in
              json.field("notebookSelector") { json in
                json.array { json in
                  json.object { json in
                    json.field("notebook", "jupyter-notebook")
                    json.field("cells") { json in
                      json.array { json in json.object { $0.field("language", "python") } }
                    }
                  }
                }
              }
              json.field("save", true)
            }
          }
          for ability in [
            "hoverProvider", "definitionProvider", "referencesProvider", "documentSymbolProvider",
            "documentHighlightProvider", "foldingRangeProvider", "inlayHintProvider",
          ] { json.field(ability, true) }
          json.field("completionProvider") { json in
            json.object { $0.field("triggerCharacters") { $0.strings([".", "-"]) } }
          }
          json.field("signatureHelpProvider") { json in
            json.object { $0.field("triggerCharacters") { $0.strings(["(", ","]) } }
          }
          json.field("renameProvider") { json in json.object { $0.field("prepareProvider", true) } }
          json.field("codeActionProvider") { json in
            json.object { $0.field("codeActionKinds") { $0.strings(["quickfix"]) } }
          }
          json.field("semanticTokensProvider") { writeLegend(&$0) }
        }
      }
      json.field("serverInfo") { json in
        json.object { json in
          json.field("name", "graphviz-grad")
          json.field("version", version)
        }
      }
    }
  }

  private func writeLegend(_ json: inout JSONText) {
    json.object { json in
      json.field("legend") { json in
        json.object { json in
          json.field("tokenTypes") { $0.strings(SemanticToken.Kind.allCases.map { "\($0)" }) }
          json.field("tokenModifiers") { $0.strings(["declaration", "defaultLibrary"]) }
        }
      }
      json.field("range", true)
      json.field("full") { json in json.object { $0.field("delta", true) } }
    }
  }
}

extension JSONText {
  /// An array of texts.
  mutating func strings(_ strings: [String]) {
    array { json in for string in strings { json.string(string) } }
  }
}
