import Declared

/// What was checked, and what was judged.
extension RunTables {
  static let checks = [findings, reconciliation]
  static let judgements = [levels, thresholds, invariants]

  /// A check of bus or ledger.
  private struct Finding {
    var name: String
    var value: Int
    var alert: Int?
    var page: Int?
    var isGood: Bool
  }

  private static let findings = RunTable(
    "checks", "Bus and ledger",
    rows: { result -> [Finding] in
      let bus = result.bus
      let ledger = result.ledger
      // Without card payments the bus carries nothing, and the cells' ledgers have nothing to post.
      if result.hasOnlyTransfers && bus.maximumLag == 0 && ledger.transfers == 0 { return [] }
      return [
        Finding(
          name: "largest lag of a partition of the bus", value: bus.maximumLag,
          alert: bus.alertLag, page: bus.pageLag, isGood: bus.maximumLag <= bus.alertLag),
        Finding(
          name: "transfers posted, debits equal credits", value: ledger.transfers,
          isGood: ledger.isBalanced),
        Finding(
          name: "windows checked, clearing zero at rest", value: ledger.windowsChecked,
          isGood: ledger.isClearingZero),
      ]
    },
    columns: [
      .name("name", "check", "What is checked") { $0.name },
      .count("value", "value", "What was counted") { $0.value },
      TableColumn.count("alert", "alert above", "Above it operations are alerted") { $0.alert }
        .detail,
      TableColumn.count("page", "page above", "Above it operations are paged") { $0.page }.detail,
      .verdict("ok", "finding", bad: "NOT OK", "Whether all is well") { $0.isGood },
    ])

  private static let reconciliation = RunTable(
    "reconciliation", "Reconciliation", zeros: .hideTable, rows: \.reconciliation,
    columns: [
      .name("phase", "phase", "What was compared") { $0.phase },
      .count("lines", "lines", "Lines it looked at") { $0.lines },
      .count("matched", "matched", "Lines it matched") { $0.matched },
      .fault("exceptions", "exceptions", "Lines it gave up on") { $0.exceptions },
    ])

  private static let levels = RunTable(
    "levels", "Service levels",
    note: "Shown always, judged where the run offered what the level is about; "
      + "`gate: levels` lets one missed fail the run.",
    rows: { result in result.levels.contains { $0.actual != nil } ? result.levels : [] },
    columns: [
      .name("name", "level", "What is promised") { $0.name },
      TableColumn.text("comparison", "must be", "How the actual value must relate to the target") {
        $0.comparison.rawValue
      }.shown(in: "target"),
      TableColumn("target", "target", .measure(unit: "unit"), "The promised value") { row in
        TableCell(
          row.target.cell,
          label: row.comparison.rawValue + " " + HumanFormat.quantity(row.target))
      },
      .quantity("actual", "actual", in: "unit", "The measured value") { $0.actual },
      .unit(of: "actual") { $0.target },
      TableColumn.text("condition", "judged if", "What the run must have offered") {
        $0.condition
      }.detail,
      TableColumn(
        "met", "result", .verdict(good: "ok", bad: "MISSED"),
        "Whether it was met; empty where not judged", judgement),
    ])

  private static let judgement: @Sendable (LevelRow) -> TableCell = { row in
    guard row.isMet == nil, row.actual != nil else { return TableCell(.verdict(row.isMet)) }
    return TableCell(.verdict(nil), label: "– not offered")
  }

  private static let thresholds = RunTable(
    "thresholds", "Thresholds", note: "Set by the scenario; one missed fails the run.",
    zeros: .show, rows: \.thresholds,
    columns: [
      .name("text", "threshold", "The threshold as the scenario writes it") { $0.text },
      .quantity("expected", "expected", in: "unit", "The value asked for") { $0.expected },
      .quantity("actual", "actual", in: "unit", "The value measured") { $0.actual },
      .quantity("margin", "margin", in: "unit", "How far inside; below zero when missed") {
        $0.margin
      },
      .unit(of: "actual") { $0.expected },
      .verdict("passed", "result", "Whether it held") { $0.isPassed },
    ])

  private static let invariants = RunTable(
    "invariants", "Invariants", zeros: .show, prominence: .faults, rows: \.invariants,
    columns: [
      .name("name", "invariant", "What must never break") { $0.name },
      .count("checks", "checks", "How often it was checked") { $0.checks },
      .fault("breaches", "breaches", "How often it was broken") { $0.breaches },
      .verdict("held", "result", bad: "BROKEN", "Whether it held; empty where never checked") {
        $0.checks == 0 ? nil : $0.breaches == 0
      },
    ])

  /// A figure with what is known of it; without a value where the run has no samples.
  private struct Metric {
    var name: String
    var value: Double?
    var declaration: FigureDeclaration?
    var unit: String

    static func all(_ result: RunResult) -> [Metric] {
      let declared = result.figures.map { figure in
        let currency = figure.unit == .money ? result.reportingCurrency : nil
        return Metric(
          name: figure.name, value: result.metrics[figure.name], declaration: figure,
          unit: currency ?? figure.unit.rawValue)
      }
      let names = Set(result.figures.map(\.name))
      let others = result.sortedMetrics.filter { !names.contains($0.name) }
      return declared + others.map { Metric(name: $0.name, value: $0.value, unit: "") }
    }
  }

  static let metrics = RunTable(
    "metrics", "Metrics", note: "All that thresholds may name: list metrics says what they mean.",
    layout: .dictionary, zeros: .hideRows, prominence: .detail, rows: Metric.all,
    columns: [
      .name("name", "metric", "The metric") { $0.name },
      .number("value", "value", "Its value; durations in ns, ratios of 1, money in major units") {
        $0.value
      },
      TableColumn.text("unit", "unit", "What it is measured in; a currency for money") { $0.unit }
        .detail,
      TableColumn.text("direction", "better", "Which way is the good one") {
        $0.declaration?.direction.rawValue ?? ""
      }.detail,
      TableColumn.text("meaning", "meaning", "What it stands for") {
        $0.declaration?.meaning ?? ""
      }
      .detail,
    ])
}
