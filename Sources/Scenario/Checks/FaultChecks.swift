import Faults
import Text

extension RelationCheck {
  /// Faults befall what there is, while there is something to befall.
  mutating func faults() {
    let (arrivals, drain) = (settings.time.duration, settings.time.drainLimit)
    for (index, fault) in settings.faults.enumerated() {
      guard let kind = FaultKind.named(fault.kind) else { continue }
      let place: [NodePath.Step] = [.key("faults"), .index(index)]
      target(of: fault, kind, at: place)
      let instant = fault.at.map { Duration.nanoseconds($0.nanoseconds(from: settings.time.date)) }
      let begin = instant ?? fault.every ?? .zero
      let key = fault.at != nil ? "at" : "every"
      if begin < .zero {
        report(
          "expected an instant in the run, found one \(DurationText.text(.zero - begin)) before "
            + "its start at 00:00 UTC of \(settings.time.date)", at: place + [.key(key)])
      } else if begin >= arrivals {
        report(
          "expected an instant before `time.duration` (\(DurationText.text(arrivals))), until "
            + "which payments arrive, found \(DurationText.text(begin))", at: place + [.key(key)])
      } else if fault.lasts > drain {
        report(
          "expected at most `time.drain_limit` (\(DurationText.text(drain))), found "
            + DurationText.text(fault.lasts), at: place + [.key("for")])
      }
      let times = DurationText.nanoseconds(of: arrivals)
      if let every = fault.every, times / DurationText.nanoseconds(of: every) > 10_000 {
        report(
          "expected at most 10,000 times within `time.duration`, found "
            + "\(times / DurationText.nanoseconds(of: every))", at: place + [.key("every")])
      }
      if let rate = fault.rate, times / DurationText.nanoseconds(of: rate.mean) > 10_000 {
        report(
          "expected at most 10,000 times within `time.duration`, found about "
            + "\(times / DurationText.nanoseconds(of: rate.mean))", at: place + [.key("rate")])
      }
    }
  }

  private mutating func target(
    of fault: FaultSetting, _ kind: FaultKind, at place: [NodePath.Step]
  ) {
    let targets =
      switch kind.station {
      case .acquirer: settings.acquirers.map(\.name) + [FaultTargets.accountScheme]
      case .tokenVault, .fraudService:
        (0..<regionNames.count * settings.cells.perRegion).map(FaultTargets.cell)
      }
    let listed =
      targets.prefix(20).joined(separator: ", ")
      + (targets.count > 20 ? " and \(targets.count - 20) more" : "")
    guard let target = fault.target else {
      if kind.station == .acquirer {
        report("expected `target`, one of \(listed)", at: place)
      }
      return
    }
    guard targets.contains(target) else {
      let hint = EditDistance.hint(target, among: targets)
      return report(
        "expected one of \(listed), found `\(printable(target))`\(hint)",
        at: place + [.key("target")])
    }
  }
}

/// What faults may befall, by name.
public enum FaultTargets {
  /// The scheme of account-to-account payments.
  public static let accountScheme = "account-transfer"

  /// The cell at a position.
  public static func cell(_ index: Int) -> String { "cell-\(index)" }
}
