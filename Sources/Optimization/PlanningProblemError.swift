/// Why a problem cannot be planned. Nothing is planned; correct the problem and try again.
public struct PlanningProblemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Path of the value that is wrong, such as `payments[3].destination`.
  public var path: String
  /// What was expected there.
  public var expected: String
  /// What was found.
  public var found: String

  /// One line that says where, what was expected and what was found.
  public var description: String { "\(path): expected \(expected), found \(found)" }
}

extension PlanningProblem {
  /// Costs stay below this many millionths of a minor unit, so that sums of them fit 64 bits.
  static let largestCost = Int128(1) << 61

  /// Checks that every position exists, nothing that must not be is negative, and every payment can
  /// be converted.
  /// - Throws: the first value that is wrong.
  public func validate() throws(PlanningProblemError) {
    try expect(currencies >= 0, "currencies", "a count", currencies)
    try expect(counterparties >= 0, "counterparties", "a count", counterparties)
    try expect(maximumBatch > 0, "maximumBatch", "at least 1", maximumBatch)
    try expect(discountMinimum > 0, "discountMinimum", "at least 1", discountMinimum)
    try expect(
      (0...1_000_000).contains(discountPartsPerMillion), "discountPartsPerMillion",
      "within 0...1,000,000", discountPartsPerMillion)
    try expect(
      (0...1_000_000).contains(carryPartsPerMillion), "carryPartsPerMillion",
      "within 0...1,000,000", carryPartsPerMillion)
    try expect(
      (0...1_000_000_000).contains(deferralPartsPerMillion), "deferralPartsPerMillion",
      "within 0...1,000,000,000", deferralPartsPerMillion)
    try expect(deferralFee >= 0, "deferralFee", "not negative", deferralFee)
    try validateRails()
    try validateQuotes()
    try validate(liquidity, "liquidity", count: currencies)
    try validate(counterpartyLimits, "counterpartyLimits", count: counterparties)
    try validatePayments()
  }

  private func validateRails() throws(PlanningProblemError) {
    try expect(!rails.isEmpty, "rails", "at least one rail", "none")
    for (position, rail) in rails.enumerated() {
      let path = "rails[\(position)]"
      try expect(rail.fee >= 0, "\(path).fee", "not negative", rail.fee)
      try expect(
        rail.operatorFee >= 0, "\(path).operatorFee", "not negative", rail.operatorFee)
      for (index, window) in rail.windows.enumerated() {
        let isNew = !rail.windows[..<index].contains(window)
        try expect(isNew, "\(path).windows[\(index)]", "each window once", window)
      }
      for (index, currency) in (rail.destinations ?? []).enumerated() {
        try expectPosition(currency, of: currencies, "\(path).destinations[\(index)]", "currency")
      }
    }
  }

  private func validateQuotes() throws(PlanningProblemError) {
    for (position, quote) in quotes.enumerated() {
      let path = "quotes[\(position)]"
      try expectPosition(quote.first, of: currencies, "\(path).first", "currency")
      try expectPosition(quote.second, of: currencies, "\(path).second", "currency")
      try expect(quote.first != quote.second, path, "two currencies", "one, \(quote.first)")
      try expect(
        (0...1_000_000).contains(quote.partsPerMillion), "\(path).partsPerMillion",
        "within 0...1,000,000", quote.partsPerMillion)
      let isNew = !quotes[..<position].contains { other in
        (other.first, other.second) == (quote.first, quote.second)
          || (other.first, other.second) == (quote.second, quote.first)
      }
      try expect(
        isNew, path, "each pair once", "\(quote.first) and \(quote.second) a second time")
    }
  }

  private func validate(
    _ limits: [WindowLimits], _ name: String, count: Int
  ) throws(PlanningProblemError) {
    try expect(limits.count == count, name, "\(count) entries", limits.count)
    for (position, entry) in limits.enumerated() {
      try expect(
        entry.isComplete, "\(name)[\(position)]",
        "a limit or null for each of \(PlanningWindow.allCases.count) windows", "another count")
      for window in PlanningWindow.allCases {
        let limit = entry[window] ?? 0
        try expect(limit >= 0, "\(name)[\(position)].\(window)", "not negative", limit)
      }
    }
  }

  private func validatePayments() throws(PlanningProblemError) {
    let graph = ConversionGraph(currencies: currencies, quotes: quotes)
    var value: Int128 = 0
    for (position, payment) in payments.enumerated() {
      let path = "payments[\(position)]"
      try expectPosition(payment.source, of: currencies, "\(path).source", "currency")
      try expectPosition(payment.destination, of: currencies, "\(path).destination", "currency")
      try expectPosition(
        payment.counterparty, of: counterparties, "\(path).counterparty", "counterparty")
      try expect(payment.value > 0, "\(path).value", "above zero", payment.value)
      try expect(
        graph.isConnected(payment.source, payment.destination), path,
        "a path of quoted pairs between its currencies",
        "none from \(payment.source) to \(payment.destination)")
      value += Int128(payment.value)
    }
    let dearestFee = rails.map { Int128($0.fee) + Int128($0.operatorFee) }.max() ?? 0
    let rate =
      Int128(graph.longestDistance) + 2 * Int128(carryPartsPerMillion)
      + Int128(deferralPartsPerMillion)
    let fees = Int128(payments.count) * (dearestFee + Int128(deferralFee)) * 1_000_000
    try expect(
      value < Self.largestCost && value * rate + fees < Self.largestCost, "payments",
      "values and prices whose costs fit 61 bits in millionths of a minor unit",
      "\(value) minor units")
  }

  private func expectPosition(
    _ position: Int, of count: Int, _ path: String, _ kind: String
  ) throws(PlanningProblemError) {
    try expect((0..<count).contains(position), path, "a \(kind) below \(count)", position)
  }

  private func expect(
    _ condition: Bool, _ path: String, _ expected: String, _ found: some Any
  ) throws(PlanningProblemError) {
    if !condition {
      throw PlanningProblemError(path: path, expected: expected, found: "\(found)")
    }
  }
}
