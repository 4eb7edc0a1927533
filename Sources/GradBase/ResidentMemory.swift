/// How much memory this process holds.
package enum ResidentMemory {
  /// In bytes; 0 where the system does not tell.
  ///
  /// Allocates nothing, for it is asked when memory may be short.
  package static var bytes: Int {
    #if os(Linux)
    let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128) { buffer in
      let count = read(file, buffer.baseAddress, buffer.count)
      // The second number is that of the pages in memory.
      var (field, pages) = (0, 0)
      for byte in buffer.prefix(max(0, count)) {
        if byte == UInt8(ascii: " ") {
          field += 1
        } else if field == 1, (0x30...0x39).contains(byte) {
          pages = pages * 10 + Int(byte - 0x30)
        }
      }
      return pages * sysconf(Int32(_SC_PAGESIZE))
    }
    #else
    0
    #endif
  }
}
