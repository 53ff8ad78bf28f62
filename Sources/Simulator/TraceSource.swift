import Chance
import Money
import PaymentModel
import Pipeline
import Reporting
import Scenario
import VirtualTime

/// A trace that has been read, turned into requests for the cells.
struct TraceSource {
  let trace: Trace
  let settings: ScenarioSettings
  /// Name, size and hash of the file, for the manifest.
  let file: InputFile

  /// Reads and checks the trace of a scenario.
  ///
  /// - Throws: `RunError` with the place of `workload.trace.file` if there is nothing to read, with
  ///   the trace and its row if what is read is wrong.
  init(_ workload: TraceWorkload, of scenario: LoadedScenario) throws(RunError) {
    settings = scenario.settings
    let path = scenario.tracePath!
    let reader = TraceReader(
      workload: workload, file: path, start: .date(settings.time.date),
      duration: settings.time.duration, currencies: settings.settledCurrencies())
    (trace, file) = try TraceFile.load(
      path, named: workload.file, at: ["workload", "trace", "file"], of: scenario
    ) { () throws(TraceError) in try reader.read() }
  }

  /// What the reader left out or put in order, for the result.
  var notes: [String] { TraceFile.notes(trace.notes, of: "trace") }

  /// The requests of each cell, in order of time, and what could not be paired.
  func requests(_ deployment: Deployment) -> (cells: [[TraceRequest]], notes: [String]) {
    var places = [(cell: Int, merchant: CellMerchant)](
      repeating: (0, 0), count: trace.merchants.count)
    for cell in deployment.cells {
      for (index, merchant) in cell.merchants.enumerated() {
        places[Int(merchant.id.rawValue)] = (cell.index, CellMerchant(index))
      }
    }
    var cells = requestLists(places, deployment.cells.count)
    // Only what may be taken back is remembered.
    var cancels = [Bool](repeating: false, count: trace.merchants.count)
    for record in trace.records where record.isCancellation {
      cancels[Int(record.merchant)] = true
    }
    var matcher = CancellationMatcher()
    var unmatched: [String] = []
    var random = RandomStream(seed: settings.seed, component: "trace", purpose: "traits")
    for (index, record) in trace.records.enumerated() {
      let (cell, merchant) = places[Int(record.merchant)]
      guard record.isCancellation else {
        if cancels[Int(record.merchant)] {
          matcher.pay(
            index, merchant: Int(record.merchant), currency: record.currency,
            amount: record.amount)
        }
        let request = self.request(record, merchant: merchant, deployment, &random)
        cells[cell].append(TraceRequest(time: record.time, kind: .payment(request)))
        continue
      }
      switch matcher.cancel(
        merchant: Int(record.merchant), currency: record.currency, amount: record.amount)
      {
      case .parts(let parts):
        for part in parts {
          cells[cell].append(
            TraceRequest(
              time: record.time,
              kind: .cancel(
                fingerprint: fingerprint(trace.records[part.payment]), amount: part.amount)))
        }
      case .unmatched(let reason):
        unmatched.append("row \(record.row) (\(trace.id(of: record))): \(reason)")
      }
    }
    return (cells, unmatched.isEmpty ? [] : [Self.note(unmatched)])
  }

  /// An empty list for each cell, with room for a request a record.
  private func requestLists(
    _ places: [(cell: Int, merchant: CellMerchant)], _ count: Int
  ) -> [[TraceRequest]] {
    var counts = [Int](repeating: 0, count: count)
    for record in trace.records { counts[places[Int(record.merchant)].cell] += 1 }
    return counts.map { count in
      var requests: [TraceRequest] = []
      requests.reserveCapacity(count)
      return requests
    }
  }

  private static func note(_ unmatched: [String]) -> String {
    let more = unmatched.count - 10
    return "trace: \(unmatched.count) cancellations without a payment to take back: "
      + unmatched.prefix(10).joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
  }

  private func fingerprint(_ record: TraceRecord) -> KeyFingerprint {
    KeyFingerprint(mix64(record.id))
  }

  private func request(
    _ record: TraceRecord, merchant: CellMerchant, _ deployment: Deployment,
    _ random: inout RandomStream
  ) -> PaymentRequest {
    let currency =
      deployment.currencies.firstIndex(of: record.currency).map { CurrencyIndex($0) }
      ?? PaymentRequest.unknownCurrency
    var traits: PaymentTraits = []
    if random.uniform() >= settings.workload.capture.immediateShare {
      traits.insert(.delayedCapture)
      if random.uniform() < settings.workload.capture.partialShare {
        traits.insert(.partialCapture)
      }
    }
    if random.uniform() < settings.workload.client.duplicateShare { traits.insert(.duplicate) }
    return PaymentRequest(
      fingerprint: fingerprint(record), amount: record.amount, merchant: merchant,
      bodyHash: PaymentRequest.bodyHash(
        amount: record.amount, merchant: merchant, currency: currency),
      currency: currency, issuer: UInt8(random.below(UInt64(settings.banks.issuers))),
      traits: traits, sent: record.time)
  }
}
