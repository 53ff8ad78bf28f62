import Money

/// Relations between the values of one rail.
struct RailCheck {
  let rail: RailSettings
  let node: ScenarioNode

  func run(_ decoding: inout Decoding) {
    windows(&decoding)
    hours(&decoding)
    amounts(&decoding)
    tiers(&decoding)
  }

  /// Notes a problem at a key of the rail, or at the rail if the key is not given.
  private func report(_ steps: [NodePath.Step], _ message: String, _ decoding: inout Decoding) {
    let path = steps.reduce(node.path) { $0.appending($1) }
    decoding.report(at: node.deepest(steps).node.position, path: path, message)
  }

  /// A batch rail has windows, each settling after its cut-off; the other kinds have none.
  private func windows(_ decoding: inout Decoding) {
    guard rail.kind == .batch else {
      if !rail.windows.isEmpty {
        report(
          [.key("windows")], "expected none on a rail of kind `\(rail.kind.rawValue)`", &decoding)
      }
      return
    }
    if rail.windows.isEmpty {
      report([.key("windows")], "expected at least one window of a batch rail", &decoding)
    }
    if rail.valueDays != 0 {
      report(
        [.key("value_days")], "expected `business_days` of each window on a batch rail", &decoding)
    }
    for (index, window) in rail.windows.enumerated() {
      let place: [NodePath.Step] = [.key("windows"), .index(index)]
      if window.businessDays == 0, window.settles < window.cutOff {
        report(
          place + [.key("settles")],
          "expected a time after the cut-off (\(window.cutOff)) or `business_days` of at least 1, "
            + "found \(window.settles)", &decoding)
      }
      if index > 0, window.cutOff <= rail.windows[index - 1].cutOff {
        report(
          place + [.key("cut_off")],
          "expected a cut-off after that of the window before (\(rail.windows[index - 1].cutOff)), "
            + "found \(window.cutOff)", &decoding)
      }
    }
  }

  /// Instant rails never close; customers' cut-off lies within the opening hours.
  private func hours(_ decoding: inout Decoding) {
    if rail.kind == .instant {
      if rail.open != rail.close || !rail.weekends || rail.calendar != .none
        || !rail.holidays.isEmpty
      {
        report(
          [],
          "expected an instant rail to be open around the clock: `open` equal to `close`, "
            + "`weekends: true` and no closed days", &decoding)
      }
      if rail.valueDays != 0 {
        report([.key("value_days")], "expected 0 on an instant rail", &decoding)
      }
    }
    guard let cutOff = rail.customerCutOff else { return }
    if rail.kind == .batch || rail.kind == .instant || rail.open == rail.close {
      let reason = rail.kind == .batch ? "has the cut-offs of its windows" : "never closes"
      report(
        [.key("customer_cut_off")], "expected none on a rail that \(reason)", &decoding)
    } else if cutOff > rail.close || (rail.open < rail.close && cutOff <= rail.open) {
      report(
        [.key("customer_cut_off")],
        "expected a time within the opening hours, \(rail.open) to \(rail.close), found \(cutOff)",
        &decoding)
    }
  }

  private func amounts(_ decoding: inout Decoding) {
    guard let largest = rail.maximumAmount, largest.currency != rail.currency else { return }
    report(
      [.key("maximum_amount")],
      "expected an amount in \(rail.currency.code), found \(largest.currency.code)", &decoding)
  }

  /// Tiers begin at 1 and ascend, in one currency.
  private func tiers(_ decoding: inout Decoding) {
    for (index, tier) in rail.feeTiers.enumerated() {
      let place: [NodePath.Step] = [.key("fee_tiers"), .index(index)]
      if index == 0 {
        if tier.from != 1 {
          report(
            place + [.key("from")], "expected the first tier from 1, found \(tier.from)",
            &decoding)
        }
        continue
      }
      let before = rail.feeTiers[index - 1]
      if tier.from <= before.from {
        report(
          place + [.key("from")],
          "expected ascending tiers, found \(tier.from) after \(before.from)", &decoding)
      }
      if tier.fee.currency != before.fee.currency {
        report(
          place + [.key("fee")],
          "expected fees in one currency (\(before.fee.currency.code)), "
            + "found \(tier.fee.currency.code)", &decoding)
      }
    }
  }
}
