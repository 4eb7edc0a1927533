import GradBase
import GradCore

/// A way to write down which files a picture comes from, for a build system.
struct DependencyFormat: Sendable {
  /// What the command line calls it.
  let name: String
  /// Writes the pictures with the files that each comes from.
  let write: @Sendable ([Entry]) -> String

  /// Pictures, and what they come from.
  struct Entry {
    var pictures: [String]
    var sources: [String]
  }

  /// Every format, in the order `--help` lists them.
  static let all = [make, json]

  /// The format called `name`.
  static func named(_ name: String) -> DependencyFormat? { all.first { $0.name == name } }

  /// Rules without commands, as `gcc -MD -MP` writes them; Ninja reads them as well.
  ///
  /// Each source is a target of its own too, so that one which was deleted does not stop a build.
  static let make = DependencyFormat(name: "make") { entries in
    var lines: [String] = []
    var sources: [String] = []
    var seen: Set<String> = []
    for entry in entries {
      lines.append(
        "\(entry.pictures.map(escaped).joined(separator: " ")): "
          + entry.sources.map(escaped).joined(separator: " "))
      for source in entry.sources where seen.insert(source).inserted {
        sources.append(source)
      }
    }
    return (lines + sources.map { "\(escaped($0)):" }).joined(separator: "\n") + "\n"
  }

  /// One object, with the sources of each picture.
  static let json = DependencyFormat(name: "json") { entries in
    var json = JSONText()
    json.object(.lines) { json in
      json.field("schema", "graphviz-grad/dependencies/1")
      json.field("pictures") { json in
        json.object(.lines) { json in
          for entry in entries {
            for picture in entry.pictures {
              json.field(picture) { json in
                json.array { json in for source in entry.sources { json.string(source) } }
              }
            }
          }
        }
      }
    }
    return json.text + "\n"
  }

  /// A name as make reads it.
  private static func escaped(_ path: String) -> String {
    var result = ""
    for letter in path {
      switch letter {
      case " ", "#", ":": result += "\\\(letter)"
      case "$": result += "$$"
      default: result.append(letter)
      }
    }
    return result
  }
}
