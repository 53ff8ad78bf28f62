/// How many payments wait from each participant to each other: tells in O(1) that there is nothing
/// to offset with.
struct PairCounts: Sendable {
  private var counts: PairTable<Int32>

  init(participants: Int) { counts = PairTable(participants: participants) }

  /// Payments that wait from `payer` to `payee`.
  func count(_ payer: Int, to payee: Int) -> Int { Int(counts[payer, payee]) }

  mutating func add(_ payment: InterbankPayment) {
    counts[payment.payer, payment.payee] += 1
  }

  mutating func remove(_ payment: InterbankPayment) {
    counts[payment.payer, payment.payee] -= 1
  }
}
