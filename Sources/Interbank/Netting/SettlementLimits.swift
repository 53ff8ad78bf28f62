/// The most that one participant lets another owe it less than it owes: what is left of a bilateral
/// limit.
public struct BilateralLimit: Sendable, Hashable {
  /// Position of the participant that set the limit on what it pays.
  public var payer: Int
  /// Position of the participant it is set against.
  public var payee: Int
  /// The payer's payments to the payee may exceed the payee's to the payer by this much at most, in
  /// minor units. At zero or below, the payer pays only out of what the payee pays it.
  public var remaining: Int64

  /// A limit with `remaining` minor units left.
  public init(payer: Int, payee: Int, remaining: Int64) {
    self.payer = payer
    self.payee = payee
    self.remaining = remaining
  }
}

/// Limits that a simultaneous settlement must keep besides the participants' liquidity.
public struct SettlementLimits: Sendable, Hashable {
  /// By participant, the most that its payments may exceed its receipts by (what is left of its net
  /// debit cap or multilateral limit), in minor units; nil where there is none. Empty: none at all.
  public var multilateral: [Int64?]
  /// At most one for each payer and payee.
  public var bilateral: [BilateralLimit]

  /// The given limits.
  public init(multilateral: [Int64?] = [], bilateral: [BilateralLimit] = []) {
    self.multilateral = multilateral
    self.bilateral = bilateral
  }
}
