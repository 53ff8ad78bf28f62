import Measurement
import Text

/// What happened while payments came: percentiles, refusals and lag over time before totals.
struct ArrivalCharts {
  private let series: ArrivalSeries
  private let bands: [FaultBand]

  /// Nil where no payment was asked for.
  init?(_ result: RunResult) {
    guard let series = result.arrivals, !series.isEmpty else { return nil }
    self.series = series
    bands = FaultBand.all(result)
  }

  /// Most acquirers that have panels, those with the most calls.
  private static let maximumAcquirers = 6
  /// Most partitions that have a curve.
  private static let maximumPartitions = 5
  /// A lag (records) up to which there is nothing to see: records on their way.
  private static let unremarkableLag = 2

  /// The sections, in order of reading.
  func sections() -> [PageSection] {
    let panels =
      latency("authorization", "Authorisation latency", .large)
      + HTMLReport.grid(
        [payments(), latency("acceptance", "Acceptance latency", .small), refusals(), declines()]
          .filter { !$0.isEmpty })
      + lag()
    let first = PageSection(
      id: "arrivals", title: "While payments came",
      content: note + panels + PageSection.folded("Figures over time", HTMLReport.html(table())))
    let acquirers = acquirerPanels()
    guard !acquirers.isEmpty else { return [first] }
    return [
      first,
      PageSection(
        id: "acquirers-over-time", title: "Acquirers over time",
        content: HTMLReport.grid(acquirers)
          + PageSection.folded("Figures over time", HTMLReport.html(acquirerTable()))),
    ]
  }

  private var note: String {
    let counts = Rate.words(series.counts.slotLength)
    let latencies = Rate.words(latencyLength)
    let error = HumanFormat.percent(series.latencies.map(\.slots.relativeError).max() ?? 0)
    return "<p class=\"note\">Counts in slots of \(counts), percentiles in slots of \(latencies); "
      + "a percentile is within \(error) of its exact value. All of them are in "
      + "\(SeriesFile.name); curves of more points than fit keep the smallest and the largest of "
      + "what they leave out.</p>\n"
  }

  /// What panels show: until the last request came, and on to the end of the work on payments where
  /// that took much longer.
  private var range: Range<Int64> {
    let last = series.counts.values(column("requests")).lastIndex { $0 > 0 } ?? 0
    let arrivals = Int64(last + 1) * series.counts.slotLength
    return 0..<(Double(series.end) > Double(arrivals) * 1.02 ? series.end : arrivals)
  }

  /// All of it.
  private var whole: Range<Int64> { 0..<series.end }

  private var latencyLength: Int64 { series.latencies.map(\.slots.slotLength).max() ?? 1 }

  // MARK: panels

  private func payments() -> String {
    let rate = Rate(of: series.counts, [column("requests")])
    return LineChart(
      id: "arrivals-payments", title: "Payments", unit: rate.unit,
      lines: [
        LineChart.Line(
          name: "accepted", runs: [rate.points(column("answer_202_accepted"))], colour: 1,
          isArea: true)
      ], range: range, bands: bands
    ).render()
  }

  /// p50, p95 and p99 of the latency called `name`.
  private func latency(_ name: String, _ title: String, _ size: LineChart.Size) -> String {
    guard let latency = series.latencies.first(where: { $0.name == name }) else { return "" }
    let chart = LatencyCurves(latency.slots, range)
    guard !chart.isEmpty else { return "" }
    return LineChart(
      id: "arrivals-\(name)", title: title, unit: chart.unit, lines: chart.lines, range: range,
      bands: bands,
      size: size
    ).render()
  }

  /// What the gateway did not accept, by its answer.
  private func refusals() -> String {
    let columns = series.counts.columns.indices.filter {
      let name = series.counts.columns[$0].name
      return name.hasPrefix("answer_") && name != "answer_202_accepted"
        && series.counts.values($0).contains { $0 > 0 }
    }
    guard !columns.isEmpty else { return "" }
    let rate = Rate(of: series.counts, columns)
    return LineChart(
      id: "arrivals-refusals", title: "Requests not accepted", unit: rate.unit,
      lines: columns.enumerated().map { index, column in
        LineChart.Line(
          name: Self.words(series.counts.columns[column].name.dropFirst("answer_".count)),
          runs: [rate.points(column)], colour: index + 1)
      }, range: range, bands: bands
    ).render()
  }

