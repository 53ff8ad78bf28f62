import Text

/// The tables of rails, liquidity, delay and queues.
extension ReportTables {
  static func rails(_ result: RunResult) -> ReportTable {
    ReportTable(
      "rails", "Rails",
      note: "Wires are those of the run's strategy; the rest are orders of "
        + "acquirers, and deals with the dealer. Rerouted are those that went over another rail, "
        + "as the counterparty could not be reached over this one.",
      columns: "rail|currency|#executed|#rerouted|#wires|#discounted|#wire price|#discount"
        + "|#operator",
      rows: result.rails.filter { $0.instructions + $0.rerouted > 0 }.map { row in
        [
          .name(row.name), .name(row.currency), .count(row.instructions),
          .count(row.rerouted), .count(row.wires), .count(row.discounted), .digits(row.wireCost),
          .digits(row.discount),
          .digits(row.operatorFees),
        ]
      })
  }

  static func liquidity(_ result: RunResult) -> ReportTable {
    ReportTable(
      "liquidity", "Liquidity",
      note: "Of the day that used most: what participants had to put up at most, beside the least "
        + "that any order needs and what settling on arrival takes. Waiting can take more than "
        + "that: then relative usage is above 100 %. Of wires, after batching: strategies are "
        + "compared by the figures of transfers.",
      columns: "system|mode|#usage|#lower bound|#upper bound|#relative|#turnover|#bilateral net"
        + "|#multilateral net",
      rows: settling(result).map { row in
        [
          .name(row.currency), .name(row.mode), amount(row.usage, row),
          amount(row.lowerBound, row), amount(row.upperBound, row), percent(row.relativeUsage),
          number(row.turnoverRatio), percent(row.bilateralEfficiency),
          percent(row.multilateralEfficiency),
        ]
      })
  }

  static func delays(_ result: RunResult) -> ReportTable {
    ReportTable(
      "delays", "Delay of wires",
      note: "From submission to settlement, weighted by value; the ratio is a part of the longest "
        + "possible.",
      columns: "system|#settled|#delay ratio|#mean delay|#p50|#p95|#p99",
      rows: settling(result).map { row in
        [
          .name(row.currency), .count(row.settled), percent(row.delayRatio),
          .duration(row.meanDelay),
        ] + row.delayQuantiles.map { .duration($0) }
      })
  }

  static func queues(_ result: RunResult) -> ReportTable {
    ReportTable(
      "queues", "Queues", note: "Averages are over the time in which the system was open.",
      columns: "system|#most|#average|#most value|#average value|#unsettled|#gridlock|#deadlock",
      rows: settling(result).map { row in
        [
          .name(row.currency), .count(row.largestQueue), number(row.averageQueue),
          amount(row.largestQueueValue, row), amount(row.averageQueueValue, row),
          amount(row.unsettledAtClose, row), .duration(row.gridlockTime),
          .duration(row.deadlockTime),
        ]
      })
  }

  static func mechanisms(_ result: RunResult) -> ReportTable {
    ReportTable(
      "mechanisms", "Settled by mechanism", columns: "system|mechanism|#payments|#value|#share",
      rows: settling(result).flatMap { system in
        system.mechanisms.filter { $0.count > 0 }.map { row in
          [
            .name(system.currency), .name(row.name), .count(row.count), .digits(row.value),
            ReportTable.Cell(HumanFormat.percent(row.share)),
          ]
        }
      })
  }

  static func monitoring(_ result: RunResult) -> ReportTable {
    ReportTable(
      "monitoring", "Intraday liquidity, BCBS 248",
      note: "Daily maximum usage: the three largest days and the average.",
      columns: "system|#largest|#second|#third|#average|#available at start|#peak credit"
        + "|#deadlines met",
      rows: settling(result).map { row in
        let largest = (0..<3).map { index in
          index < row.largestDailyUsages.count
            ? amount(row.largestDailyUsages[index], row) : ReportTable.Cell("–", .muted)
        }
        return [.name(row.currency)] + largest + [
          amount(row.averageDailyUsage, row), amount(row.availableAtStart, row),
          amount(row.peakCredit, row), met(row.deadlinesMet, of: row.deadlines),
        ]
      })
  }

  static func banks(_ result: RunResult) -> ReportTable {
    ReportTable(
      "banks", "Intraday liquidity of banks, BCBS 248",
      note:
        "The \(banksShown) banks of each currency that used most. Usage, sent and received of the "
        + "day with most, available at the start of the day with least; banks.csv has all of it.",
      columns: "bank|currency|#usage|#average|#available|#sent|#received|#deadlines met"
        + "|#correspondent|#peak credit",
      rows: result.systems.flatMap { largest(result.banks, $0.currency) }.map { row in
        func amount(_ minorUnits: Int64?) -> ReportTable.Cell {
          minorUnits.map { ReportTable.Cell(grouped(Int128($0), decimals: row.decimals)) }
            ?? ReportTable.Cell("–", .muted)
        }
        return [
          .name(row.bank), .name(row.currency), amount(row.usages.first),
          amount(row.averageUsage), amount(row.available.first), amount(row.largestSent),
          amount(row.largestReceived), met(row.timedMet, of: row.timed),
          amount(row.correspondentValue), amount(row.peakCredit),
        ]
      })
  }

