import Text

extension ReportTables {
  static func acquirers(_ result: RunResult) -> ReportTable {
    ReportTable(
      "acquirers", "Acquirers",
      columns: "acquirer|#calls|#approved|#declined|#unavailable|#late|#breaker|#failover",
      rows: result.acquirers.filter { $0.calls > 0 }.map { row in
        let figures = [
          row.calls, row.approved, row.declined, row.unavailable, row.late, row.breakerOpens,
          row.failovers,
        ]
        return [.name(row.name)] + figures.map(ReportTable.Cell.count)
      })
  }

  static func merchants(_ result: RunResult) -> ReportTable {
    ReportTable(
      "merchants", "Largest merchants", columns: "merchant|#payments|#captured|#settled",
      rows: result.topMerchants.filter { $0.payments > 0 }.prefix(10).map { row in
        [.name(row.name), .count(row.payments), .money(row.captured), .money(row.settled)]
      })
  }

  /// The bus and the ledger in one table of findings.
  static func checks(_ result: RunResult) -> ReportTable {
    let bus = result.bus
    let ledger = result.ledger
    let lag: ReportTable.Cell =
      bus.maximumLag > bus.pageLag
      ? ReportTable.Cell("✗ PAGE", .bad)
      : bus.maximumLag > bus.alertLag
        ? ReportTable.Cell("✗ ALERT", .bad) : ReportTable.Cell("✓ ok", .good)
    // Without card payments the bus carries nothing, and the cells' ledgers have nothing to post.
    let isIdle = result.hasOnlyTransfers && bus.maximumLag == 0 && ledger.transfers == 0
    let limits = "alert \(grouped(bus.alertLag)), page \(grouped(bus.pageLag))"
    return ReportTable(
      "checks", "Bus and ledger", columns: "check|#value|finding",
      rows: isIdle
        ? []
        : [
          [
            ReportTable.Cell("largest lag of a partition (\(limits))"), .count(bus.maximumLag), lag,
          ],
          [
            "transfers posted, debits equal credits", .count(ledger.transfers),
            .verdict(ledger.isBalanced, bad: "UNBALANCED"),
          ],
          [
            "windows checked, clearing zero at rest", .count(ledger.windowsChecked),
            .verdict(ledger.isClearingZero, bad: "NOT ZERO"),
          ],
        ])
  }

  static func reconciliation(_ result: RunResult) -> ReportTable {
    let isEmpty = result.reconciliation.allSatisfy { $0.lines == 0 }
    return ReportTable(
      "reconciliation", "Reconciliation", columns: "phase|#lines|#matched|#exceptions",
      rows: (isEmpty ? [] : result.reconciliation).map { row in
        [.name(row.phase), .count(row.lines), .count(row.matched), .fault(row.exceptions)]
      })
  }

  static func objectives(_ result: RunResult) -> ReportTable {
    let isEmpty = result.objectives.allSatisfy { $0.actual == nil }
    return ReportTable(
      "objectives", "Service levels", note: "Reported always; they fail no run by themselves.",
      columns: "objective|#target|#actual|result",
      rows: (isEmpty ? [] : result.objectives).map { row in
        let target = row.comparison.rawValue + " " + HumanFormat.quantity(row.target)
        let actual = row.actual.map(HumanFormat.quantity) ?? "–"
        return [
          .name(row.name), ReportTable.Cell(target), ReportTable.Cell(actual), .verdict(row.isMet),
        ]
      })
  }

  static func thresholds(_ result: RunResult) -> ReportTable {
    ReportTable(
      "thresholds", "Thresholds", note: "Set by the scenario; one missed fails the run.",
      columns: "threshold|#expected|#actual|#margin|result",
      rows: result.thresholds.map { row in
        [
          .name(row.text), ReportTable.Cell(HumanFormat.quantity(row.expected)),
          ReportTable.Cell(HumanFormat.quantity(row.actual)),
          ReportTable.Cell(HumanFormat.quantity(row.margin)), .verdict(row.isPassed),
        ]
      })
  }

  static func invariants(_ result: RunResult) -> ReportTable {
    ReportTable(
      "invariants", "Invariants", columns: "invariant|#checks|#breaches|result",
      rows: result.invariants.map { row in
        [
          .name(row.name), .count(row.checks), .fault(row.breaches),
          .verdict(row.checks == 0 ? nil : row.breaches == 0, bad: "BROKEN"),
        ]
      })
  }
}
