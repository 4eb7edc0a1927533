import GradBase

/// A library that is opened at run time, for its functions by name.
///
/// What draws letters and pixels is no dependency of its own in this way: it is there where Graphviz is,
/// and where only SVG is written it is not even opened.
struct SharedLibrary {
  private let handle: UnsafeMutableRawPointer
  /// What to install where it lacks something.
  private let package: String

  /// Opens the first of `names` that is there, with what to install where none is.
  init(_ names: String..., package: String) throws(GraphvizError) {
    guard let handle = names.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first else {
      throw Self.missing(names[0], package)
    }
    self.handle = handle
    self.package = package
  }

  /// A function; `Function` is its type in C.
  func function<Function>(_ name: String) throws(GraphvizError) -> Function {
    guard let place = dlsym(handle, name) else { throw Self.missing(name, package) }
    return unsafeBitCast(place, to: Function.self)
  }

  private static func missing(_ name: String, _ package: String) -> GraphvizError {
    let remedy = Origin.current.remedy(for: package).text
    return GraphvizError(stage: .render, messages: ["\(name) is missing: \(remedy)"])
  }
}
