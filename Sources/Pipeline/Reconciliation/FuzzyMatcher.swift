import PaymentModel

/// A line of a settlement file whose reference led nowhere.
struct UnmatchedLine {
  var line: SettlementLine
  var endpoint: EndpointIndex
  var file: String
  /// When the file was read: whole seconds since the start of the run.
  var second: Int64
  /// What the streaming phase found.
  var kind: ReconciliationException.Kind
}

/// A captured payment that no line has named.
struct UnstatedPayment: Equatable {
  var payment: PaymentID
  var endpoint: EndpointIndex
  var currency: CurrencyIndex
  var merchant: CellMerchant
  /// Captured, minor units.
  var amount: Int64
  /// When it was captured: whole seconds since the start of the run.
  var second: Int64
}

/// The second phase of reconciliation: pairs lines with payments by merchant, amount and date.
/// Pure.
///
/// A pair is made only where there is exactly one candidate on either side: two payments of one
/// amount are never confused, they stay exceptions for people.
struct FuzzyMatcher {
  private struct Key: Hashable {
    var endpoint: EndpointIndex
    var currency: CurrencyIndex
    var merchant: CellMerchant
    var amount: Int64
  }
  private let window: Int64

  /// - Parameter days: how far apart capture and file may be.
  init(days: Int) { window = Int64(days) * 86_400 }

  /// Pairs as positions in `lines` and `payments`, in the order of the lines.
  func pairs(
    _ lines: [UnmatchedLine], _ payments: [UnstatedPayment]
  ) -> [(line: Int, payment: Int)] {
    var byKey: [Key: [Int]] = [:]
    for (index, payment) in payments.enumerated() {
      let key = Key(
        endpoint: payment.endpoint, currency: payment.currency, merchant: payment.merchant,
        amount: payment.amount)
      byKey[key, default: []].append(index)
    }
    var wanted = [Int](repeating: 0, count: payments.count)
    var candidates: [[Int]] = []
    for line in lines {
      let key = Key(
        endpoint: line.endpoint, currency: line.line.currency, merchant: line.line.merchant,
        amount: line.line.amount)
      let found = (byKey[key] ?? []).filter { abs(payments[$0].second - line.second) <= window }
      candidates.append(found)
      for index in found { wanted[index] += 1 }
    }
    return candidates.enumerated().compactMap { index, found in
      guard found.count == 1, wanted[found[0]] == 1 else { return nil }
      return (index, found[0])
    }
  }
}
