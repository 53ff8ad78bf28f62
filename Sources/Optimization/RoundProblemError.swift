/// Why a problem cannot be planned. Nothing is planned; correct the problem and try again.
public struct RoundProblemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Path of the value that is wrong, such as `payments[3].destination`.
  public var path: String
  /// What was expected there.
  public var expected: String
  /// What was found.
  public var found: String

  /// One line that says where, what was expected and what was found.
  public var description: String { "\(path): expected \(expected), found \(found)" }
}

extension RoundProblem {
  /// Values and prices stay below this, so that costs keep a millionth of a minor unit or so.
  static let largest = 1e15

  /// Checks that every position exists, prices are in order, and every payment can be exchanged and
  /// has somewhere to go.
  /// - Throws: the first value that is wrong.
  public func validate() throws(RoundProblemError) {
    try expect(banks >= 0, "banks", "a count", banks)
    try expect(currencies >= 0, "currencies", "a count", currencies)
    try expect(maximumBatch > 0, "maximumBatch", "at least 1", maximumBatch)
    try expect(discountMinimum > 0, "discountMinimum", "at least 1", discountMinimum)
    try expectPrice(liquidityPrice, "liquidityPrice")
    try validateWays()
    try validateRounds()
    try validateQuotes()
    try validatePayments()
    try validateLimits()
    try validateOutcomes()
  }

  /// Number of value dates.
  var dates: Int { dealFees.count }

  private func validateWays() throws(RoundProblemError) {
    try expect(!ways.isEmpty, "ways", "at least one way", "none")
    for (place, way) in ways.enumerated() {
      try expect(!ways[..<place].contains(way), "ways[\(place)]", "each way once", way)
    }
    if let bank = clearingBank {
      try expectPosition(bank, of: banks, "clearingBank", "bank")
    }
    try expect(
      clearingBank != nil || !ways.contains(.multilateral), "clearingBank",
      "a bank for the multilateral way", "none")
    for (place, position) in sunk.enumerated() {
      let path = "sunk[\(place)]"
      try expectPosition(position.bank, of: banks, "\(path).bank", "bank")
      try expectPosition(position.currency, of: currencies, "\(path).currency", "currency")
      try expectPosition(position.round, of: rounds.count, "\(path).round", "round")
    }
  }

  private func validateRounds() throws(RoundProblemError) {
    for (place, round) in rounds.enumerated() {
      let path = "rounds[\(place)]"
      try expectPosition(round.date, of: dates, "\(path).date", "value date")
      try expect(
        round.wires.count == currencies, "\(path).wires", "\(currencies) prices",
        round.wires.count)
      for (currency, price) in round.wires.enumerated() {
        try expectPrice(price.single, "\(path).wires[\(currency)].single")
        try expectPrice(price.consolidated, "\(path).wires[\(currency)].consolidated")
        try expect(
          price.consolidated <= price.single, "\(path).wires[\(currency)].consolidated",
          "at most \(price.single)", price.consolidated)
      }
    }
    for (date, fees) in dealFees.enumerated() {
      try expect(
        fees.count == currencies, "dealFees[\(date)]", "\(currencies) fees", fees.count)
      for (currency, fee) in fees.enumerated() {
        try expectPrice(fee, "dealFees[\(date)][\(currency)]")
      }
    }
  }

  private func validateQuotes() throws(RoundProblemError) {
    for (position, quote) in quotes.enumerated() {
      let path = "quotes[\(position)]"
      try expectPosition(quote.first, of: currencies, "\(path).first", "currency")
      try expectPosition(quote.second, of: currencies, "\(path).second", "currency")
      try expect(quote.first != quote.second, path, "two currencies", "one, \(quote.first)")
      try expect((0...1).contains(quote.spread), "\(path).spread", "within 0...1", quote.spread)
      let isNew = !quotes[..<position].contains { other in
        (other.first, other.second) == (quote.first, quote.second)
          || (other.first, other.second) == (quote.second, quote.first)
      }
      try expect(
        isNew, path, "each pair once", "\(quote.first) and \(quote.second) a second time")
    }
  }

