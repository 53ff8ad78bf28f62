/// Mid rates that change at given instants; spreads stay.
public struct RateSeries: Sendable {
  /// The table of the first step; its rates hold for currencies that the series does not name.
  public let base: FXTable
  /// Currencies whose rates change, ascending.
  public let currencies: [Currency]
  /// UTC seconds since 1970-01-01 at which steps begin, ascending.
  public let starts: [Int64]
  /// Trillionths of a US dollar for one unit, by step, then by currency.
  private let trillionths: [Int64]

  /// One step that holds for ever.
  public init(fixed table: FXTable) {
    self.init(base: table, currencies: [], starts: [.min], trillionths: [])
  }

  /// Steps, the first of which also holds before it begins.
  ///
  /// - Parameters:
  ///   - base: spreads, and the rates of other currencies.
  ///   - currencies: those whose rates change, ascending, without the dollar.
  ///   - starts: UTC seconds since 1970-01-01, ascending; at least one.
  ///   - trillionths: of a US dollar for one unit, by step, then by currency.
  /// - Precondition: a rate for each step and currency, within `FXTable.trillionthsRange`.
  public init(
    base: FXTable, currencies: [Currency], starts: [Int64], trillionths: [Int64]
  ) {
    precondition(!starts.isEmpty, "a rate series has a first step")
    precondition(
      zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 }, "steps begin one after the other")
    precondition(
      trillionths.count == starts.count * currencies.count, "a rate for each step and currency")
    precondition(
      zip(currencies, currencies.dropFirst()).allSatisfy { $0 < $1 }, "currencies ascend by code")
    precondition(
      trillionths.allSatisfy { FXTable.trillionthsRange.contains($0) }, "rates are in range")
    self.currencies = currencies
    self.starts = starts
    self.trillionths = trillionths
    self.base = base.replacing(
      zip(currencies, trillionths).map { (currency: $0.0, trillionths: $0.1) })
  }

  /// Number of steps, at least one.
  public var count: Int { starts.count }

  /// The step that holds at a UTC second: the last that has begun, or the first. O(log steps).
  public func step(atUTC second: Int64) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// The UTC second at which the step after the one at `second` begins; nil in the last step.
  public func nextChange(afterUTC second: Int64) -> Int64? {
    let next = second < starts[0] ? 0 : step(atUTC: second) + 1
    return next < starts.count ? starts[next] : nil
  }

  /// The table of a step. It is made anew: keep it while the step lasts.
  public func table(step: Int) -> FXTable {
    guard step > 0 else { return base }
    return base.replacing(rates(of: step))
  }

  /// The table that holds at a UTC second since 1970-01-01.
  public func table(atUTC second: Int64) -> FXTable { table(step: step(atUTC: second)) }

  /// The rates of a step.
  private func rates(of step: Int) -> [(currency: Currency, trillionths: Int64)] {
    currencies.indices.map {
      (currency: currencies[$0], trillionths: trillionths[step * currencies.count + $0])
    }
  }

  /// The largest move of any rate against the dollar from one step to another, in basis points of
  /// the first: what a volatility trigger is compared with.
  public func largestMove(from first: Int, to second: Int) -> Double {
    zip(rates(of: first), rates(of: second)).reduce(0) { largest, pair in
      let move = Double(abs(pair.1.trillionths - pair.0.trillionths))
      return max(largest, move / Double(pair.0.trillionths) * 10_000)
    }
  }
}
