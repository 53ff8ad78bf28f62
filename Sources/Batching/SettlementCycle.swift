import Declared
import PaymentModel
import Scenario

/// Windows of equal length, aligned to 00:00 UTC, at whose ends a strategy settles what has come
/// about.
public struct SettlementCycle: Sendable, Equatable {
  /// Length of a window; divides 24 hours.
  public let window: Duration
  private let nanoseconds: Int64

  /// The parameter `window` with this default.
  static func parameter(default window: Duration) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "window", kind: .duration(.seconds(60)...(.seconds(86_400))),
      defaultValue: .duration(window),
      description: "Length of a window; divides 24 hours; windows begin at 00:00 UTC")
  }

  /// The windows that `parameter` gives; an error if they do not divide 24 hours.
  init(
    _ parameter: ParameterDeclaration, in given: [String: ParameterValue]
  ) throws(ParameterError) {
    window = try parameter.duration(in: given)
    nanoseconds = window.wholeNanoseconds
    guard TimeSlots.divideDay(window) else {
      throw ParameterError(
        name: parameter.name, expected: "a duration that divides 24 h, not \(window)")
    }
  }

  /// The number of the window in which an obligation came about, from 0 at the start of the run.
  func number(of obligation: Obligation) -> Int64 { obligation.captured / nanoseconds }

  /// The number of the window in which a group's time slot of `slotLength` nanoseconds lies.
  /// - Precondition: the slot divides the window.
  func number(of group: ObligationGroup, slotLength: Int64) -> Int64 {
    precondition(
      nanoseconds % slotLength == 0,
      "time slots of \(slotLength) ns do not divide a window of \(window)")
    return Int64(group.slot) * slotLength / nanoseconds
  }
}

/// The parameter by which conversions of a payer offset each other.
enum ConversionNetting {
  /// `fx_netting`, off by default.
  static let parameter = ParameterDeclaration(
    name: "fx_netting", kind: .choice(["off", "on"]), defaultValue: .choice("off"),
    description: "Whether a payer's conversions of a cycle offset each other at the mid rate")

  /// Whether it is on.
  static func isOn(in given: [String: ParameterValue]) throws(ParameterError) -> Bool {
    try parameter.choice(in: given) == "on"
  }
}
