import ArgumentParser

/// A verb of the command line.
///
/// To add one, add a file to `Verbs/` and name it in ``all``.
struct Verb: Sendable {
  /// What the command line calls it.
  let name: String
  /// What does its work.
  let type: any ParsableCommand.Type
  /// Whether its options are read by ``PlainCommandLine`` where they can be: for verbs that are called
  /// often.
  var isPlain = false

  private init(_ name: String, _ type: any ParsableCommand.Type, isPlain: Bool = false) {
    (self.name, self.type, self.isPlain) = (name, type, isPlain)
  }

  /// Every verb, in the order `--help` lists them.
  static let all = [
    Verb("render", Render.self, isPlain: true), Verb("watch", Watch.self, isPlain: true),
    Verb("eval", Eval.self, isPlain: true), Verb("gradcheck", Gradcheck.self, isPlain: true),
    Verb("frames", DrawFrames.self, isPlain: true), Verb("nudge", NudgeVerb.self),
    Verb("explain", Explain.self, isPlain: true), Verb("table", TableVerb.self, isPlain: true),
    Verb("jacobian", JacobianVerb.self), Verb("hessian", HessianVerb.self),
    Verb("exercise", Exercise.self, isPlain: true), Verb("grade", Grade.self, isPlain: true),
    Verb("gallery", Gallery.self), Verb("markdown", Markdown.self), Verb("filter", Filter.self),
    Verb("lsp", LanguageServerVerb.self), Verb("serve", Serve.self),
    Verb("integration", IntegrationVerb.self),
    Verb("sample", SampleVerb.self),
    Verb("doctor", Doctor.self),
    Verb("worker", Worker.self, isPlain: true),
  ]

  /// The names of those that users call.
  static let shown = all.filter { $0.type.configuration.shouldDisplay }.map(\.name)
}