  /// The part of decided payments that was declined.
  private func declines() -> String {
    let (declined, authorized) = (column("declined"), column("authorized"))
    let counts = series.counts
    guard counts.values(declined).contains(where: { $0 > 0 }) else { return "" }
    let fold = Rate.fold(counts, [authorized], events: 200)
    let length = counts.slotLength
    // A share of a handful, where others are of hundreds, says nothing.
    let decided = (counts.values(declined) + counts.values(authorized)).reduce(0, +)
    let fewest = max(1, decided * fold / counts.slotCount / 10)
    let shares = stride(from: 0, to: counts.slotCount, by: fold).map { first -> Double? in
      let slots = first..<min(first + fold, counts.slotCount)
      let no = slots.reduce(0) { $0 + counts.value(declined, slot: $1) }
      let all = slots.reduce(no) { $0 + counts.value(authorized, slot: $1) }
      return all >= fewest ? Double(no) / Double(all) * 100 : nil
    }
    let step = Rate.words(length * Int64(fold))
    return LineChart(
      id: "arrivals-declines", title: "Declined", unit: "% of decided payments, by \(step)",
      lines: [
        LineChart.Line(name: "declined", runs: Rate.runs(shares, length * Int64(fold)), colour: 5)
      ],
      range: range, bands: bands
    ).render()
  }

  /// The partitions that were furthest behind.
  private func lag() -> String {
    guard let lag = series.lag else { return "" }
    let worst = series.worstPartitions(Self.maximumPartitions)
      .filter { column in lag.values(column).contains { $0 > 0 } }
    guard let peak = worst.first.flatMap({ lag.values($0).max() }) else { return "" }
    guard peak > Self.unremarkableLag else {
      let records = peak == 1 ? "1 record" : "\(peak) records"
      return "<p class=\"note\">The bus kept up: no partition was ever more than \(records) "
        + "behind.</p>\n"
    }
    let lines = worst.enumerated().map { index, column in
      LineChart.Line(
        name: "partition \(series.partitions[column])",
        runs: [Rate.steps(lag.values(column).map(Double.init), lag.slotLength)], colour: index + 1)
    }
    let left = lag.columns.count - worst.count
    return LineChart(
      id: "arrivals-lag", title: "Lag of the bus", unit: "records, largest in each slot",
      lines: lines, range: range, bands: bands, size: .large,
      note: left > 0 ? "The \(worst.count) partitions with the largest lag." : ""
    ).render()
  }

  /// For each acquirer its calls and its latency.
  private func acquirerPanels() -> [String] {
    acquirers.prefix(Self.maximumAcquirers).enumerated().map { index, name in
      let calls = column("calls_\(name)")
      let failed = column("failed_\(name)")
      let rate = Rate(of: series.counts, [calls])
      var lines = [
        LineChart.Line(name: "calls", runs: [rate.points(calls)], colour: 1, isArea: true)
      ]
      if series.counts.values(failed).contains(where: { $0 > 0 }) {
        lines.append(LineChart.Line(name: "failed", runs: [rate.points(failed)], colour: 5))
      }
      let label = SVGCanvas.shortened(visible(name), 60)
      let chart = LineChart(
        id: "acquirer-\(index)-calls", title: "\(label): calls", unit: rate.unit, lines: lines,
        range: range, bands: bands)
      guard let slots = series.latencies.first(where: { $0.name == "acquirer_\(name)" })?.slots
      else { return chart.render() }
      let curves = LatencyCurves(slots, range)
      guard !curves.isEmpty else { return chart.render() }
      return chart.render()
        + LineChart(
          id: "acquirer-\(index)-latency", title: "\(label): call to answer", unit: curves.unit,
          lines: curves.lines, range: range, bands: bands
        ).render()
    }
  }

