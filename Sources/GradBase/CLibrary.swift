// The C library of the system, under whatever name it comes: who imports this module sees it too.
//
// No other file names it, so that a system more costs one line here. On macOS the package was made right by
// reading and is untried.
#if canImport(Glibc)
@_exported public import Glibc
#elseif canImport(Musl)
@_exported public import Musl
#else
@_exported public import Darwin
#endif
