import GradBase
import GraphvizGrad

/// Inputs that can be read once only, such as pipes, made ready to be read by Graphviz after us.
enum Rereading {
  /// The path at which Graphviz finds the bytes of an input that was read; `nil` for standard input, which
  /// begins anew.
  static func path(of input: Input, _ bytes: [UInt8]) throws(Failure) -> String? {
    if case .file(let path) = input {
      var facts = stat()
      if stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG { return path }
      return "/dev/fd/\(try file(holding: bytes))"
    }
    let copy = try file(holding: bytes)
    guard dup2(copy, 0) == 0 else { throw .file("cannot read standard input again", errno) }
    close(copy)
    return nil
  }

  /// A file without a name, open at its beginning.
  private static func file(holding bytes: [UInt8]) throws(Failure) -> Int32 {
    // It is open as long as the process runs.
    guard let stream = tmpfile() else { throw .file("cannot make a temporary file", errno) }
    guard fwrite(bytes, 1, bytes.count, stream) == bytes.count, fflush(stream) == 0 else {
      throw .file("cannot write a temporary file", errno)
    }
    rewind(stream)
    let file = dup(fileno(stream))
    guard file >= 0 else { throw .file("cannot make a temporary file", errno) }
    return file
  }
}
