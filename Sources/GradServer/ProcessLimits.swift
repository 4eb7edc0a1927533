import GradBase

/// What the system lets this process have.
package enum ProcessLimits {
  #if os(Linux)
  private static let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  private static let cores = __rlimit_resource_t(RLIMIT_CORE.rawValue)
  private static let sizes = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
  #else
  private static let (files, cores, sizes) = (RLIMIT_NOFILE, RLIMIT_CORE, RLIMIT_FSIZE)
  #endif

  /// As many open files as the system allows: each client is one.
  package static func allowFiles() {
    var limit = rlimit()
    guard getrlimit(files, &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    setrlimit(files, &limit)
  }

  /// No more files are written, not even what is left of a crash.
  static func forbidWriting() {
    var nothing = rlimit(rlim_cur: 0, rlim_max: 0)
    signal(SIGXFSZ, SIG_IGN)
    setrlimit(cores, &nothing)
    setrlimit(sizes, &nothing)
  }
}
