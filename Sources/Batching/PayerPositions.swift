import Money
import PaymentModel

/// What payers have and need of each currency, netted over all that they settle in a cycle with one
/// value date.
struct PayerPositions {
  private struct Key: Hashable, Comparable {
    var cycle: Int64
    /// Value days, payer and the pair of currencies.
    var lane: UInt64

    /// The same for all pairs of a payer.
    var owner: UInt64 { lane >> 16 }

    static func < (first: Key, second: Key) -> Bool {
      (first.cycle, first.lane) < (second.cycle, second.lane)
    }
  }

  /// Minor units of the currency owed; looked up by key, and sorted before use.
  private var owed: [Key: Int64] = [:]

  /// Adds what is owed in `source` and paid out in another currency; negative for refunds.
  /// - Precondition: sums fit 64 bits.
  mutating func add(
    _ amount: Int64, of source: Currency, to destination: Currency, payer: BankID, cycle: Int64,
    valueDays: Int
  ) {
    guard source != destination else { return }
    let lane =
      UInt64(valueDays) << 32 | UInt64(payer.rawValue) << 16 | UInt64(source.index) << 8
      | UInt64(destination.index)
    owed[Key(cycle: cycle, lane: lane), default: 0] += amount
  }

  /// The cheapest conversions that even all positions out.
  func conversions(by rates: FXTable) -> [PlannedConversion] {
    let flows = owed.sorted { $0.key < $1.key }
    var conversions: [PlannedConversion] = []
    var start = 0
    while start < flows.count {
      let key = flows[start].key
      var positions = CurrencyPositions()
      var end = start
      while end < flows.count, flows[end].key.cycle == key.cycle, flows[end].key.owner == key.owner
      {
        let lane = flows[end].key.lane
        positions.add(
          flows[end].value, of: Currency(index: UInt8(truncatingIfNeeded: lane >> 8)),
          to: Currency(index: UInt8(truncatingIfNeeded: lane)), by: rates)
        end += 1
      }
      conversions += positions.conversions(
        of: BankID(UInt16(truncatingIfNeeded: key.owner)), by: rates)
      start = end
    }
    return conversions
  }
}
