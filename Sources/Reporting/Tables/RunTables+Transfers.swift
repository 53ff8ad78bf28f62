import Declared

/// Transfers from account to account and how they were planned.
extension RunTables {
  static let transfers = [
    rails, transferTotals, unsettled, failures, schedule, planning, planMethods, planFallbacks,
    plans,
  ]

  private static let rails = RunTable(
    "rails", "Rails",
    note: "Wires are those of the run's strategy; the rest are orders of acquirers, and deals with "
      + "the dealer. Rerouted are those that went over another rail, as the counterparty could not "
      + "be reached over this one.",
    zeros: .hideRows, rows: \.rails,
    columns: [
      .name("name", "rail", "The rail") { $0.name },
      .name("currency", "moves", "ISO 4217 code of what it moves") { $0.currency },
      .count("instructions", "executed", "Instructions it executed") { $0.instructions },
      .count("rerouted", "rerouted", "Instructions that went over another rail") { $0.rerouted },
      .count("wires", "wires", "Wires of the run's strategy among the executed") { $0.wires },
      .count("discounted_wires", "discounted", "Wires with the consolidation discount") {
        $0.discounted
      },
      .currency("wire_currency", "prices in", "ISO 4217 code of the wires' prices") {
        $0.wireCost.currency
      },
      .money("wire_cost", "wire price", in: "wire_currency", "Wires before the discount") {
        $0.wireCost
      },
      .money("discount", "discount", in: "wire_currency", "What the discount took off") {
        $0.discount
      },
      .currency("operator_currency", "operator in", "ISO 4217 code of the operator's fees") {
        $0.operatorFees.currency
      },
      .money("operator_fees", "operator", in: "operator_currency", "Charged by its operator") {
        $0.operatorFees
      },
    ])

  /// Payments of one kind and currency that were never settled.
  private struct Unsettled {
    var name: String
    var count: Int?
    var value: ReportedAmount

    static func rows(_ report: UnsettledReport?) -> [Unsettled] {
      guard let report else { return [] }
      let open = report.rows.flatMap { row in
        [
          Unsettled(
            name: "transfers open at the horizon", count: row.transfers, value: row.transfersValue),
          Unsettled(
            name: "card payments open at the horizon", count: row.payments,
            value: row.paymentsValue),
        ]
      }
      return open + [
        Unsettled(
          name: "transfers failed for lack of funds", count: report.failed,
          value: report.failedValue),
        Unsettled(name: "all, at the rates of the start", count: report.count, value: report.value),
        Unsettled(name: "priced at, a part of the cost", value: report.cost),
      ]
    }
  }

  private static let unsettled = RunTable(
    "unsettled", "Never settled",
    note: "Transfers by what their payers give; card payments from the capture on, less what was "
      + "given back. What they are priced at is a part of the cost.",
    zeros: .hideRows, rows: { Unsettled.rows($0.unsettled) },
    columns: [
      .name("name", "never settled", "What is owed") { $0.name },
      .name("currency", "currency", "ISO 4217 code") { $0.value.currency },
      .count("count", "payments", "How many") { $0.count },
      .money("value", "value", "What they are worth") { $0.value },
    ])

  private static let transferTotals = RunTable(
    "transfers", "Transfers from account to account", file: "transfer_totals.csv",
    layout: .record, rows: { [$0.transfers].compactMap(\.self) },
    columns: transferCounts + transferRatios)

