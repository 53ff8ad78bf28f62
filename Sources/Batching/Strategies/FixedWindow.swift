import PaymentModel
import Scenario

/// Whatever a bank owes another in a pair of currencies is settled at the end of each window,
/// whoever the merchants are.
public struct FixedWindow: ConsolidatingStrategy {
  /// `fixed_window`.
  public static let name = "fixed_window"
  /// One line for people.
  public static let summary =
    "A settlement per pair of banks and currencies at the end of each window"
  /// `window`.
  public static let parameters = [windowParameter]

  private static let windowParameter = ParameterDeclaration(
    name: "window", kind: .duration(.seconds(60)...(.seconds(86_400))),
    defaultValue: .duration(.seconds(3_600)),
    description: "Length of a window; divides 24 hours; windows begin at 00:00 UTC")

  /// Length of a window.
  public let window: Duration
  private let windowNanoseconds: Int64

  /// The strategy with the given `window`; an error if it does not divide 24 hours.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    window = try Self.windowParameter.duration(in: parameters)
    windowNanoseconds = window.wholeNanoseconds
    guard TimeSlots.divideDay(window) else {
      throw ParameterError(
        name: Self.windowParameter.name, expected: "a duration that divides 24 h, not \(window)")
    }
  }

  /// At the end of each window.
  public var release: Release { .every(window) }

  /// The window of the capture, and the route.
  public func key(of obligation: Obligation) -> ConsolidationKey {
    ConsolidationKey(
      period: obligation.captured / windowNanoseconds, merchant: nil, route: obligation.route)
  }

  /// The window that the group's slot lies in, and the route.
  public func key(of group: ObligationGroup, slotLength: Int64) -> ConsolidationKey {
    precondition(
      windowNanoseconds % slotLength == 0,
      "time slots of \(slotLength) ns do not divide a window of \(window)")
    return ConsolidationKey(
      period: Int64(group.slot) * slotLength / windowNanoseconds, merchant: nil, route: group.route)
  }
}
