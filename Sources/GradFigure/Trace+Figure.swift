public import GradCore

extension Trace {
  /// What the trace says itself; else operations where a single statement computes and the others are
  /// inputs, else statements.
  public var suggestedDetail: Detail {
    if let wantedDetail { return wantedDetail }
    let computing = nodes.count { $0.kind == .operation && $0.name != nil && $0.call == nil }
    return computing <= 1 && calls.isEmpty ? .operations : .statements
  }

  /// Which nodes a figure shows: no constants, and nothing computed from constants alone unless the
  /// program named it; nor what follows the statement that names the output, unless the output needs
  /// it.
  func drawn(at detail: Detail, _ folding: Folding) -> Selection {
    let isFixed = areFixed
    var selection = selection(detail, folding)
    for index in nodes.indices where isFixed[index] && index != output {
      selection.isKept[index] = false
    }
    for index in (end ?? nodes.count)..<max(end ?? 0, nodes.count) where nodes[index].isUnused {
      selection.isKept[index] = false
    }
    return selection
  }

  /// The name of every node, set as mathematics; later versions of a name have tags.
  func mathNames(of isNeeded: [Bool]) -> [MathText?] {
    // By the call that a name stands in, and the name.
    var versions: [Int: [String: Int]] = [:]
    return nodes.enumerated().map { index, node in
      guard let name = node.name else { return isNeeded[index] ? MathName.text(node.id) : nil }
      // A trace may say of a name which it is, so that one within a call differs from the one outside.
      let call = node.scope ?? -1
      let version = node.version ?? versions[call, default: [:]][name, default: 0] + 1
      versions[call, default: [:]][name] = version
      return MathName.text(name, version: version)
    }
  }
}

extension Trace.Node {
  /// The number behind the name in an id such as `net#1.x@2`; `nil` where there is none.
  fileprivate var version: Int? {
    id.utf8.lastIndex(of: UInt8(ascii: "@")).flatMap { Int(id[id.utf8.index(after: $0)...]) }
  }
}
