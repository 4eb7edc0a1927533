import Foundation
import GradDrawing
import GraphvizGrad
import Testing

/// The figures of the article "From a formula to a lecture" are those that its commands make now.
@Suite struct ArticleTests {
  private static let folder = Sample.folder.deletingLastPathComponent()
    .appending(path: "Sources/GraphvizGrad/Documentation.docc")

  private func trace() throws -> Trace {
    let lecture = try #require(Sample.all.first { $0.name == "lecture" })
    return try Computation(parsing: lecture.text()).trace
  }

  private func frames(_ options: PictureOptions) throws -> Frames {
    var choice = Frames.Options()
    choice.emphasizesCurrent = true
    choice.hasSentences = true
    return try trace().frames(options, choice)
  }

  private func picture(_ name: String) -> CommittedPicture {
    CommittedPicture(file: Self.folder.appending(path: "Resources/\(name).svg"))
  }

  @Test(arguments: ["", "~dark"])
  func figuresAreUpToDate(variant: String) throws {
    var options = PictureOptions()
    if !variant.isEmpty { options.theme = .dark }
    let frames = try frames(options)
    let files = try SlideFormat.svg.bytes(of: frames)
    for number in [0, 2, 8] {
      let svg = files[number]
      try picture("lecture-\(number)\(variant)").expect(String(decoding: svg, as: UTF8.self))
    }
    let moving = try SlideFormat.svg.bytes(of: frames, isMoving: true)[0]
    try picture("lecture-frames\(variant)").expect(String(decoding: moving, as: UTF8.self))
  }

  /// The Hessian of a network's loss by its weights, of the article about matrices.
  @Test(arguments: ["", "~dark"])
  func theHessianIsUpToDate(variant: String) throws {
    var request = FigureRequest(
      Source(
        "network.grad",
        text: """
          X = np.array([[0.5, -1.2], [1.5, 0.3], [-0.7, 0.8]])
          W1 = np.array([[0.3, -0.8, 0.5], [0.2, 0.9, -0.4]])
          b1 = np.array([0.1, -0.2, 0.05])
          W2 = np.array([0.7, -0.6, 0.4])
          b2 = 0.2
          H = np.tanh(X @ W1 + b1)
          yhat = sigmoid(H @ W2 + b2)
          L = np.mean((yhat - np.array([1.0, 0, 1]))**2)
          """))
    request.options = [OptionText("wrt", "W1,b1,W2,b2")]
    if !variant.isEmpty { request.options.append(OptionText("theme", "dark")) }
    let wanted = MatrixRequest(.hessian)
    wanted.prepare(&request)
    let figure = try request.figure()
    let svg = try wanted.matrix(of: figure).picture(.svg, figure.options).text
    try picture("hessian\(variant)").expect(svg)
  }

  @Test(arguments: ["", "~dark"])
  func figuresOfDescentAreUpToDate(variant: String) throws {
    let file = Sample.folder.appending(path: "arrays/logistic-vectorised.grad")
    var request = FigureRequest(
      Source("logistic-vectorised.grad", text: try String(contentsOf: file, encoding: .utf8)))
    request.options = [OptionText("wrt", "w,b")]
    if !variant.isEmpty { request.options.append(OptionText("theme", "dark")) }
    request.defaults.figure.fit = .slide
    var wanted = DescentRequest()
    (wanted.rate, wanted.shown) = (0.009, [0, 20, 100])
    let figure = try request.figure()
    let frames = try figure.frames(of: figure.descent(wanted).descent)
    for (step, svg) in zip([0, 20, 100], try figure.files(.svg, of: frames)) {
      try picture("descent-\(step)\(variant)").expect(String(decoding: svg, as: UTF8.self))
    }
  }

  @Test func everyFigureIsThere() throws {
    let articles = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    var shown: Set<String> = []
    for article in articles where article.hasSuffix(".md") {
      let text = try String(
        contentsOf: Self.folder.appending(path: article), encoding: .utf8)
      for match in text.matches(of: /(?m)^!\[[^\]]+\]\(([^)\/]+)\)/) {
        let name = String(match.output.1)
        shown.insert(name.hasSuffix(".svg") ? name : "\(name).svg")
      }
    }
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Self.folder.appending(path: "Resources").path)
    #expect(shown == Set(files.filter { $0.hasSuffix(".svg") && !$0.contains("~") }))
  }
}
