import GradDrawing
import GradCore
import GradFigure
import GradLanguage

extension Page {
  /// The JavaScript of the page: how numbers are written, how the operations of the trace are computed,
  /// by the operator table, and what the reader can do.
  var scripts: String {
    let arithmetic =
      [PackageResources.numbers_js, PackageResources.tape_js]
      + (trace.hasArrays
        ? [
          PackageResources.arrays_js, PackageResources.matrices_js, PackageResources.arraytexts_js,
        ] : [])
    let use = [
      PackageResources.texts_js, PackageResources.line_js, PackageResources.paths_js,
      PackageResources.layer_js, PackageResources.figure_js, PackageResources.recording_js,
      PackageResources.state_js,
      PackageResources.boxes_js,
      PackageResources.steps_js, PackageResources.inputs_js,
    ]
    let rest = [
      PackageResources.fields_js, PackageResources.nodes_js, PackageResources.card_js,
      PackageResources.panel_js, PackageResources.view_js,
    ]
    let descends =
      (descent?.options.optimizer.solves == true ? [PackageResources.newton_js] : [])
      + (descent == nil ? [] : [PackageResources.descent_js])
    let end = [
      PackageResources.search_js, PackageResources.address_js, PackageResources.keys_js,
      PackageResources.page_js,
    ]
    let back = computed.backward == nil ? [] : [PackageResources.backward_js]
    let entries = trace.hasArrays ? [PackageResources.entries_js] : []
    return
      ((arithmetic + back).map(Self.file) + operators
      + (use + entries + rest + descends + end).map(Self.file))
      .joined(separator: "\n")
  }

  /// The operators of the trace and of its conditions, and the conditions as functions of all values.
  private var operators: [String] {
    let scripts = trace.decisions.map(script)
    var opcodes = Set(computed.nodes.map(\.opcode))
    for type in opcodes.compactMap(\.type) where type.row.condition != nil {
      for other in OperatorRow.all where other.row.operation == type.row.operation {
        opcodes.insert(other.opcode)
      }
    }
    for script in scripts { opcodes.formUnion(script?.calls ?? []) }
    let conditions = scripts.map { script in
      script.map { "(v) => Boolean(\($0.text))" } ?? "null"
    }
    return [
      JavaScript.definitions(of: opcodes),
      "const conditions = [\n\(conditions.map { "  \($0),\n" }.joined())];\n",
    ]
  }

  /// A condition as a function of all values; `nil` where it has to do with arrays.
  func script(of decision: Decision) -> JavaScript? {
    if decision.operands.values.contains(where: { trace.nodes[$0].array != nil }) { return nil }
    return JavaScript(decision.condition) { name in decision.operands[name].map { "v[\($0)]" } }
  }

  /// The colours of the figure's theme, for the page around it.
  var colors: String {
    let theme = drawing.theme
    func variables(_ theme: Theme) -> String {
      Paint.allCases.map { "--\($0.rawValue): \(theme[$0]);" }.joined(separator: " ")
    }
    var text = ":root { \(variables(theme)) }\n"
    guard let dark = theme.darkTheme else { return text }
    text += "@media screen and (prefers-color-scheme: dark) { :root { \(variables(dark)) } }\n"
    // Paper is light, whatever the screen is.
    let rules = Paint.allCases.flatMap { paint in
      ["fill", "stroke"].map { property in
        "svg#\(prefix)_svg .\(property)_\(paint.rawValue) { \(property): \(theme[paint]); }"
      }
    }
    return text + "@media print {\n\(rules.joined(separator: "\n"))\n}\n"
  }
}
