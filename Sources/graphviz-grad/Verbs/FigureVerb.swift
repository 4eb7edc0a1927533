import ArgumentParser

/// A verb with all options that say how a figure looks.
///
/// The groups of options stand beside each other in each verb, and no group holds another: a debug build
/// of ArgumentParser looks through every group five times for each group around it.
protocol FigureVerb: ParsableCommand, OptionArguments {
  var writing: WritingArguments { get }
  var trace: TraceArguments { get }
  var picture: PictureArguments { get }
  var figure: FigureArguments { get }
}

extension FigureVerb {
  var given: [(name: String, value: String)] {
    writing.given + trace.given + picture.given + figure.given
  }
}
