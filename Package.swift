// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "graphviz-grad",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "GraphvizGrad", targets: ["GraphvizGrad"]),
    .library(name: "GradCore", targets: ["GradCore"]),
    // One program under several names; what it is called by says what it does.
    .executable(name: "graphviz-grad", targets: ["graphviz-grad"]),
    .executable(name: "graphviz-grad-dot", targets: ["graphviz-grad"]),
    .executable(name: "pandoc-graphviz-grad", targets: ["graphviz-grad"]),
    // What `graphviz-grad serve` becomes.
    .executable(name: "graphviz-grad-serve", targets: ["graphviz-grad-serve"]),
    .plugin(name: "RenderFigures", targets: ["RenderFigures"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/swhitty/FlyingFox.git", from: "0.27.1"),
  ],
  targets: [
    // Graphviz itself, found by pkg-config.
    .systemLibrary(
      name: "CGraphviz", path: "Modules/CGraphviz", pkgConfig: "libgvc",
      providers: [.apt(["libgraphviz-dev", "graphviz"]), .brew(["graphviz"])]),

    // The library, lowest layer first.
    .target(name: "GradBase", swiftSettings: settings),
    .target(name: "GradCore", dependencies: ["GradBase"], swiftSettings: settings),
    .target(name: "GradLanguage", dependencies: ["GradBase", "GradCore"], swiftSettings: settings),
    .target(name: "GradFigure", dependencies: ["GradBase", "GradCore"], swiftSettings: settings),
    .target(
      name: "GradLesson", dependencies: ["GradBase", "GradCore", "GradLanguage", "GradFigure"],
      swiftSettings: settings),
    .target(
      name: "GradDrawing", dependencies: ["GradBase", "GradCore", "GradFigure"],
      swiftSettings: settings),
    .target(
      name: "GraphvizRenderer",
      dependencies: ["CGraphviz", "GradBase", "GradCore", "GradFigure", "GradDrawing"],
      swiftSettings: settings),
    .target(
      name: "GradRequest",
      dependencies: [
        "GradBase", "GradCore", "GradLanguage", "GradFigure", "GradLesson", "GradDrawing",
        "GraphvizRenderer",
      ],
      // The page that `render --format html` writes, as files of their own languages.
      resources: [
        "address", "arrays", "arraytexts", "backward", "boxes", "card", "descent", "entries",
        "fields", "figure", "inputs", "keys", "layer", "line", "matrices", "newton", "nodes",
        "numbers", "page",
        "panel", "paths",
        "recording", "search",
        "state", "steps", "tape", "texts", "view",
      ].map { .embedInCode("Page/Scripts/\($0).js") }
        + ["descent", "page"].map { .embedInCode("Page/\($0).css") },
      swiftSettings: settings),
    .target(
      name: "GraphvizGrad",
      dependencies: [
        "GradCore", "GradLanguage", "GradFigure", "GradLesson", "GradDrawing", "GraphvizRenderer",
        "GradRequest",
      ],
      swiftSettings: settings),

    // Documents that hold programs: blocks of code become figures.
    .target(
      name: "GradDocuments", dependencies: ["GradBase", "GraphvizGrad"], swiftSettings: settings),

    // What an editor asks while somebody types.
    .target(
      name: "GradEditor",
      dependencies: [
        "GradBase", "GradCore", "GradLanguage", "GradFigure", "GradLesson", "GradRequest",
      ],
      swiftSettings: settings),

    // The command-line tool.
    .executableTarget(
      name: "graphviz-grad",
      dependencies: [
        "GradBase", "GraphvizGrad", "GradDocuments", "GradEditor",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // What `integration` writes in languages of their own; the modules of the Python package, which stand
      // alone there, are links to Sources/Python.
      resources: [
        "asciidoctor.rb", "command.py", "jupyter.py", "knitr.R", "latex.sty",
        "markdown_blocks.py", "options.py", "org.el", "pages.py", "picture.py", "sphinx.py",
        "sphinx_figures.py", "sphinx_pages.py", "superfences.py",
      ].map {
        .embedInCode("Integrations/\($0)")
      }
        // The programs that `sample` prints; they are links to samples.
        + [
          "baydin", "colah", "cs231n-compound", "cs231n-neuron", "cs231n-patterns",
          "cs231n-staged", "detached", "hips-tanh", "karpathy-neuron", "karpathy-product",
          "lab-network", "lecture", "logistic", "self-product", "attention", "convolution",
          "embedding", "layer-norm", "logistic-vectorised", "norm-squared", "recurrent", "softmax",
          "two-layer-vectorised",
        ].map { .embedInCode("Samples/\($0).grad") },
      swiftSettings: settings),

    // The server: a preview of a folder, a playground, and figures for whoever asks.
    .target(
      name: "GradServer",
      dependencies: [
        "GradBase", "GraphvizGrad", .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      // The pages, as files of their own languages.
      resources: [
        "highlight.js", "options.js", "playground.js", "preview.js", "programs.js", "editor.js",
        "share.js", "site.css", "playground.css", "preview.css",
      ].map { .embedInCode("Web/\($0)") },
      swiftSettings: settings),
    .executableTarget(
      name: "graphviz-grad-serve",
      dependencies: [
        "GradBase", "GradServer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // `swift package render-figures`: the figures of DocC catalogs. It asks for the tool when it runs: if it
    // depended on the tool, every build would compile all modules twice, for the machine that builds also.
    .plugin(
      name: "RenderFigures",
      capability: .command(
        intent: .custom(
          verb: "render-figures",
          description: "Draw the programs in DocC catalogs as figures beside them."),
        permissions: [
          .writeToPackageDirectory(reason: "The figures stand beside their programs.")
        ]),
      path: "Sources/RenderFigures"),

    // Tests.
    .target(
      name: "TestSupport", dependencies: ["GradBase"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .testTarget(
      name: "GradBaseTests", dependencies: ["GradBase"], swiftSettings: settings),
    .testTarget(
      name: "GradCoreTests", dependencies: ["GradBase", "GradCore", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "GradLanguageTests",
      dependencies: ["GradBase", "GradLanguage", "GradCore", "TestSupport"],
      exclude: ["Arrays", "Corpus", "Courses", "Faults", "Notebooks"], swiftSettings: settings),
    .testTarget(
      name: "GradFigureTests", dependencies: ["GradFigure", "GradLanguage", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "GradLessonTests",
      dependencies: ["GradLesson", "GradFigure", "GradLanguage", "GradCore", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "GradDrawingTests",
      dependencies: ["GradBase", "GradDrawing", "GradLanguage", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "GraphvizRendererTests",
      dependencies: ["GraphvizRenderer", "GradLanguage", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "GraphvizGradTests", dependencies: ["GradBase", "GraphvizGrad", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "GradDocumentsTests", dependencies: ["GradBase", "GradDocuments", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "GradEditorTests",
      dependencies: [
        "GradBase", "GradCore", "GradEditor", "GradLanguage", "GradRequest", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "GradServerTests", dependencies: ["GradBase", "GradServer", "TestSupport"],
      swiftSettings: settings),
    // The command line as a user meets it: the built program, run.
    .testTarget(
      name: "CommandTests",
      dependencies: ["GradBase", "GraphvizGrad", "graphviz-grad", "TestSupport"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
