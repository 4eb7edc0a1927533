// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses the library fetches or builds it.
let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "graphviz-grad", path: "../..")],
  targets: [
    // The tape as one would write it in C: what the Swift tape is held against.
    .target(name: "CTape", cSettings: [.unsafeFlags(["-O3"])]),
    .executableTarget(
      name: "benchmarks",
      dependencies: ["CTape", .product(name: "GradCore", package: "graphviz-grad")]),
  ],
  swiftLanguageModes: [.v6]
)