  /// Names of the acquirers that were called, those with the most calls first.
  private var acquirers: [String] {
    let counts = series.counts
    return counts.columns.indices.filter { counts.columns[$0].name.hasPrefix("calls_") }
      .map { (place: $0, calls: counts.values($0).reduce(0, +)) }
      .filter { $0.calls > 0 }
      .sorted { ($1.calls, $0.place) < ($0.calls, $1.place) }
      .map { String(counts.columns[$0.place].name.dropFirst("calls_".count)) }
  }

  private func column(_ name: String) -> Int { series.counts.index(of: name) ?? 0 }

  private static func words(_ name: Substring) -> String {
    name.split(separator: "_").joined(separator: " ")
  }
}

// MARK: - Tables

extension ArrivalCharts {
  /// Rows of a table over time, at most.
  private static let maximumRows = 24

  /// Stretches of about the same length, of whole slots of percentiles.
  private var stretches: [Range<Int64>] {
    let slots = (series.end + latencyLength - 1) / latencyLength
    let fold = (slots + Int64(Self.maximumRows) - 1) / Int64(Self.maximumRows) * latencyLength
    return stride(from: 0, to: series.end, by: Int64.Stride(fold)).map { start in
      start..<min(start + fold, series.end)
    }
  }

  private func sum(_ column: Int, _ stretch: Range<Int64>) -> Int {
    let length = series.counts.slotLength
    return (Int(stretch.lowerBound / length)..<Int(stretch.upperBound / length)).reduce(0) {
      $0 + series.counts.value(column, slot: $1)
    }
  }

  private func percentiles(_ slots: LatencySlots, _ stretch: Range<Int64>) -> [ReportTable.Cell] {
    let length = slots.slotLength
    let range = Int(stretch.lowerBound / length)..<Int((stretch.upperBound + length - 1) / length)
    guard let found = slots.quantiles(SeriesFile.shares.map(\.share), range) else {
      return SeriesFile.shares.map { _ in ReportTable.Cell("", .muted) }
    }
    return found.map { ReportTable.Cell(HumanFormat.duration($0)) }
  }

  /// Counts and percentiles, and in the last row the counts of the run.
  private func table() -> ReportTable {
    let columns = ["requests", "answer_202_accepted", "authorized", "declined"].map(column)
    func counts(_ stretch: Range<Int64>) -> [ReportTable.Cell] {
      let values = columns.map { sum($0, stretch) }
      return [values[0], values[1], values[2], values[3]].map(ReportTable.Cell.count)
    }
    let authorization = series.latencies.first { $0.name == "authorization" }?.slots
    var rows = stretches.map { stretch in
      [ReportTable.Cell(TimeAxis.label(stretch.lowerBound))] + counts(stretch)
        + percentiles(authorization ?? LatencySlots(), stretch)
    }
    rows.append(
      [ReportTable.Cell("all", .strong)] + counts(whole)
        + SeriesFile.shares.map { _ in ReportTable.Cell("", .muted) })
    return ReportTable(
      "arrivals", "",
      columns:
        "from|#requests|#accepted|#authorised|#declined|#p50|#p95|#p99", rows: rows)
  }

  /// Calls by acquirer and how they ended.
  private func acquirerTable() -> ReportTable {
    let names = acquirers.prefix(Self.maximumAcquirers)
    var rows: [[ReportTable.Cell]] = []
    for stretch in stretches + [whole] {
      let isAll = stretch == whole && stretches.count > 1
      for name in names {
        let counts = ["calls", "approved", "declined", "failed"].map {
          ReportTable.Cell.count(sum(column("\($0)_\(name)"), stretch))
        }
        let slots = series.latencies.first { $0.name == "acquirer_\(name)" }?.slots
        rows.append(
          [
            ReportTable.Cell(isAll ? "all" : TimeAxis.label(stretch.lowerBound)),
            ReportTable.Cell.name(name),
          ] + counts
            + (isAll
              ? SeriesFile.shares.map { _ in ReportTable.Cell("", .muted) }
              : percentiles(slots ?? LatencySlots(), stretch)))
      }
    }
    return ReportTable(
      "acquirers-over-time", "",
      columns: "from|acquirer|#calls|#approved|#declined|#failed|#p50|#p95|#p99", rows: rows)
  }
}
