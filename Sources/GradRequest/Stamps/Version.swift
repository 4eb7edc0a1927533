/// The versions that a bug report wants to know.
public enum Version {
  /// Of this project.
  public static let project = "0.2.0"

  /// Of the Swift compiler that built it.
  public static var swift: String {
    #if compiler(>=6.5)
    "6.5 or later"
    #elseif compiler(>=6.4)
    "6.4"
    #elseif compiler(>=6.3)
    "6.3"
    #else
    "6.2"
    #endif
  }
}
