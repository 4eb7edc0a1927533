import CGraphviz

extension Installation {
  /// The version whose headers this program was compiled with.
  public static let builtVersion = String(cString: cgv_built_version())

  /// Whether Graphviz keeps its records as it did when this program was compiled, so that the order in
  /// which `dot` places nodes can be read; libraries of one name differ in this.
  public var isOfItsBuild: Bool { Self.agree(version, Self.builtVersion) }

  /// Whether two versions keep records alike and draw alike: where the first two numbers are the same.
  ///
  /// What Debian calls 2.43 is 2.42.
  package static func agree(_ one: String, _ other: String) -> Bool {
    generation(of: one) == generation(of: other)
  }

  /// The first two numbers of a version: `14.1`; 2.42 for 2.43.
  package static func generation(of version: String) -> String {
    let numbers = version.split(separator: ".")
    guard numbers.count > 1 else { return version }
    let generation = "\(numbers[0]).\(numbers[1])"
    return generation == "2.43" ? "2.42" : generation
  }

  /// The package of Debian with Graphviz's layouts: the library's own.
  public var layoutPackage: String {
    let number = library.flatMap { $0.split(separator: ".so.").dropFirst().first }?.prefix {
      $0 != "."
    }
    return number.flatMap { Int($0) }.map { "libgvc\($0)" } ?? "graphviz"
  }
}
