import Chance
import PaymentModel
import Plants
import Scenario
import VirtualTime

/// The merchants of a cell: they send payments, send some of them twice, and try again when
/// refused.
actor Merchants: IslandActor {
  nonisolated let island: Island
  private let shared: CellShared
  private let gateway: Gateway
  private let network: Latency
  private let duplicateDelay: Latency
  private let alteredShare: Probability
  private let client: ClientSettings
  private var random: RandomStream
  private var running = 0
  private var resending: DelayedActions<PaymentRequest>!

  init(shared: CellShared, gateway: Gateway) {
    island = shared.island
    self.shared = shared
    self.gateway = gateway
    client = shared.settings.workload.client
    network = Latency(shared.settings.gateway.networkLatency)
    duplicateDelay = Latency(client.duplicateDelay)
    alteredShare = Probability(client.alteredShare)
    random = shared.random("merchants", "clients")
  }

  /// Starts one arrival process for each market that has merchants here.
  func start(_ traffic: TrafficPlan, workload: GeneratedWorkload) {
    prepare()
    for (market, process) in traffic.processes[shared.plan.index].enumerated() {
      guard
        let sampler = RequestSampler(market: market, workload: workload, shared: shared)
      else { continue }
      let arrivals = ArrivalProcess(
        process, traffic.slots, random: shared.random("market-\(market)", "arrivals"))
      running += 1
      Task { await self.send(arrivals, sampler) }
    }
    finishIfDone()
  }

  /// Replays requests of a trace, in order of time.
  func start(_ requests: [TraceRequest]) {
    prepare()
    running = 1
    Task { await self.replay(requests) }
  }

  private func prepare() {
    noteMerchants()
    resending = DelayedActions(island) { [unowned self] request in
      self.assumeIsolated { $0.resend(request) }
    }
  }

  private func send(_ arrivals: consuming ArrivalProcess, _ sampler: consuming RequestSampler)
    async
  {
    while let arrival = arrivals.next() {
      await island.sleep(until: arrival)
      let request = sampler.next(sent: island.now.nanoseconds - network.draw(&random))
      note(request)
      submit(request)
    }
    running -= 1
    finishIfDone()
  }

  private func replay(_ requests: [TraceRequest]) async {
    for request in requests {
      await island.sleep(until: VirtualInstant(nanoseconds: request.time))
      switch request.kind {
      case .payment(var payment):
        payment.sent = island.now.nanoseconds - network.draw(&random)
        note(payment)
        submit(payment)
      case .cancel(let fingerprint, let amount):
        island.note("merchants, cancellation of key", Int(truncatingIfNeeded: fingerprint.rawValue))
        note(fingerprint, amount, .max)
        gateway.call { $0.cancel(fingerprint: fingerprint, amount: amount) }
      }
    }
    running -= 1
    finishIfDone()
  }

  /// Adds a request that no answer has brought about to the digest of arrivals, with all that was
  /// drawn for it. Not in it is how long it was on the client's network: resent requests, which
  /// follow answers, draw from the same stream.
  private func note(_ request: PaymentRequest) {
    let drawn =
      UInt64(request.merchant) << 32 | UInt64(request.issuer) << 24
      | UInt64(request.currency) << 16 | UInt64(request.traits.rawValue)
    note(request.fingerprint, request.amount, drawn)
  }

  private func note(_ key: KeyFingerprint, _ amount: Int64, _ drawn: UInt64) {
    shared.measurements.arrivals.add(island.now.nanoseconds)
    shared.measurements.arrivals.add(key.rawValue)
    shared.measurements.arrivals.add(amount)
    shared.measurements.arrivals.add(drawn)
  }

  /// Adds whom the requests are for: a merchant's bank, risk and currency.
  private func noteMerchants() {
    for merchant in shared.plan.merchants {
      shared.measurements.arrivals.add(
        UInt64(merchant.bank.rawValue) << 32 | UInt64(merchant.risk.rawValue) << 24
          | UInt64(merchant.currency) << 16)
    }
  }

  private func submit(_ request: PaymentRequest) {
    island.note("merchants, merchant", Int(request.merchant))
    shared.measurements.requested(at: island.now)
    if request.traits.contains(.duplicate), request.attempt == 0 { sendTwice(request) }
    gateway.call(request) { $0.accept($1) }
  }

  /// The client believes that its request was lost and sends the key again, sometimes with another
  /// body.
  private func sendTwice(_ request: PaymentRequest) {
    var again = request
    again.traits.remove(.duplicate)
    again.traits.insert(.resent)
    if planted(Plant.sentAgainUnderAnotherKey) {
      again.fingerprint = KeyFingerprint(again.fingerprint.rawValue &+ 1)
    }
    if random.chance(alteredShare) {
      // What is not valid stays so: an amount of nothing does not become one.
      if again.amount > 0 { again.amount += 1 }
      again.bodyHash = PaymentRequest.bodyHash(
        amount: again.amount, merchant: again.merchant, currency: again.currency)
    }
    let time = island.now + duplicateDelay.draw(&random)
    shared.tell(
      request, .doubled(at: time.nanoseconds, isAltered: again.amount != request.amount))
    resending.add(again, at: time)
  }

  /// Called by the gateway with 429 or 503: the client waits, twice as long each time, and tries
  /// again.
  func refused(_ request: PaymentRequest) {
    island.note("merchants, refused merchant", Int(request.merchant))
    guard Int(request.attempt) < client.retries + (planted(Plant.clientRetriesBeyond) ? 1 : 0)
    else {
      shared.measurements.abandonedRequests += 1
      shared.tell(request, .givenUp)
      let isKnown = gateway.call(request.fingerprint) { $0.knows($1) }
      if !isKnown { shared.giveUp(request.fingerprint) }
      return
    }
    var again = request
    again.attempt += 1
    again.traits.remove(.duplicate)
    if planted(Plant.retriedUnderAnotherKey) {
      again.fingerprint = KeyFingerprint(again.fingerprint.rawValue &+ 1)
    }
    shared.measurements.clientRetries += 1
    let doublings = planted(Plant.clientBackOffNotGrown) ? 0 : Int64(request.attempt)
    let delay = client.retryDelay.nanoseconds << doublings
    shared.tell(request, .repeats(at: (island.now + delay).nanoseconds))
    resending.add(again, at: island.now + delay)
  }

  private func resend(_ request: PaymentRequest) {
    if request.attempt > 0 {
      let least = client.retryDelay.nanoseconds << Int64(request.attempt - 1)
      let passed = island.now.nanoseconds - request.sent
      if passed < least {
        island.fail(
          .clientRetries, "attempt \(request.attempt) came \(passed) ns after the last")
      }
    }
    var request = request
    request.sent = island.now.nanoseconds - network.draw(&random)
    if !planted(Plant.retryLost) || request.attempt != 1 { submit(request) }
    finishIfDone()
  }

  private func finishIfDone() {
    if running == 0, resending.count == 0 { shared.arrivalsFinished = true }
  }
}

/// One line of a trace, for one cell.
public struct TraceRequest: Sendable {
  /// What the merchant wants.
  public enum Kind: Sendable {
    case payment(PaymentRequest)
    /// Take back an earlier payment, or a part of it: minor units.
    case cancel(fingerprint: KeyFingerprint, amount: Int64)
  }
  /// Nanoseconds since the start of the run.
  public var time: Int64
  /// What the merchant wants.
  public var kind: Kind

  /// A request at a time.
  public init(time: Int64, kind: Kind) {
    self.time = time
    self.kind = kind
  }
}
