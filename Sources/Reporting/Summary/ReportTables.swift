import Text

/// The tables of a result, one function each.
enum ReportTables {
  /// All tables that have rows, in reading order.
  static func all(_ result: RunResult) -> [ReportTable] {
    [
      funnel(result), endStates(result), latencies(result), throughput(result),
      strategies(result), components(result), infrastructure(result), rails(result),
      transfers(result), planning(result), liquidity(result), delays(result), queues(result),
      mechanisms(result), monitoring(result), banks(result), money(result),
      acquirers(result), merchants(result), checks(result), reconciliation(result),
      objectives(result),
      thresholds(result), invariants(result),
    ].filter { !$0.isEmpty }
  }

  static func funnel(_ result: RunResult) -> ReportTable {
    let first = result.steps.first?.count ?? 0
    return ReportTable(
      "steps", "Steps of a payment", columns: "step|#payments|#of the first",
      rows: (first == 0 ? [] : result.steps).map { step in
        [.name(step.name), .count(step.count), ReportTable.Cell(share(step.count, of: first))]
      })
  }

  static func endStates(_ result: RunResult) -> ReportTable {
    let accepted = result.endStates.reduce(0) { $0 + $1.count }
    let isEmpty = (result.endStates + result.refusals).allSatisfy { $0.count == 0 }
    return ReportTable(
      "end-states", "How payments ended", columns: "outcome|#payments|#of accepted",
      rows: isEmpty
        ? []
        : result.endStates.map { state in
          [
            .name(state.name), .count(state.count),
            ReportTable.Cell(share(state.count, of: accepted)),
          ]
        }
          + result.refusals.map { refusal in
            [
              .name("refused: " + refusal.name), .count(refusal.count),
              ReportTable.Cell("", .muted),
            ]
          })
  }

  static func latencies(_ result: RunResult) -> ReportTable {
    ReportTable(
      "latencies", "Latency", note: "Virtual time.",
      columns: "latency|#count|#mean|#p50|#p95|#p99|#p99.9|#max",
      rows: result.latencies.map { row in
        let figures = [row.mean, row.p50, row.p95, row.p99, row.p999, row.max]
        return [.name(row.name), .count(row.count)]
          + figures.map { row.count == 0 ? ReportTable.Cell("–", .muted) : .duration($0) }
      })
  }

  static func throughput(_ result: RunResult) -> ReportTable {
    var figures = result.hasOnlyTransfers ? [] : result.throughput
    if let transfers = result.transfers, transfers.accepted > 0 {
      figures.append(
        Figure("transfers", Quantity(transfers.acceptedPerSecond, .perSecond)))
    }
    return ReportTable(
      "throughput", "Throughput", note: "Over virtual time.", columns: "rate|#value",
      rows: figures.map { figure in
        [.name(figure.name), ReportTable.Cell(HumanFormat.quantity(figure.quantity))]
      })
  }

  static func strategies(_ result: RunResult) -> ReportTable {
    let currency = result.strategies.first.map { visible($0.totalCost.currency) } ?? ""
    return ReportTable(
      "strategies", "Cost by strategy, wires and FX, \(currency)",
      note: "Shadow prices: what each strategy costs on this run's obligations, computed after the "
        + "fact; one that has none is shown as simulated; " + savingsCaption(result) + ".",
      columns: "strategy|#wires|#wire cost|#FX cost|#total cost|#savings",
      rows: result.strategies.map { row in
        let simulated = row.isSimulated ? ", simulated" : ""
        let name = visible(row.label) + (row.isChosen ? " ★" : "") + simulated
        let savings = row.savingsRatio.map(HumanFormat.percent) ?? "–"
        return [
          ReportTable.Cell(name, row.isChosen ? .strong : .plain), .count(row.wires),
          .digits(row.wireCost), .digits(row.fxCost), .digits(row.totalCost),
          ReportTable.Cell(savings, (row.savingsRatio ?? 0) > 0 ? .good : .plain),
        ]
      })
  }

  /// How to read the savings and the star.
  static func savingsCaption(_ result: RunResult) -> String {
    let first = result.strategies.first.map { visible($0.label) } ?? "the first"
    return "savings are against \(first), ★ is the strategy of this run"
  }

  static func components(_ result: RunResult) -> ReportTable {
    var rows: [[ReportTable.Cell]] = result.costComponents.map { component in
      [.name(component.name), .money(component.amount)]
    }
    if let amount = result.costPerPayment {
      rows.append([
        ReportTable.Cell(result.hasOnlyTransfers ? "per transfer" : "per payment", .strong),
        ReportTable.Cell(HumanFormat.money(amount), .strong),
      ])
    }
    if let fees = result.gatewayFees, fees.minorUnits != 0 {
      rows.append(["gateway fees, charged to merchants, no part of the cost", .money(fees)])
    }
    for amount in result.residuals {
      rows.append([
        .name("left by rounding of foreign exchange, \(amount.currency)"), .money(amount),
      ])
    }
    return ReportTable(
      "costs", "Cost of the run as configured", columns: "component|#cost", rows: rows)
  }

  static func infrastructure(_ result: RunResult) -> ReportTable {
    let currency = result.infrastructure.first.map { ", \(visible($0.amount.currency))" } ?? ""
    return ReportTable(
      "infrastructure", "Infrastructure by part\(currency)",
      note: "What switches take off stands below zero; a month has 30 days.",
      columns: "part|#per month|#of the run|#per payment",
      rows: result.infrastructure.map { row in
        [
          .name(row.name), .digits(row.perMonth), .digits(row.amount),
          ReportTable.Cell(row.perPayment.map(HumanFormat.money) ?? "–"),
        ]
      })
  }

  static func money(_ result: RunResult) -> ReportTable {
    ReportTable(
      "money", "Money",
      columns: "currency|#authorised|#captured|#refunded|#settled|#fees",
      rows: result.money.filter { $0.authorized != 0 || $0.captured != 0 || $0.settled != 0 }.map {
        row in
        let figures = [row.authorized, row.captured, row.refunded, row.settled, row.fees]
        return [.name(row.currency)]
          + figures.map { ReportTable.Cell(grouped(Int128($0), decimals: row.decimals)) }
      })
  }

  static func share(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "–" : HumanFormat.percent(Double(part) / Double(whole))
  }
}
