import Text

extension RelationCheck {
  private static let horizonKey: [NodePath.Step] = [.key("time"), .key("settlement_horizon")]

  /// Settlement ends after the last arrival, before the run counts as stuck, and after every
  /// failure of a bank.
  mutating func horizon() {
    guard let horizon = settings.time.settlementHorizon else { return }
    let found = "found \(DurationText.text(horizon))"
    let (arrivals, drain) = (settings.time.duration, settings.time.drainLimit)
    if horizon < arrivals {
      report(
        "expected at least `time.duration` (\(DurationText.text(arrivals))), as payments arrive "
          + "until then, \(found); it counts from the start of the run", at: Self.horizonKey)
    } else if horizon - arrivals > drain {
      report(
        "expected at most `time.duration` and `time.drain_limit` together "
          + "(\(DurationText.text(arrivals)) and \(DurationText.text(drain))), \(found); "
          + "raise `time.drain_limit` or bring the horizon forward", at: Self.horizonKey)
    }
    for (index, failure) in settings.banks.failures.enumerated() where failure.at > horizon {
      report(
        "expected an instant before `time.settlement_horizon` (\(DurationText.text(horizon))), "
          + "after which nothing is settled, found \(DurationText.text(failure.at))",
        at: [.key("banks"), .key("failures"), .index(index), .key("at")])
    }
  }

  /// What may stay unsettled has a price, or to settle nothing would be the cheapest way of all.
  mutating func unsettledPrice() {
    let costs = settings.costs
    guard costs.unsettledRate == 0, costs.unsettledPenalty.minorUnits == 0 else { return }
    let cause: String
    if settings.time.settlementHorizon != nil {
      cause = "`time.settlement_horizon`"
    } else if settings.interbank.mode.parameters?["at_close"]?.text == "return" {
      cause = "`interbank.mode` with `at_close: return`"
    } else {
      return
    }
    report(
      "expected `unsettled_rate` or `unsettled_penalty` above zero with \(cause): if what is "
        + "never settled costs nothing, to settle nothing is cheapest",
      at: [.key("costs"), .key("unsettled_penalty")], [.key("costs"), .key("unsettled_rate")])
  }
}
