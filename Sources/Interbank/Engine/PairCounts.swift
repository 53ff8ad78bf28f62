/// How many payments wait from each participant to each other: tells in O(1) that there is nothing
/// to offset with.
struct PairCounts: Sendable {
  private var counts: ContiguousArray<Int32>
  private let participants: Int

  init(participants: Int) {
    self.participants = participants
    counts = ContiguousArray(repeating: 0, count: participants * participants)
  }

  /// Payments that wait from `payer` to `payee`.
  func count(_ payer: Int, to payee: Int) -> Int { Int(counts[payer * participants + payee]) }

  mutating func add(_ payment: InterbankPayment) {
    counts[payment.payer * participants + payment.payee] += 1
  }

  mutating func remove(_ payment: InterbankPayment) {
    counts[payment.payer * participants + payment.payee] -= 1
  }
}
