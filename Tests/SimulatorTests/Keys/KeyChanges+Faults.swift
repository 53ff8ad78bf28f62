extension KeyChange {
  /// A fault with one of its keys changed.
  private static func fault(_ changed: String, from given: String, _ rest: String) -> KeyChange {
    .cards("faults=[{\(changed), \(rest)}]", given: "faults=[{\(given), \(rest)}]")
  }

  /// A fault that begins by a clock, with one of the clock's keys changed.
  private static func clock(_ changed: String, from given: String, _ rest: String) -> KeyChange {
    fault(
      "at: {\(changed), \(rest)}", from: "at: {\(given), \(rest)}", "id: f, \(down), for: 20min")
  }

  private static let down = "kind: acquirer_down, target: northbank"

  static let faults: [String: KeyChange] = [
    "faults.[].id": fault("id: g", from: "id: f", "\(down), at: 20min, for: 20min, share: 0.5"),
    "faults.[].kind": fault(
      "kind: acquirer_declining", from: "kind: acquirer_down",
      "id: f, target: northbank, at: 20min, for: 20min"),
    "faults.[].target": fault(
      "target: southpay", from: "target: northbank",
      "id: f, kind: acquirer_down, at: 20min, for: 20min"),
    "faults.[].at.time": clock("time: \"01:40\"", from: "time: \"01:20\"", "zone: CET"),
    "faults.[].at.zone": clock(
      "zone: Asia/Karachi", from: "zone: Asia/Kolkata", "time: \"05:40\""),
    "faults.[].at.day": .with(
      clock("day: 2", from: "day: 1", "time: \"01:20\""), ["time.duration=30h"]),
    "faults.[].every": fault("every: 25min", from: "every: 20min", "id: f, \(down), for: 9min"),
    "faults.[].rate": fault("rate: 6/h", from: "rate: 2/h", "id: f, \(down), for: 5min"),
    "faults.[].for": fault("for: 30min", from: "for: 10min", "id: f, \(down), at: 20min"),
    "faults.[].share": fault(
      "share: 0.5", from: "share: 0.9", "id: f, \(down), at: 20min, for: 20min"),
    "faults.[].factor": fault(
      "factor: 3", from: "factor: 2",
      "id: f, kind: acquirer_slow, target: northbank, at: 20min, for: 20min"),
  ]
}
