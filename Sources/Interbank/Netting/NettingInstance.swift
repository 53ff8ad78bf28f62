import Chance

/// A random network of obligations, alike on every machine, on which algorithms are measured and
/// compared.
public struct NettingInstance: Sendable {
  /// Number of participants.
  public var participants: Int
  /// In random order.
  public var obligations: [NettablePayment]

  /// Payers and payees are drawn by Zipf's law, so that few large participants take part in most
  /// obligations, and amounts from a log-normal distribution of median 1,000.00 units.
  ///
  /// - Parameters:
  ///   - seed: of all draws; each obligation has draws of its own purpose.
  ///   - participants: at least two.
  ///   - obligations: how many.
  ///   - exponent: of Zipf's law over the participants' ranks.
  ///   - sigma: of the logarithm of an amount.
  public static func seeded(
    seed: UInt64, participants: Int, obligations: Int, exponent: Double = 0.86, sigma: Double = 1.2
  ) -> NettingInstance {
    precondition(participants >= 2, "an obligation is between two participants")
    func stream(_ purpose: String) -> RandomStream {
      RandomStream(seed: seed, component: "netting-instance", purpose: purpose)
    }
    let sizes = AliasTable(
      weights: AliasTable.zipfMandelbrotWeights(count: participants, exponent: exponent, offset: 0))
    let amounts = QuantileTable.logNormal(mu: PortableMath.ln(100_000), sigma: sigma)
    var (payers, payees, values) = (stream("payer"), stream("payee"), stream("amount"))
    let drawn = (0..<obligations).map { _ in
      let payer = sizes.choose(payers.next())
      var payee = sizes.choose(payees.next())
      while payee == payer { payee = sizes.choose(payees.next()) }
      let amount = max(1, Int64(amounts.value(values.next()).rounded()))
      return NettablePayment(payer: payer, payee: payee, amount: amount)
    }
    return NettingInstance(participants: participants, obligations: drawn)
  }

  /// Liquidity of each participant as a share of what it owes, in thousandths, rounded down.
  public func liquidity(perThousand share: Int64) -> [Int64] {
    precondition(0...1_000 ~= share, "a share in thousandths of what is owed")
    var owed = [Int128](repeating: 0, count: participants)
    for obligation in obligations { owed[obligation.payer] += Int128(obligation.amount) }
    return owed.map { Int64(clamping: $0 * Int128(share) / 1_000) }
  }
}
