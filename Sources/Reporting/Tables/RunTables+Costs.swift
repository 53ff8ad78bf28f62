import Declared

/// What strategies, run and infrastructure cost.
extension RunTables {
  static let costs = [strategies, costComponents, costSummary, residuals, infrastructure]

  private static let strategies = RunTable(
    "strategies", "Cost by strategy, wires and FX",
    note: "Shadow prices: what each strategy costs on this run's obligations, computed after the "
      + "fact; one that has none is shown as simulated.",
    caption: "savings are against the first strategy, ★ is the strategy of this run",
    rows: \.strategies,
    columns: [
      TableColumn("name", "strategy", .name, "The strategy") { row in
        TableCell(
          .text(row.name),
          label: row.label + (row.isChosen ? " ★" : "") + (row.isSimulated ? ", simulated" : ""),
          row.isChosen ? .strong : .plain)
      },
      TableColumn.text("parameters", "parameters", "Parameters that are not its defaults") {
        $0.parameters
      }.shown(in: "name"),
      TableColumn.flag("chosen", "★", "Whether it is the strategy of this run") { $0.isChosen }
        .shown(in: "name"),
      TableColumn.text("pricing", "pricing", "Whether priced after the fact or simulated") {
        $0.isSimulated ? "simulated" : "shadow"
      }.shown(in: "name"),
      .count("wires", "wires", "Wires it sends") { $0.wires },
      .currency { $0.totalCost.currency },
      .money("wire_cost", "wire cost", "Wires, discounts included") { $0.wireCost },
      .money("fx_cost", "FX cost", "Currency exchange, discounts included") { $0.fxCost },
      .money("total_cost", "total cost", "Wires and exchange together") { $0.totalCost },
      TableColumn("savings_ratio", "savings", .ratio, "Saved against the first strategy") { row in
        TableCell(
          row.savingsRatio.map(TableCell.Value.ratio) ?? .absent,
          (row.savingsRatio ?? 0) > 0 ? .good : .plain)
      },
    ])

  private static let costComponents = RunTable(
    "cost_components", "Cost of the run as configured", rows: \.costComponents,
    columns: [
      .name("name", "component", "What is paid for") { $0.name },
      .currency { $0.amount.currency },
      .money("amount", "cost", "What it comes to over the run") { $0.amount },
    ])

  private static let costSummary = RunTable(
    "cost_summary", "Cost in all", layout: .record, zeros: .hideRows,
    rows: { result in result.reportingCurrency == nil ? [] : [result] },
    columns: [
      .currency { $0.reportingCurrency ?? "" },
      .money("total", "cost of the run", "Sum of the components") { $0.totalCost },
      .text("divided_by", "divided by", "What the cost of each is the cost of") {
        $0.costPerPayment == nil ? nil : $0.hasOnlyTransfers ? "transfers" : "payments"
      },
      .fineMoney("each", "cost of each", "The sum divided by accepted payments or transfers") {
        $0.costPerPayment
      },
      .money(
        "gateway_fees", "gateway fees, income",
        "Charged to merchants by their fee plans: income of the operator, no part of the cost"
      ) { $0.gatewayFees },
    ])

  private static let residuals = RunTable(
    "fx_residual", "Left by rounding of foreign exchange", zeros: .hideRows, rows: \.residuals,
    columns: [
      TableColumn("currency", "currency", .name, "ISO 4217 code") { TableCell(.text($0.currency)) },
      .money("amount", "amount", "What roundings left with platform and transfer desk") { $0 },
    ])

  private static let infrastructure = RunTable(
    "infrastructure", "Infrastructure by part",
    note: "What switches take off stands below zero; a month has 30 days.",
    rows: \.infrastructure,
    columns: [
      .name("name", "part", "The part, or the switch that takes something off") { $0.name },
      .currency { $0.amount.currency },
      .money("per_month", "per month", "In a month of 30 days") { $0.perMonth },
      .money("amount", "of the run", "In the time in which payments arrive") { $0.amount },
      .fineMoney("per_payment", "per payment", "Of the run, divided by the payments") {
        $0.perPayment
      },
    ])
}

extension RunResult {
  /// The sum of the components; nil without any.
  var totalCost: ReportedAmount? {
    guard var total = costComponents.first?.amount else { return nil }
    for component in costComponents.dropFirst() {
      precondition(component.amount.currency == total.currency, "costs are of one currency")
      total.minorUnits += component.amount.minorUnits
    }
    return total
  }
}
