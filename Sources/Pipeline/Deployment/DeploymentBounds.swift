import Scenario
import VirtualTime

/// How much may happen on an island before the run is taken to go round in circles.
///
/// A payment of the usual scenarios takes six steps (events, or tasks that go on) and seldom ten.
/// What is allowed is generous:
/// - at one instant, 4,000,000 steps and 100 for each payment and transfer, which may all come at
///   one instant;
/// - in all, 20,000,000 steps, 100 for each payment and transfer and each attempt that the scenario
///   lets it make, and 4 for each time that something periodic happens until the run must end.
struct DeploymentBounds {
  /// Payments and transfers.
  var obligations: Int
  /// Attempts that each may make: of its client, at acquirers and over a rail.
  var attempts: Int
  /// How often something periodic happens on an island until the run must end.
  var ticks: Double

  /// At one instant.
  static let instantBase = 4_000_000
  /// In all.
  static let totalBase = 20_000_000
  /// For each payment or transfer, and in all for each attempt of it.
  static let perObligation = 100
  /// For each time that something periodic happens.
  static let perTick = 4.0

  /// - Parameter payments: that are expected, or are in the trace.
  init(_ deployment: Deployment, payments: Int) {
    let settings = deployment.settings
    let transfers =
      Double(settings.workload.transfers.payments) * settings.interbank.largestArrivalRate
    obligations = payments + Int(transfers.rounded(.up)) + (deployment.recorded?.count ?? 0)
    attempts =
      3 + settings.workload.client.retries + settings.authorization.retries
      + settings.settlement.instructionRetryDelays.count
    let end = (settings.time.duration + settings.time.drainLimit).seconds
    // Acquirers' files, windows of the strategy, and timers of the settlement systems.
    ticks = deployment.endpoints.reduce(0) { $0 + end / $1.fileInterval.seconds }
    if let cycle = deployment.strategy.release.cycle {
      ticks += cycle.period.map { end / $0.seconds } ?? Double(cycle.count(until: .max))
    }
    ticks += end * Double(deployment.currencies.count)
  }

  /// Steps that an island may take.
  var bounds: WorkBounds {
    let total =
      Double(Self.totalBase) + Double(Self.perObligation) * Double(attempts) * Double(obligations)
      + Self.perTick * ticks
    return WorkBounds(
      perInstant: Self.instantBase + Self.perObligation * obligations,
      total: Int(min(total, 1e18)), basis: "\(obligations) payments and transfers")
  }
}

extension WorkBounds {
  init(_ deployment: Deployment, payments: Int) {
    self = DeploymentBounds(deployment, payments: payments).bounds
  }
}

extension Duration {
  /// At least a nanosecond.
  fileprivate var seconds: Double { max(Double(nanoseconds), 1) * 1e-9 }
}
