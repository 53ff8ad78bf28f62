/// A payment waiting to be settled between two participants of a settlement system.
///
/// An array of them is a queue: the order of the array restricted to one payer is the order in
/// which that payer sent them. All payments of a queue are in one currency.
public struct NettablePayment: Sendable, Hashable {
  /// Position of the participant that pays, from 0.
  public var payer: Int
  /// Position of the participant that is paid, another than the payer.
  public var payee: Int
  /// Minor units of the currency, above zero.
  public var amount: Int64

  /// A payment of `amount` minor units.
  public init(payer: Int, payee: Int, amount: Int64) {
    self.payer = payer
    self.payee = payee
    self.amount = amount
  }
}

extension NettablePayment {
  /// Stops the process at the first payment that no settlement system would have accepted, for
  /// every algorithm of netting relies on it. O(n).
  static func require(_ payments: [NettablePayment], participants: Int) {
    for (position, payment) in payments.enumerated() {
      precondition(
        0..<participants ~= payment.payer && 0..<participants ~= payment.payee,
        "payment \(position) names a participant outside 0..<\(participants)")
      precondition(
        payment.payer != payment.payee,
        "payment \(position) is from participant \(payment.payer) to itself; leave it out")
      precondition(
        payment.amount > 0, "payment \(position) is of \(payment.amount), not of more than zero")
    }
  }
}
