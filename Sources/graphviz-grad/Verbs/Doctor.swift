import ArgumentParser
import GraphvizGrad

/// Says what this machine has and lacks for figures.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what this machine has and lacks for figures.",
    discussion: """
      EXAMPLES:
        graphviz-grad doctor
        graphviz-grad doctor && graphviz-grad render -e 'a=5; J = 3*a' -o first.pdf

      Exits with 1 if every figure would suffer; a font for Chinese names is only wished for.
      """)

  func run() throws {
    let checkup: Checkup
    do {
      checkup = Checkup(try Installation.inspect(), Fonts.installed, .current)
    } catch {
      throw Failure(error)
    }
    try Output.standard.write(checkup.text)
    if !checkup.missing.isEmpty { throw ExitCode(Failure.Code.program.rawValue) }
  }
}