  private static let transferCounts: [TableColumn<TransferReport>] = [
    .count("accepted", "accepted", "Transfers taken on") { $0.accepted },
    .count("settled", "settled", "Transfers whose money has arrived") { $0.settled },
    .count("returned", "sent back by the payee", "Transfers that the payee's bank sent back") {
      $0.returned
    },
    .count("reversed", "reversed as a bank failed", "Transfers reversed before they were final") {
      $0.reversed
    },
    .count("cancelled", "cancelled by its bank", "Transfers taken back while they waited") {
      $0.cancelled
    },
    .fault("failed", "failed for lack of funds", "Transfers given back to payers at a close") {
      $0.failed
    },
    .count("rearranged", "arranged anew", "Nettings and wires arranged without a failed bank") {
      $0.rearranged
    },
    .currency { $0.value.currency },
    .money("value", "value settled", "Value of the settled, in the reporting currency") {
      $0.value
    },
    .count("batches", "batches", "Batches planned") { $0.batches },
    .count("volatility_plans", "planned early as rates moved", "Plans made early by rates") {
      $0.volatilityPlans
    },
    .count("wires", "wires", "Wires sent for the batches") { $0.wires },
    .count("deals", "deals with the dealer", "Deals in foreign exchange") { $0.deals },
    .duration("mean_delay_ns", "mean delay by value", "From arrival to settlement, by value") {
      $0.meanDelay
    },
    .count("deadlines_met", "within the latest window", "Settled within their latest window") {
      $0.deadlinesMet
    },
    .fault("deadlines_missed", "after the latest window", "Settled after their latest window") {
      $0.deadlinesMissed
    },
    .count(
      "deadlines_unmeetable", "of these, came after the cut-off",
      "Of the late, those that came after the customers' cut-off, when no rule could meet it"
    ) { $0.deadlinesMissed == 0 ? nil : $0.deadlinesUnmeetable },
  ]

  private static let transferRatios: [TableColumn<TransferReport>] = [
    .ratio(
      "delay_ratio", "delay from arrival, of the longest possible",
      "Delay by value as a part of waiting until the last transfer is due"
    ) { $0.delayRatio },
    .ratio(
      "relative_liquidity", "liquidity of the whole run, 0 % net, 100 % on arrival",
      "Where the liquidity used over the whole run lies between net at the end and on arrival"
    ) { $0.relativeLiquidity },
    .ratio("realised_efficiency", "saved by netting", "1 - money moved / value settled") {
      $0.realisedEfficiency
    },
    .ratio("bilateral_potential", "could be saved bilaterally", "1 - net / gross over pairs") {
      $0.bilateralPotential
    },
    .ratio("multilateral_potential", "could be saved multilaterally", "1 - net / gross of all") {
      $0.multilateralPotential
    },
  ]

  private static let schedule = RunTable(
    "schedule", "Scheduled changes",
    note: "What entries of `interbank.schedule` did at their instants. Less than was asked for is "
      + "done where money is not there, or collateral is drawn on, of which is shown what is lent.",
    zeros: .show, prominence: .detail, limit: .init(20), rows: \.schedule,
    columns: [
      .count("entry", "entry", "Number of the entry, from 1") { $0.entry },
      .duration("at_ns", "at", "From the start of the run") { $0.at },
      .name("action", "action", "What was done") { $0.action },
      .name("bank", "bank", "Whose payments, account or terms") { $0.bank },
      .text("counterparty", "to", "The bank that is paid, if only payments to it are meant") {
        $0.counterparty
      },
      .count("payments", "payments", "Waiting payments that it concerned") { $0.payments },
      .currency { $0.currency },
      .money("asked", "asked for", "The amount that was asked for") { $0.asked },
      .money("applied", "done", "The amount that took effect") { $0.applied },
    ])

  private static let failures = RunTable(
    "failures", "Failed banks",
    note: "Reversed are transfers that were not final, returned those that were final and are "
      + "answered by a payment back, refused later orders; each is a notice to the other bank.",
    rows: { $0.transfers?.failures ?? [] },
    columns: [
      .name("bank", "failed bank", "The bank") { $0.bank },
      .duration("at_ns", "at", "When it failed, from the start of the run") { $0.at },
      .currency { $0.reversedValue.currency },
      .count("reversed", "reversed", "Transfers reversed before they were final") { $0.reversed },
      .money("reversed_value", "value", "Their value") { $0.reversedValue },
      .count("returned", "returned", "Final transfers answered by a payment back") { $0.returned },
      .money("returned_value", "value", "Their value") { $0.returnedValue },
      .count("refused", "refused", "Later orders reversed at once") { $0.refused },
      .money("refused_value", "value", "Their value") { $0.refusedValue },
      .count("notices", "notices", "Notices to the banks on the other side") { $0.notices },
    ])
}
