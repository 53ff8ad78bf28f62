import Plants

/// One participant's money and what counts against its limits. Amounts are minor units.
struct Account: Sendable {
  private(set) var terms: ParticipantTerms
  /// Unsecured and secured credit together.
  private(set) var credit: Int64
  /// On the settlement account.
  var balance: Int64
  /// Final payments that have not been paid into the account yet, received less sent.
  var position: Int64 = 0
  /// Sent since the start of the day.
  var sent: Int64 = 0
  /// Received since the start of the day.
  var received: Int64 = 0
  /// What is left of the reservation for urgent payments.
  var reserved: Int64

  init(_ terms: ParticipantTerms) {
    self.terms = terms
    credit = terms.credit
    balance = terms.openingBalance
    reserved = terms.reservedForUrgent
  }

  /// What the participant can pay out in all.
  var liquidity: Int64 { balance + position + credit }

  /// What a payment of this priority may use.
  func available(for priority: PaymentPriority) -> Int64 {
    priority == .normal && !planted(Plant.reserveUnheeded) ? liquidity - reserved : liquidity
  }

  /// How much more it may send, net, under its cap.
  var capRoom: Int64? { terms.netDebitCap.map { $0 - (sent - received) } }

  /// Takes a change of the terms over.
  mutating func change(_ change: TermsChange) {
    terms.take(change)
    credit = terms.credit
  }

  mutating func startDay() {
    sent = 0
    received = 0
    reserved = terms.reservedForUrgent
  }
}
