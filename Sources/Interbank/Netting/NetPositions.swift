/// What one participant owes another after all payments between the two are netted.
public struct PairPosition: Sendable, Hashable {
  /// Position of the participant that owes.
  public var payer: Int
  /// Position of the participant that is owed.
  public var payee: Int
  /// Minor units, above zero.
  public var amount: Int64

  /// A position of `amount` minor units.
  public init(payer: Int, payee: Int, amount: Int64) {
    self.payer = payer
    self.payee = payee
    self.amount = amount
  }
}

/// Net positions of a set of payments, which do not depend on the order of the payments.
public enum NetPositions {
  /// What is left to pay between each pair of participants (bilateral netting).
  ///
  /// Pairs that owe each other nothing on balance are left out. Ascending by the lower and then the
  /// higher participant of a pair. O(payments + participants).
  ///
  /// - Precondition: the net amount of each pair is below 2^63 minor units.
  public static func bilateral(
    _ payments: [NettablePayment], participants: Int
  ) -> [PairPosition] {
    NettablePayment.require(payments, participants: participants)
    let pairs = PairSums(net: payments, participants: participants)
    return pairs.sums.indices.compactMap { cell in
      let (low, high, sum) = (pairs.firsts[cell], pairs.seconds[cell], pairs.sums[cell])
      if sum == 0 { return nil }
      guard let amount = Int64(exactly: sum.magnitude) else {
        preconditionFailure("participants \(low) and \(high) owe each other \(sum), beyond 2^63")
      }
      return sum > 0
        ? PairPosition(payer: low, payee: high, amount: amount)
        : PairPosition(payer: high, payee: low, amount: amount)
    }
  }

  /// What each participant receives less what it pays (multilateral netting): above zero it is
  /// owed, below zero it owes. The positions sum to zero. O(payments + participants).
  ///
  /// - Precondition: each position fits in 64 bits; `exact` has no such limit.
  public static func multilateral(_ payments: [NettablePayment], participants: Int) -> [Int64] {
    exact(payments, participants: participants).enumerated().map { participant, position in
      guard let narrow = Int64(exactly: position) else {
        preconditionFailure("the position of participant \(participant), \(position), exceeds 2^63")
      }
      return narrow
    }
  }

  /// The multilateral net positions in 128 bits, which no number of payments overflows.
  public static func exact(_ payments: [NettablePayment], participants: Int) -> [Int128] {
    NettablePayment.require(payments, participants: participants)
    var positions = [Int128](repeating: 0, count: participants)
    for payment in payments {
      positions[payment.payer] -= Int128(payment.amount)
      positions[payment.payee] += Int128(payment.amount)
    }
    return positions
  }

  /// The sum of all payments, in minor units.
  public static func gross(_ payments: [NettablePayment]) -> Int128 {
    payments.reduce(0) { $0 + Int128($1.amount) }
  }
}

extension NetPositions {
  /// The share of the gross value that need not be moved when each pair of participants nets its
  /// payments: 1 - sum of net amounts / gross. In 0...1; 0 without payments.
  public static func bilateralEfficiency(
    _ payments: [NettablePayment], participants: Int
  ) -> Double {
    NettablePayment.require(payments, participants: participants)
    let pairs = PairSums(net: payments, participants: participants)
    let net = pairs.sums.reduce(0) { $0 + Int128($1.magnitude) }
    return efficiency(net: net, gross: gross(payments))
  }

  /// The share of the gross value that need not be moved when all participants net together:
  /// 1 - sum of max(0, position) / gross. In 0...1; 0 without payments.
  public static func multilateralEfficiency(
    _ payments: [NettablePayment], participants: Int
  ) -> Double {
    let positions = exact(payments, participants: participants)
    return efficiency(net: positions.reduce(0) { $0 + max(0, $1) }, gross: gross(payments))
  }

  /// The netting efficiency of moving `net` instead of `gross`, a ratio and no money; 0 if both
  /// are.
  public static func efficiency(net: Int128, gross: Int128) -> Double {
    gross == 0 ? 0 : 1 - Double(net) / Double(gross)
  }
}
