/// The ends of the scale of a heat map, whose middle is white.
///
/// The end of positive numbers is much darker than that of negative ones, so that the two differ for
/// readers who see no colours too.
public struct HeatColors: Sendable, Equatable {
  /// The largest negative number, as `#rrggbb`.
  public var negative: String
  /// The largest positive number.
  public var positive: String
  /// Whether a stroke in each negative cell tells it from a positive one.
  public var marksNegative = false

  /// Zero.
  public static let zero = "#ffffff"

  /// Orange below zero and blue above.
  public static let blueAndOrange = HeatColors(negative: "#d9730d", positive: "#1b4cb8")

  /// Greys, in which a minus sign tells what is negative.
  public static let greys = HeatColors(
    negative: "#7a7a7a", positive: "#262626", marksNegative: true)
}
