import GradBase
import GradCore

/// What can be said of a program with blocks, lists or classes before it runs: which names nothing
/// assigns, and which functions nothing defines.
extension Checker {
  mutating func runDynamic() {
    let tree = program.tree
    var assigned = tree.poisoned.union(tree.unread).union(tree.engines)
    assigned.formUnion(tree.captured)
    assigned.formUnion(tree.targets.map(\.name))
    for function in tree.functions {
      assigned.insert(function.name)
      assigned.formUnion(function.parameters.map(\.name))
      assigned.insert(function.rest)
      assigned.insert(function.options)
    }
    assigned.formUnion(tree.classes.map(\.name) + tree.classes.flatMap(\.fields))
    // What loops and comprehensions give their items to, and targets in brackets.
    for clause in tree.comprehensions.flatMap(\.clauses) { insert(clause.target, into: &assigned) }
    for target in tree.targets where target.node >= 0 { insert(target.node, into: &assigned) }
    assigned.formUnion(given)
    for name in assigned where name >= 0 {
      everywhere[name] = everywhere[name] ?? .value
      order.append(name)
    }
    order.sort()
    globals = everywhere
    readGiven = given
    checkReads(assigned)
    checkDynamicSettings()
    checkSettingsAreRead()
  }

  private func insert(_ index: Int32, into names: inout Set<Int32>) {
    var pending = [index]
    while let next = pending.popLast() {
      let node = program.tree.nodes[Int(next)]
      if node.kind == .name { names.insert(node.first) }
      if node.kind == .tuple || node.kind == .starred { pending += program.tree.children(of: next) }
    }
  }

  private mutating func checkReads(_ assigned: Set<Int32>) {
    let tree = program.tree
    var callees: Set<Int32> = []
    var owners: Set<Int32> = []
    for node in tree.nodes {
      if node.kind == .call { callees.insert(node.first) }
      if node.kind == .attribute { owners.insert(node.first) }
    }
    // What is no base is said when the class is made.
    let bases = Set(tree.classes.flatMap(\.bases).map(\.root))
    let vocabulary = program.vocabulary
    for (index, node) in tree.nodes.enumerated() where node.kind == .name {
      let name = node.first
      if assigned.contains(name) || vocabulary.constant(of: name) != nil { continue }
      if bases.contains(Int32(index)) || vocabulary.row(of: name) != nil { continue }
      if let word = vocabulary.word(of: name) {
        if word == .module, !owners.contains(Int32(index)) { checkName(node) }
        continue
      }
      let meant = program.names[tree.importedNames[name] ?? name]
      if Word.named(meant) != nil || ArrayWord.named(meant) != nil || Self.types.contains(meant) {
        continue
      }
      if LeftOut.objects.contains(meant) || LeftOut.functions.contains(meant) { continue }
      if callees.contains(Int32(index)) {
        let mistake = program.unknown(name, node.token, isMethod: false, hints: report.hasRoom)
        if undefined.insert(name).inserted {
          report.error(
            mistake.code, mistake.message, at: program.range(of: mistake.token),
            label: mistake.label, help: mistake.help)
        }
      } else {
        checkName(node)
      }
    }
  }

  /// Types of Python that programs ask for.
  private static let types: Set<String> = ["int", "float", "object", "bytes", "set", "__name__"]

  /// Checks that settings change inputs, at the first statement of the program that assigns their names.
  private mutating func checkDynamicSettings() {
    var seen: Set<Int32> = []
    for statement in program.tree.statements {
      for (position, target) in program.tree.targets(of: statement).enumerated()
      where target.name >= 0 && seen.insert(target.name).inserted && statement.kind == .assign {
        checkSetting(target, statement, position)
      }
    }
  }
}
