import Host
import Text
import Money

extension LoadedScenario {
  /// Data of a file of daily rates at most, inflated: the full history is 2 MB.
  private static let ratesLimit = 64 << 20

  /// The rates of the run, from its start to the end of `time.drain_limit`; after that the last
  /// ones hold.
  ///
  /// Fixed rates are one step. Reference rates begin a step at 00:00 UTC of each day that the file
  /// lists. A process begins one at each of its days or hours and moves around either.
  ///
  /// - Throws: `.missing` (exit code 66) if the file of reference rates cannot be opened,
  ///   `.invalid` (65) if it lacks the days of the run, both with the place of `fx.ecb.file`;
  ///   `.invalid` with the file's name and row if it is malformed or lacks a currency of
  ///   `fx.usd_per_unit`.
  public func rateSeries() throws(ScenarioError) -> RateSeries {
    let fx = settings.fx
    let table: FXTable
    do throws(FXError) {
      table = try FXTable(
        usdPerUnit: fx.usdPerUnit, spreads: fx.spreads, reportingCurrency: settings.costs.currency)
    } catch {
      throw ScenarioError(
        at: root.position, path: "fx", error.description)
    }
    let currencies = fx.usdPerUnit.map(\.currency).filter { $0 != .usd }.sorted()
    let start = Int64(settings.time.date.dayNumber) * 86_400
    let nanoseconds = [settings.time.duration, settings.time.drainLimit]
      .map { DurationText.nanoseconds(of: $0) }
    let end = start + nanoseconds[0] / 1_000_000_000 + nanoseconds[1] / 1_000_000_000
    var base = RateSeries(
      base: table, currencies: currencies, starts: [start],
      trillionths: currencies.map { table.trillionths(of: $0) })
    if let path = ecbPath {
      base = try daily(path, currencies, start: start, end: end, table)
    }
    guard let process = fx.process else { return base }
    return moving(base, process, from: start, to: end)
  }

  private func daily(
    _ path: String, _ currencies: [Currency], start: Int64, end: Int64, _ table: FXTable
  ) throws(ScenarioError) -> RateSeries {
    let place = position(of: "fx", "ecb", "file")
    var bytes = try rateFile(path, place)
    if GzipInflater.isCompressed(bytes) {
      do throws(GzipError) {
        bytes = try GzipInflater.inflated(bytes, limit: Self.ratesLimit)
      } catch {
        throw ScenarioError(
          at: SourcePosition(origin: .file(path), line: 1, column: 1), path: "fx.ecb.file",
          Self.message(error))
      }
    }
    let rates = try ECBRates(bytes, file: path, place: place)
    let rows = try rates.rows(
      from: CivilDate(dayNumber: Int(start / 86_400)), to: CivilDate(dayNumber: Int(end / 86_400)))
    var trillionths: [Int64] = []
    for row in rows {
      for currency in currencies {
        trillionths.append(try rates.trillionths(of: currency, in: row))
      }
    }
    return RateSeries(
      base: table, currencies: currencies,
      starts: rows.map { max(start, Int64($0.date.dayNumber) * 86_400) }, trillionths: trillionths)
  }

  private static func message(_ error: GzipError) -> String {
    switch error {
    case .unavailable(let version): "zlib \(version) does not start"
    case .altered: "expected gzip data, found altered ones"
    case .trailing: "expected the end of the file after the gzip data"
    case .cutOff: "expected more gzip data; the file is cut off"
    case .tooLarge(let limit): "expected at most \(limit) bytes of data, found more"
    }
  }

  /// The bytes of the file; what keeps it from being read is a problem of the key that names it.
  private func rateFile(
    _ path: String, _ place: SourcePosition
  ) throws(ScenarioError) -> [UInt8] {
    do throws(ScenarioError) {
      return try ScenarioFile.read(path)
    } catch {
      throw ScenarioError(
        kind: error.kind, at: place, path: "fx.ecb.file",
        "expected a file of daily rates, found `\(printable(path, limit: 4_096))`: "
          + "\(error.problems[0].message); give a path that is absolute or relative to the "
          + "scenario file, or leave `fx.ecb` out for fixed rates")
    }
  }

  /// `base` times the factors of the process, kept within the rates that a table takes.
  private func moving(
    _ base: RateSeries, _ process: FXProcess, from start: Int64, to end: Int64
  ) -> RateSeries {
    let starts = Array(stride(from: start, through: end, by: Int(process.step.seconds)))
    var processes = base.currencies.map { currency in
      process.volatility.first { $0.currency == currency }.map {
        RateProcess(
          process, seed: settings.seed, currency: currency, volatility: $0.perYear)
      }
    }
    var trillionths: [Int64] = []
    trillionths.reserveCapacity(starts.count * processes.count)
    let range = FXTable.trillionthsRange
    for second in starts {
      let table = base.table(atUTC: second)
      for (index, currency) in base.currencies.enumerated() {
        let mid = table.trillionths(of: currency)
        let factor = second == start ? 1 : processes[index]?.next() ?? 1
        let moved = (Double(mid) * factor).rounded()
        trillionths.append(
          factor == 1
            ? mid
            : moved >= Double(range.upperBound)
              ? range.upperBound : max(range.lowerBound, Int64(moved)))
      }
    }
    return RateSeries(
      base: base.base, currencies: base.currencies, starts: starts, trillionths: trillionths)
  }
}
