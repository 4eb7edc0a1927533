extension stat {
  /// When the file was changed last.
  package var changed: timespec {
    #if canImport(Darwin)
    st_mtimespec
    #else
    st_mtim
    #endif
  }
}
