import Money
import PaymentModel

/// The costs of several strategies on the same obligations, and what each saves against the first.
public struct StrategyComparison: Sendable, Equatable {
  /// One strategy beside the first.
  public struct Row: Sendable, Equatable {
    /// What it costs.
    public var cost: StrategyCost
    /// What it costs less than the first; negative if it costs more.
    public var savings: MoneyAmount
    /// `savings` as a part of the first's total; nil if that is zero.
    public var savingsRatio: Double?
    /// Part of the first's wires that it does without, negative if it has more; nil if the first
    /// has none.
    public var wireReduction: Double?
  }

  /// All strategies in the order given; the first has savings of zero.
  public let rows: [Row]

  /// Compares costs on the same obligations.
  /// - Precondition: all are stated in one currency and count the same payments.
  public init(_ costs: [StrategyCost]) {
    precondition(
      costs.allSatisfy { $0.payments == costs[0].payments },
      "strategies were priced on different obligations")
    rows = costs.map { cost in
      let savings = costs[0].total - cost.total
      return Row(
        cost: cost, savings: savings,
        savingsRatio: Self.ratio(savings.minorUnits, of: costs[0].total.minorUnits),
        wireReduction: Self.ratio(
          Int64(costs[0].wires - cost.wires), of: Int64(costs[0].wires)))
    }
  }

  /// Prices `strategies` on the same obligations and compares them with the first.
  public init(
    of strategies: [any ShadowPriced], on obligations: GroupedObligations,
    in world: SettlementWorld
  ) {
    self.init(strategies.map { $0.price(obligations, in: world) })
  }

  private static func ratio(_ part: Int64, of whole: Int64) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}
