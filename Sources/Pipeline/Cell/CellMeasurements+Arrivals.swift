import Measurement
import VirtualTime

/// What is followed in short slots while payments come.
///
/// Columns: requests, one for each answer of the gateway, authorised and declined payments, and for
/// each acquirer its calls and how they ended. Latencies: acceptance, authorisation, and the
/// answers of each acquirer.
extension CellMeasurements {
  /// Columns before those of acquirers; answers follow `requests` in the order of `Answer`.
  private enum Arrival {
    static let requests = 0
    static let answers = 1
    static let authorized = answers + Answer.allCases.count
    static let declined = authorized + 1
    static let acquirers = declined + 1
  }

  /// How a call of an acquirer stands or ended, in the order of an acquirer's columns.
  enum AcquirerEvent: Int, CaseIterable {
    case calls, approved, declined, failed
  }

  /// An empty series for a cell of `deployment`.
  static func arrivalSeries(of deployment: Deployment) -> ArrivalSeries {
    let acquirers = deployment.endpoints.map(\.name)
    let answers = Answer.allCases.map(\.name)
    return ArrivalSeries(
      counts: ["requests"] + answers.map { "answer_\($0)" } + ["authorized", "declined"]
        + acquirers.flatMap { name in AcquirerEvent.allCases.map { "\($0)_\(name)" } },
      latencies: ["acceptance", "authorization"] + acquirers.map { "acquirer_\($0)" },
      parts: deployment.cells.count,
      until: deployment.settings.time.duration.nanoseconds)
  }

  /// A merchant sends a request.
  func requested(at now: VirtualInstant) {
    requests += 1
    count(.submitted, at: now)
    arrivalSeries.counts.add(Arrival.requests, at: now.nanoseconds)
  }

  /// The gateway answers `answer`, `delay` ns after it got the request.
  func answered(_ answer: Answer, after delay: Int64, at now: VirtualInstant) {
    answers[answer.rawValue] += 1
    acceptanceLatency.record(delay)
    arrivalSeries.counts.add(Arrival.answers + answer.rawValue, at: now.nanoseconds)
    arrivalSeries.latencies[0].slots.record(delay, at: now.nanoseconds)
  }

  /// A payment is decided, `delay` ns after its request was sent.
  func decided(isApproved: Bool, after delay: Int64, at now: VirtualInstant) {
    count(isApproved ? .authorized : .declined, at: now)
    authorizationLatency.record(delay)
    arrivalSeries.counts.add(
      isApproved ? Arrival.authorized : Arrival.declined, at: now.nanoseconds)
    arrivalSeries.latencies[1].slots.record(delay, at: now.nanoseconds)
  }

  /// Acquirer `position` is called, or a call of it ends.
  func acquirer(_ position: Int, _ event: AcquirerEvent, at now: VirtualInstant) {
    arrivalSeries.counts.add(
      Arrival.acquirers + position * AcquirerEvent.allCases.count + event.rawValue,
      at: now.nanoseconds)
  }

  /// Acquirer `position` has answered in time, `delay` ns after it was called.
  func acquirer(_ position: Int, answeredAfter delay: Int64, at now: VirtualInstant) {
    endpoints[position].latency.record(delay)
    arrivalSeries.latencies[2 + position].slots.record(delay, at: now.nanoseconds)
  }
}