  private static let banksShown = 10

  /// The banks that used most of a currency, the largest first.
  private static func largest(_ banks: [BankRow], _ currency: String) -> [BankRow] {
    let rows = banks.filter { $0.currency == currency }.enumerated().sorted {
      ($1.element.usages.first ?? 0, $0.offset) < ($0.element.usages.first ?? 0, $1.offset)
    }
    return rows.prefix(banksShown).map(\.element)
  }

  private static func met(_ count: Int, of all: Int) -> ReportTable.Cell {
    all == 0
      ? ReportTable.Cell("–", .muted) : ReportTable.Cell("\(grouped(count)) of \(grouped(all))")
  }

  static func transfers(_ result: RunResult) -> ReportTable {
    guard let row = result.transfers else {
      return ReportTable("transfers", "Transfers", columns: "transfers|#value", rows: [])
    }
    return ReportTable(
      "transfers", "Transfers from account to account", columns: "transfers|#value",
      rows: [
        ["accepted", .count(row.accepted)], ["settled", .count(row.settled)],
        ["sent back by the payee", .count(row.returned)],
        ["reversed as a bank failed", .count(row.reversed)], ["value settled", .money(row.value)],
        ["batches", .count(row.batches)],
        ["planned early as rates moved", .count(row.volatilityPlans)],
        ["wires", .count(row.wires)],
        ["deals with the dealer", .count(row.deals)],
        ["mean delay by value", .duration(row.meanDelay)],
        ["within the latest window", .count(row.deadlinesMet)],
        ["after the latest window", .fault(row.deadlinesMissed)],
        ["delay from arrival, of the longest possible", percent(row.delayRatio)],
        ["liquidity, 0 % net at the end, 100 % on arrival", percent(row.relativeLiquidity)],
        ["saved by netting", percent(row.realisedEfficiency)],
        ["could be saved bilaterally", percent(row.bilateralPotential)],
        ["could be saved multilaterally", percent(row.multilateralPotential)],
      ])
  }

  static func failures(_ result: RunResult) -> ReportTable {
    ReportTable(
      "failures", "Failed banks",
      note: "Reversed are transfers that were not final, returned those that were final and are "
        + "answered by a payment back, refused later orders; each is a notice to the other bank.",
      columns: "failed bank|#at|#reversed|#value|#returned|#value|#refused|#value|#notices",
      rows: (result.transfers?.failures ?? []).map { row in
        [
          .name(row.bank), .duration(row.at), .count(row.reversed), .digits(row.reversedValue),
          .count(row.returned), .digits(row.returnedValue), .count(row.refused),
          .digits(row.refusedValue), .count(row.notices),
        ]
      })
  }

  static func planning(_ result: RunResult) -> ReportTable {
    guard let report = result.planning, report.plans > 0 else {
      return ReportTable("planning", "Optimiser", columns: "optimiser|#value", rows: [])
    }
    var rows: [[ReportTable.Cell]] = [["plans", .count(report.plans)]]
    rows += report.methods.map { [.name("by " + $0.name), .count($0.count)] }
    rows += [
      ["mean gap to the linear bound", percent(report.meanGap)],
      ["largest gap", percent(report.largestGap)],
      ["linear programs solved", .count(report.solves)],
    ]
    rows += report.fallbacks.map { [.name($0.name), .fault($0.count)] }
    return ReportTable("planning", "Optimiser", columns: "optimiser|#value", rows: rows)
  }

  /// Systems that had something to settle.
  private static func settling(_ result: RunResult) -> [SystemReport] {
    result.systems.filter { $0.submitted > 0 }
  }

  private static func amount(_ minorUnits: Int64, _ row: SystemReport) -> ReportTable.Cell {
    ReportTable.Cell(grouped(Int128(minorUnits), decimals: row.decimals))
  }

  private static func percent(_ ratio: Double?) -> ReportTable.Cell {
    ratio.map { ReportTable.Cell(HumanFormat.percent($0)) } ?? ReportTable.Cell("–", .muted)
  }

  private static func number(_ value: Double?) -> ReportTable.Cell {
    value.map { ReportTable.Cell(grouped($0, decimals: 1)) } ?? ReportTable.Cell("–", .muted)
  }
}
