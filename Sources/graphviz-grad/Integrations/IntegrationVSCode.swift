import GradEditor
import GraphvizGrad

extension Integration {
  /// An extension of VS Code, made by a script.
  static let vscode = Integration(
    name: "vscode",
    summary: "a script that makes an extension of VS Code: the server and colours",
    text: """
      #!/bin/sh
      # \(note("vscode"))
      # Makes an extension of VS Code (or VSCodium, by its folder as the first word) and installs it:
      #
      #   graphviz-grad integration vscode | sh
      #
      # npm fetches the one module that speaks with servers. Then start VS Code again and open a file *.grad.
      set -eu
      folder="${1:-$HOME/.vscode/extensions}/graphviz-grad-\(Version.project)"
      mkdir -p "$folder/syntaxes"
      cd "$folder"
      cat >package.json <<'END'
      {
        "name": "graphviz-grad",
        "displayName": "graphviz-grad",
        "description": "Values and derivatives behind every line",
        "version": "\(Version.project)",
        "publisher": "graphviz-grad",
        "engines": { "vscode": "^1.75.0" },
        "main": "./extension.js",
        "activationEvents": ["onNotebook:jupyter-notebook"],
        "dependencies": { "vscode-languageclient": "^9.0.1" },
        "contributes": {
          "languages": [
            {
              "id": "grad",
              "aliases": ["graphviz-grad", "grad"],
              "extensions": [".grad"],
              "configuration": "./language-configuration.json"
            }
          ],
          "grammars": [
            { "language": "grad", "scopeName": "source.grad", "path": "./syntaxes/grad.tmLanguage.json" }
          ],
          "configuration": {
            "title": "graphviz-grad",
            "properties": {
              "graphviz-grad.command": {
                "type": "string",
                "default": "graphviz-grad",
                "description": "The program, by its name or its path."
              }
            }
          }
        }
      }
      END
      cat >language-configuration.json <<'END'
      {
        "comments": { "lineComment": "#" },
        "brackets": [["(", ")"], ["[", "]"], ["{", "}"]],
        "autoClosingPairs": [
          { "open": "(", "close": ")" },
          { "open": "[", "close": "]" },
          { "open": "{", "close": "}" },
          { "open": "'", "close": "'", "notIn": ["string", "comment"] },
          { "open": "\\"", "close": "\\"", "notIn": ["string", "comment"] }
        ],
        "onEnterRules": [
          { "beforeText": "^\\\\s*(?:def|class|for|if|elif|else|while|with|try)\\\\b.*:\\\\s*$", "action": { "indent": "indent" } }
        ]
      }
      END
      cat >extension.js <<'END'
      const { workspace } = require('vscode')
      const { LanguageClient, TransportKind } = require('vscode-languageclient/node')

      let client

      exports.activate = () => {
        const command = workspace.getConfiguration('graphviz-grad').get('command')
        const server = { command, args: ['lsp'], transport: TransportKind.stdio }
        client = new LanguageClient('graphviz-grad', 'graphviz-grad', server, {
          documentSelector: [{ language: 'grad' }, { scheme: 'vscode-notebook-cell', language: 'python' }],
        })
        return client.start()
      }

      exports.deactivate = () => client && client.stop()
      END
      cat >syntaxes/grad.tmLanguage.json <<'END'
      \(Highlighting.language.textMateGrammar(note: note("vscode")).dropLast())
      END
      npm install --omit=dev --no-audit --no-fund
      echo "$folder is ready; start VS Code again"

      """)
}
