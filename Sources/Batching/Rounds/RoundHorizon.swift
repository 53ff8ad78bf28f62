import Money
import PaymentModel

/// The rounds that a plan looks ahead to, and what sending something in each of them means.
/// Amounts are minor units of the reporting currency.
struct RoundHorizon {
  /// What an instruction in one currency costs.
  struct Price {
    /// Of a wire that settles few payments, with the operator's fee.
    var single: Double
    /// Of one with the consolidation discount, likewise.
    var consolidated: Double
    /// The operator's fee alone.
    var operatorFee: Double
  }

  /// What an instruction that is sent now for a window costs.
  func price(of window: SettlementWindow, _ currency: Int) -> Price {
    windows[window]![currency].price
  }

  /// By how much later at most what is sent now for a window arrives than what settles at once,
  /// in nanoseconds.
  func wait(for window: SettlementWindow, _ currency: Int) -> Int64 {
    window == .rtgs ? 0 : max(0, windows[window]![currency].close - arrivals[currency][0])
  }

  /// Rounds that a plan looks ahead to at most.
  static let most = 40
  /// Of more rounds than that, so many are looked ahead to one by one.
  private static let mostNext = 24
  /// Time between rounds that are looked ahead to, at least (ns): last calls are not.
  private static let leastApart: Int64 = 120_000_000_000
  /// Rounds among which those are chosen.
  private static let mostFound = 160

  /// When the rounds are, ascending; the first is now (ns).
  let times: [Int64]
  /// The currencies at stake, ascending.
  let currencies: [Currency]
  /// By currency and round: when money sent in it has arrived (ns).
  let arrivals: [[Int64]]
  /// By currency and round: the close of the day on which it arrives (ns).
  let closes: [[Int64]]
  /// By currency: of what settles at once.
  let prices: [Price]
  /// By window, then currency: the same of what is sent now for a window, and the end of its day.
  private let windows: [SettlementWindow: [(price: Price, close: Int64)]]
  /// Part of a value that it costs to exchange it, by both currencies, row by row.
  let spreads: [Double]

  var count: Int { times.count }

  /// The rounds from now until one is no earlier than `last`, of a cycle that is bound.
  init(
    _ currencies: [Currency], until last: Int64, _ cycle: SettlementCycle,
    _ outlook: SettlementOutlook, in world: SettlementWorld
  ) {
    self.currencies = currencies
    // What is left for later must not depend on a last call.
    let leads = currencies.map { (Rounds.lead(of: outlook.systems[$0.index]!) - 1) * 1_000_000_000 }
    var all = [world.now]
    var end = world.now
    while end < last, all.count < Self.mostFound {
      end = cycle.end(after: end, currencies[0])
      if end - all.last! >= Self.leastApart { all.append(end) }
    }
    let closes = zip(currencies, leads).map { currency, lead in
      all.map {
        outlook.close(of: .rtgs, currency, at: $0 == world.now ? $0 : $0 + lead)
      }
    }
    let kept = Self.kept(of: all.count, closes)
    times = kept.map { all[$0] }
    self.closes = closes.map { own in kept.map { own[$0] } }
    arrivals = currencies.map { [times] currency in
      times.map { outlook.arrival(currency, sentAt: $0) }
    }
    windows = Dictionary(
      uniqueKeysWithValues: SettlementWindow.allCases.map { window in
        (
          window,
          currencies.map { currency in
            (
              Price(outlook.price(of: window, currency, at: world.now), world.costs),
              outlook.close(of: window, currency, at: world.now)
            )
          }
        )
      })
    prices = windows[.rtgs]!.map(\.price)
    spreads = currencies.flatMap { source in
      currencies.map {
        source == $0 ? 0 : (world.rates.spreadBasisPoints(from: source, to: $0) ?? 0) / 10_000
      }
    }
  }

  /// Which of so many rounds are looked ahead to: all, or of too many the next ones and of later
  /// ones those that are the last before a close.
  private static func kept(of count: Int, _ closes: [[Int64]]) -> [Int] {
    guard count > most else { return Array(0..<count) }
    let later = (mostNext..<count).filter { round in
      round + 1 == count || closes.contains { $0[round] != $0[round + 1] }
    }
    return Array((Array(0..<mostNext) + later).prefix(most))
  }

  /// The last round in which something due at `due` still settles in time; `count` if there is
  /// none, so that no round is too late for it.
  func last(for currency: Int, due: Int64) -> Int {
    closes[currency].lastIndex { $0 <= due } ?? count
  }
}

extension RoundHorizon.Price {
  /// A rail's price after the discount that consolidation earns.
  init(_ price: SettlementOutlook.WirePrice, _ costs: CostTable) {
    let discount = Double(costs.discountPartsPerMillion) / 1e6
    let (wire, fee) = (Double(price.wire), Double(price.operatorFee))
    self.init(
      single: wire * (costs.discountMinimum <= 1 ? 1 - discount : 1) + fee,
      consolidated: wire * (1 - discount) + fee, operatorFee: fee)
  }
}
