import Declared
import Money
import Pipeline
import Reporting

/// A component of what a run costs.
enum CostPart: CaseIterable {
  case wires, discount, exchange, operators, liquidity, credit, delay, missedDeadlines, unsettled
  case acquirers, chargebacks, infrastructure, volumeDiscount

  /// Its name in tables.
  var title: String {
    switch self {
    case .wires: "wires"
    case .discount: "consolidation discount"
    case .exchange: "foreign exchange"
    case .operators: "rail operators"
    case .liquidity: "liquidity"
    case .credit: "credit"
    case .delay: "delay"
    case .missedDeadlines: "missed deadlines"
    case .unsettled: "unsettled"
    case .acquirers: "acquirers"
    case .chargebacks: "chargebacks"
    case .infrastructure: "infrastructure"
    case .volumeDiscount: "volume discount"
    }
  }

  /// Its figure: the last word of the name, and what it is.
  private var figure: (name: String, direction: FigureDirection, meaning: String) {
    switch self {
    case .wires: ("wires", .lowerIsBetter, "price of the strategy's wires before the discount")
    case .discount: ("discount", .neutral, "what consolidation takes off wires and spread")
    case .exchange: ("fx", .lowerIsBetter, "spread on the deals with the dealer")
    case .operators: ("rail_operators", .lowerIsBetter, "what the rails' operators charge")
    case .liquidity:
      ("liquidity", .lowerIsBetter, "opportunity cost of the liquidity that banks put up")
    case .credit:
      ("credit", .lowerIsBetter, "interest on credit drawn, and the collateral behind it")
    case .delay: ("delay", .lowerIsBetter, "value that arrives later than it was owed")
    case .missedDeadlines:
      ("missed_deadlines", .lowerIsBetter, "transfers settled after their latest window")
    case .unsettled: ("unsettled", .lowerIsBetter, "payments that were never settled")
    case .acquirers: ("acquirers", .lowerIsBetter, "what acquirers charge for captures")
    case .chargebacks:
      ("chargebacks", .lowerIsBetter, "fees of the chargebacks to be expected")
    case .infrastructure:
      ("infrastructure", .lowerIsBetter, "infrastructure while payments arrive")
    case .volumeDiscount:
      ("volume_discount", .lowerIsBetter, "what volume takes off a bill, below zero")
    }
  }

  /// Whether it is part of what a strategy decides over.
  var isOfSettlement: Bool {
    switch self {
    case .wires, .discount, .exchange, .operators, .liquidity, .credit, .delay, .missedDeadlines,
      .unsettled:
      true
    case .acquirers, .chargebacks, .infrastructure, .volumeDiscount: false
    }
  }

  var declaration: FigureDeclaration {
    let figure = figure
    var declaration = FigureDeclaration(
      "cost." + figure.name, .money, figure.direction, figure.meaning)
    declaration.isStandard = isOfSettlement
    return declaration
  }
}

extension CostCollector {
  /// What the run costs; without samples where it was cut short.
  static let figures: [Figure<CostCollector>] = [
    .derived(
      "cost.settlement", .money, .lowerIsBetter,
      "what strategy and settlement mode decide over", { $0.settlement.map { units($0.total) } }
    ).standard(),
    .family(
      CostPart.allCases.map(\.declaration),
      { costs in
        Dictionary(
          uniqueKeysWithValues: costs.parts.map { part, amount in
            let value = part == .discount ? -amount : amount
            return (part.declaration.name, units(value))
          })
      }),
    .derived(
      "unsettled.count", .count, .lowerIsBetter,
      "card payments and transfers that were never settled",
      { $0.unsettled.map { Double($0.count) } }
    ).standard(),
    .derived(
      "unsettled.value", .money, .lowerIsBetter, "value of what was never settled",
      { $0.unsettled.map { units($0.value) } }
    ).standard(),
    .derived(
      "cost.funding", .money, .lowerIsBetter, "liquidity and credit together",
      { $0.settlement.map { units($0.funding) } }
    ).standard(),
    .derived(
      "plan.clairvoyant_bound", .money,
      "what settling the transfers costs at least had all been known beforehand, which nobody can "
        + "reach; without operators' fees and liquidity",
      { $0.clairvoyant.map { units($0) } }),
    .derived(
      "cost.total", .money, .lowerIsBetter, "everything that the run costs its operator",
      { $0.total.map { units($0) } }
    ).standard(),
    .derived(
      "cost_per_payment", .money, .lowerIsBetter,
      "cost.total divided by accepted payments and transfers", { $0.perPayment?.units }
    ).standard(),
    .derived(
      "savings_ratio", .ratio, .higherIsBetter,
      "what the strategy saves of wires and exchange against the first priced one",
      { $0.savingsRatio }),
    .derived(
      "wire_reduction", .ratio, .higherIsBetter,
      "part of the first priced strategy's wires that this one does without",
      { $0.wireReduction }),
    .derived(
      "cost.gateway_fees", .money, "what merchants are charged: income, no cost",
      { $0.total == nil ? nil : units($0.gatewayFees) }),
    .derived(
      "fees.cut_amount", .money, .lowerIsBetter,
      "what fees would have been above the payments that they were cut to",
      { $0.total == nil ? nil : units($0.feesCut) }),
    .family(
      InfrastructureBill.names.map { name in
        FigureDeclaration(
          infrastructureFigure(name), .money, .lowerIsBetter, "infrastructure: \(name)")
      },
      { costs in
        Dictionary(
          uniqueKeysWithValues: costs.infrastructure.map {
            (infrastructureFigure($0.name), $0.amount.units)
          })
      }),
  ]

  private static func infrastructureFigure(_ name: String) -> String {
    "cost.infrastructure." + name.replacing(" ", with: "_")
  }

  private static func units(_ amount: MoneyAmount) -> Double { reported(amount).units }
}