  private func validatePayments() throws(RoundProblemError) {
    let spreads = Spreads(self)
    var value = 0.0
    for (place, payment) in payments.enumerated() {
      let path = "payments[\(place)]"
      try expectPosition(payment.payer, of: banks, "\(path).payer", "bank")
      try expectPosition(payment.payee, of: banks, "\(path).payee", "bank")
      try expect(
        payment.payer != payment.payee, "\(path).payee", "another bank than the payer",
        payment.payee)
      try expectPosition(payment.source, of: currencies, "\(path).source", "currency")
      try expectPosition(payment.destination, of: currencies, "\(path).destination", "currency")
      try expect(payment.value > 0, "\(path).value", "above zero", payment.value)
      try expect(
        payment.costs.count == rounds.count, "\(path).costs", "\(rounds.count) entries",
        payment.costs.count)
      for (round, cost) in payment.costs.enumerated() {
        if let cost { try expectPrice(cost, "\(path).costs[\(round)]") }
      }
      if let cost = payment.deferral {
        try expectPrice(cost, "\(path).deferral")
      } else {
        try expect(
          payment.costs.contains { $0 != nil }, "\(path).costs",
          "a round for a payment that cannot be put off", "none")
        try expect(
          limits.isEmpty, "\(path).deferral", "what putting off costs, since there are limits",
          "none")
      }
      try expect(
        spreads[payment.source, payment.destination].isFinite, path,
        "a path of quoted pairs between its currencies",
        "none from \(payment.source) to \(payment.destination)")
      value += Double(payment.value)
    }
    try expect(value < Self.largest, "payments", "values that add up to below 10^15", value)
  }

  private func validateLimits() throws(RoundProblemError) {
    for (place, limit) in limits.enumerated() {
      let path = "limits[\(place)]"
      try expectPosition(limit.bank, of: banks, "\(path).bank", "bank")
      if let other = limit.counterparty {
        try expectPosition(other, of: banks, "\(path).counterparty", "bank")
      }
      if let currency = limit.currency {
        try expectPosition(currency, of: currencies, "\(path).currency", "currency")
      }
      try expectPosition(limit.first, of: rounds.count, "\(path).first", "round")
      try expectPosition(limit.last, of: rounds.count, "\(path).last", "round")
      try expect(
        limit.first <= limit.last, "\(path).last", "no round before the first", limit.last)
      try expect(limit.amount >= 0, "\(path).amount", "not negative", limit.amount)
    }
  }

  private func validateOutcomes() throws(RoundProblemError) {
    if outcomes.isEmpty { return }
    try expect(netsConversions, "outcomes", "none where conversions are not netted", outcomes.count)
    var sum = 0.0
    let spreads = Spreads(self)
    for (place, outcome) in outcomes.enumerated() {
      let path = "outcomes[\(place)]"
      try expect(outcome.probability > 0, "\(path).probability", "above zero", outcome.probability)
      sum += outcome.probability
      for (index, flow) in outcome.flows.enumerated() {
        let path = "\(path).flows[\(index)]"
        try expectPosition(flow.payer, of: banks, "\(path).payer", "bank")
        try expectPosition(flow.date, of: dates, "\(path).date", "value date")
        try expectPosition(flow.source, of: currencies, "\(path).source", "currency")
        try expectPosition(flow.destination, of: currencies, "\(path).destination", "currency")
        try expect(
          flow.value >= 0 && Double(flow.value) < Self.largest, "\(path).value", "not negative",
          flow.value)
        try expect(
          spreads[flow.source, flow.destination].isFinite, path,
          "a path of quoted pairs between its currencies",
          "none from \(flow.source) to \(flow.destination)")
        try expect(
          dealFees[flow.date].allSatisfy { $0 == 0 }, "dealFees[\(flow.date)]",
          "no fees on a date on which something is expected", "a fee")
      }
    }
    try expect(
      abs(sum - 1) <= 1e-9, "outcomes", "probabilities that add up to 1", sum)
  }

  private func expectPrice(_ price: Double, _ path: String) throws(RoundProblemError) {
    try expect(
      price >= 0 && price < Self.largest, path, "a price, not negative and below 10^15", price)
  }

  private func expectPosition(
    _ position: Int, of count: Int, _ path: String, _ kind: String
  ) throws(RoundProblemError) {
    try expect((0..<count).contains(position), path, "a \(kind) below \(count)", position)
  }

  private func expect(
    _ condition: Bool, _ path: String, _ expected: String, _ found: some Any
  ) throws(RoundProblemError) {
    if !condition {
      throw RoundProblemError(path: path, expected: expected, found: "\(found)")
    }
  }
}
