/// Starts a program as a process of its own that blocks no signals, and reads and writes where it is told.
///
/// - Parameters:
///   - program: Its file, or its name on the `PATH`.
///   - arguments: The words after the program's name.
///   - input: The open file that it reads as standard input.
///   - output: The open file that it writes as standard output.
///   - errors: The open file that it writes as standard error; by default this process's.
///   - process: Becomes the number of the process.
/// - Returns: 0, or why there is no process, as in `errno`.
package func spawn(
  _ program: String, _ arguments: [String], input: Int32, output: Int32, errors: Int32 = 2,
  process: inout pid_t
) -> Int32 {
  #if canImport(Darwin)
  var actions: posix_spawn_file_actions_t?
  var attributes: posix_spawnattr_t?
  let surroundings = _NSGetEnviron().pointee
  #else
  var actions = posix_spawn_file_actions_t()
  var attributes = posix_spawnattr_t()
  let surroundings = environ
  #endif
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_adddup2(&actions, input, 0)
  posix_spawn_file_actions_adddup2(&actions, output, 1)
  if errors != 2 { posix_spawn_file_actions_adddup2(&actions, errors, 2) }
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
  let words = ([program] + arguments).map { strdup($0) } + [nil]
  defer { for word in words { free(word) } }
  return posix_spawnp(&process, program, &actions, &attributes, words, surroundings)
}

/// The file of the program that runs.
package let runningProgram: String = {
  #if os(Linux)
  "/proc/self/exe"
  #else
  var size = UInt32(4_096)
  var path = [CChar](repeating: 0, count: Int(size))
  return _NSGetExecutablePath(&path, &size) == 0
    ? String(decoding: path.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    : CommandLine.arguments[0]
  #endif
}()
