import Money
import Pipeline
import Reporting
import Scenario
import Text

/// Recorded payments between banks that have been read and checked.
struct TransferTraceSource {
  let contents: TransferTraceContents
  /// Name, size and hash of the file, for the manifest.
  let file: InputFile

  /// Reads and checks the recorded payments of a scenario.
  ///
  /// - Throws: `RunError` with the place of `workload.transfers.trace.file` if there is nothing to
  ///   read, with the file and its row if what is read is wrong.
  init(_ trace: TransferTrace, of scenario: LoadedScenario) throws(RunError) {
    let path = scenario.transferTracePath!
    let limits = TransferLimits(scenario.settings)
    (contents, file) = try TraceFile.load(
      path, named: trace.rows.file, at: ["workload", "transfers", "trace", "file"], of: scenario
    ) { () throws(TraceError) in
      try TransferTraceReader.read(trace, file: path, within: limits)
    }
    if let currency = Self.overflow(contents.payments, scenario.settings) {
      throw .trace(
        "\(printable(path, limit: 4_096)): expected amounts whose sum fits 64 bits of minor units, "
          + "found more in \(currency.code)")
    }
  }

  /// The payments, with those noted that entries of the schedule name.
  ///
  /// - Throws: `RunError` with the place of an entry that names what there is not.
  func scheduled(by scenario: LoadedScenario) throws(RunError) -> TransferTraceContents {
    var contents = contents
    do throws(ScenarioError) {
      contents.payments.scheduled = try scenario.checkSchedule(
        currencies: contents.payments.currencies,
        ids: contents.payments.arrivals.indices.lazy.map { [contents] in contents.id($0) })
    } catch { throw .scenario("\(error)") }
    return contents
  }

  /// What the reader left out or put in order, for the result.
  var notes: [String] { TraceFile.notes(contents.notes, of: "transfers") }

  /// The currency in which all payments together are too much; nil: none. Floating point is enough
  /// here: the bound leaves a factor of two.
  private static func overflow(
    _ payments: RecordedTransfers, _ settings: ScenarioSettings
  ) -> Currency? {
    let rates = settings.fx.usdPerUnit
    func dollars(_ currency: Currency) -> Double {
      let rate = currency == .usd ? 1 : rates.first { $0.currency == currency }?.rate ?? 0
      return rate / Double(currency.minorUnitsPerUnit)
    }
    var sum = 0.0
    var (last, rate) = (Currency.usd, dollars(.usd))
    for (amount, currency) in zip(payments.amounts, payments.sources) {
      if currency != last { (last, rate) = (currency, dollars(currency)) }
      sum += Double(amount) * rate
    }
    let known = payments.currencies + [settings.costs.currency]
    return known.first { sum > 4.6e18 * dollars($0) }
  }
}

extension TransferLimits {
  /// Those of a scenario.
  init(_ settings: ScenarioSettings) {
    let rated = Set(settings.fx.usdPerUnit.map(\.currency) + [.usd])
    var first: [RailSettings] = []
    for rail in settings.rails where !first.contains(where: { $0.currency == rail.currency }) {
      if rated.contains(rail.currency) { first.append(rail) }
    }
    self.init(
      start: settings.time.date,
      duration: TraceRowParser.nanoseconds(settings.time.duration),
      end: TraceRowParser.nanoseconds(settings.time.duration + settings.time.drainLimit),
      banks: settings.banks.transferBanks, currencies: first.map(\.currency),
      groupCurrencies: first.filter { $0.kind == .rtgs }.map(\.currency),
      hasFailures: !settings.banks.failures.isEmpty)
  }
}
