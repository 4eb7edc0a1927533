import GradLanguage
import GraphvizGrad

/// One figure, and the files that it is to be written to.
struct FigureTask {
  /// Where the program comes from.
  var input: Input
  /// What is drawn of it; at least one.
  var pictures: [PictureFile]
  /// Where the figure's words go; `nil` for nowhere.
  var words: Output?

  /// One file with the picture.
  struct PictureFile {
    var format: OutputFormat
    /// Whether it is drawn in dark colours, whatever the theme.
    var isDark: Bool
    var place: Output
    /// Whether the command line says this very name.
    var isNamed = true
  }

  /// Where everything goes, pictures first.
  var places: [Outputs.Place] {
    pictures.map { Outputs.Place(output: $0.place, isNamed: $0.isNamed, owner: input.name) }
      + (words.map { [Outputs.Place(output: $0)] } ?? [])
  }

  /// What a task left to do or to tell.
  struct Drawn {
    /// The bytes for each of ``places``.
    var contents: [[UInt8]] = []
    var warnings: [Diagnostic] = []
  }

  /// Everything that is asked for, checked but not drawn.
  ///
  /// - Throws: All that is wrong with the program and the options.
  func figure(_ request: FigureRequest) throws(FigureError) -> RequestedFigure {
    try request.figure(in: pictures.map(\.format))
  }

  /// Draws everything, and writes nothing.
  ///
  /// - Throws: ``Failure`` for what is wrong with the program, and what cannot be drawn.
  func draw(_ request: FigureRequest) throws(Failure) -> Drawn {
    var drawn = Drawn()
    do throws(FigureError) {
      let figure = try figure(request)
      drawn.warnings = figure.warnings
      for file in pictures {
        let picture = try (file.isDark ? figure.inTheme(.dark) : figure).picture(file.format)
        drawn.contents.append(picture.bytes)
        drawn.warnings.add(picture.warnings)
      }
      if words != nil {
        drawn.contents.append(Array("\(figure.reading.alternative)\n".utf8))
      }
    } catch {
      throw Failure(error)
    }
    return drawn
  }

  /// What each picture that is no longer, or not yet, true lacks; empty if all is up to date.
  ///
  /// What goes to standard output is always to be drawn.
  func findings(_ request: FigureRequest) throws(Failure) -> [(
    file: String, finding: Stamp.Finding
  )] {
    var findings: [(String, Stamp.Finding)] = []
    do throws(GraphvizError) {
      for picture in pictures {
        guard case .file(let path) = picture.place else {
          findings.append(("standard output", .missing))
          continue
        }
        let own = picture.isDark ? request.inTheme(.dark) : request
        let finding = try Stamp(own, picture.format).finding(at: path)
        if finding != .upToDate { findings.append((path, finding)) }
      }
    } catch {
      throw Failure(error)
    }
    // Words carry no stamp: they go with the pictures.
    if case .file(let path)? = words {
      let place = FilePlace(path)
      if place.file == nil || !place.isPlain { findings.append((path, .missing)) }
    } else if words == .standard {
      findings.append(("standard output", .missing))
    }
    return findings
  }
}
