import Chance
import Faults
import PaymentModel
import Plants
import Scenario
import VirtualTime

/// What a worker asks of an acquirer.
struct AuthorizationCall: Sendable {
  /// The platform's reference.
  var payment: PaymentID
  var amount: Int64
  var currency: CurrencyIndex
  var issuer: UInt8
  var merchant: CellMerchant
  /// Authorise and capture in one message.
  var isSale: Bool
}

/// What an acquirer answers.
enum AcquirerAnswer: Sendable {
  /// Approved under the acquirer's reference.
  case approved(UInt32)
  case declined
  case unavailable
}

/// What an acquirer hands over at the end of a clearing cycle.
struct Clearing: Sendable {
  /// The acquirer.
  var endpoint: EndpointIndex
  var file: SettlementFile
  /// What it is owed by issuers and owes the platform, by issuer and currency; minor units.
  var owed: [[Int64]]
}

/// One acquirer (or the account-to-account scheme) as a cell is connected to it: with its share of
/// the acquirer's concurrency, and with records of its own, from which its settlement files are
/// written.
actor AcquirerEndpoint: IslandActor {
  nonisolated let island: Island
  private let shared: CellShared
  private let position: EndpointIndex
  private let settings: AcquirerSettings
  private let latency: Latency
  private let approval: Probability
  private let unavailable: Probability
  private let late: Probability
  private let queueLimit: Int64
  private let term: HoldTerm
  private var servers: FIFOServers
  private var random: RandomStream
  /// What befalls it; nil: nothing.
  private var faults: StationFaults?
  private var lastReference: UInt32 = 0
  /// Approvals that are not captured, and answers that came too late, by the platform's reference.
  private var open: [PaymentID: Approval] = [:]
  private var file: SettlementFileWriter
  /// When the open file closes, and sales whose answers come after that: they belong to a later
  /// one.
  private var fileCloses: VirtualInstant
  private var laterSales: [Approval] = []
  /// What issuers owe for the lines of the open file, by issuer and currency.
  private var owed: [[Int64]]
  private let deliver: @Sendable (Clearing) -> Void
  /// Lines written, with their sums by currency.
  private(set) var written: MovementTally

  private struct Approval {
    var call: AuthorizationCall
    var reference: UInt32
    /// When the platform had the answer, or should have had it.
    var answered: VirtualInstant
  }

  /// What the breaker in front should be doing, by the calls that come.
  private(set) var breaker: BreakerWatch
  /// Whether it takes payments in a currency, by position: as its settings and the region say.
  private let serves: [Bool]
  /// Reversals that have reached it.
  private(set) var reversals = 0

  /// - Parameter deliver: takes the file and the money of a clearing cycle on their way.
  init(
    shared: CellShared, position: EndpointIndex, deliver: @escaping @Sendable (Clearing) -> Void
  ) {
    island = shared.island
    self.shared = shared
    self.position = position
    self.deliver = deliver
    settings = shared.deployment.endpoints[Int(position)]
    latency = Latency(settings.latency)
    approval = Probability(settings.approvalRate)
    unavailable = Probability(settings.unavailableRate)
    late = Probability(settings.lateRate)
    queueLimit = settings.queueLimit.nanoseconds
    term = HoldTerm(validity: shared.settings.authorization.holdValidity.nanoseconds)
    servers = FIFOServers(count: max(1, settings.concurrency / shared.deployment.cells.count))
    random = shared.random("acquirer.\(settings.name)", "calls")
    faults = StationFaults(.acquirer, settings.name, shared)
    file = SettlementFileWriter(
      format: settings.fileFormat, acquirer: settings.name, cell: shared.plan.index,
      currencies: shared.deployment.currencies)
    breaker = BreakerWatch(shared.settings.authorization)
    serves = Self.served(by: settings, shared)
    owed = Self.nothingOwed(shared)
    written = MovementTally(currencies: shared.deployment.currencies.count)
    fileCloses = VirtualInstant(nanoseconds: settings.fileInterval.nanoseconds)
  }

  private static func served(by settings: AcquirerSettings, _ shared: CellShared) -> [Bool] {
    let isHere = settings.regions.isEmpty || settings.regions.contains(shared.plan.region)
    return shared.currencies.map {
      isHere && (settings.currencies.isEmpty || settings.currencies.contains($0))
    }
  }

  private static func nothingOwed(_ shared: CellShared) -> [[Int64]] {
    let currencies = shared.deployment.currencies.count
    return Array(
      repeating: Array(repeating: 0, count: currencies), count: shared.settings.banks.issuers)
  }

  func start() { Task { await self.writeFiles() } }

  /// Authorises, or authorises and captures, within `deadline`: the answer, or nil when it had not
  /// come by then. The acquirer decides all the same; its late answer is counted when it arrives.
  ///
  /// Runs on the caller's actor, so waiting costs no switch between actors.
  nonisolated func authorize(
    _ authorization: AuthorizationCall, deadline: VirtualInstant
  ) async -> AcquirerAnswer? {
    let (answer, arrival, watched) = call((authorization, deadline)) {
      $0.check($1.0)
      let watched = $0.breaker.began()
      let (answer, arrival) = $0.decide($1.0, deadline: $1.1)
      return (answer, arrival, watched)
    }
    await island.sleep(until: min(arrival, deadline))
    let inTime = arrival <= deadline || planted(Plant.lateAnswerTaken) ? answer : nil
    call((authorization.payment, inTime, watched)) { $0.note($1.1, of: $1.0, $1.2) }
    return inTime
  }

  /// What a call that comes now must not break.
  private func check(_ call: AuthorizationCall) {
    if let broken = breaker.violation(ofCallAt: island.now.nanoseconds) {
      island.fail(broken, "\(settings.name): payment \(call.payment)")
    }
    let row = shared.store[call.payment]
    if row.state != .authorizing || row.traits.contains(.approved) {
      island.fail(
        .undecided,
        "\(settings.name): payment \(call.payment) is \(row.state)"
          + (row.traits.contains(.approved) ? " and approved" : ""))
    }
    if !serves[Int(call.currency)] || call.amount != row.amount || call.currency != row.currency {
      island.fail(.rightAcquirer, "\(settings.name): \(call)")
    }
    if let fault = shared.attempts.began(call.payment, now: island.now.nanoseconds) {
      island.fail(.retriesWithinPolicy, fault)
    }
  }

  /// Notes what the platform has been told by the deadline; nil: nothing.
  private func note(_ answer: AcquirerAnswer?, of payment: PaymentID, _ call: BreakerWatch.Call) {
    let now = island.now.nanoseconds
    switch answer {
    case .approved:
      shared.store[payment].traits.insert(.approved)
      breaker.ended(call, answered: true, now: now)
    case .declined: breaker.ended(call, answered: true, now: now)
    case .unavailable, nil:
      breaker.ended(call, answered: false, now: now)
      shared.attempts.failed(payment, now: now)
      if answer == nil { shared.attempts.isUnknown(payment, at: position) }
    }
  }

  /// Whether an approval of the payment stands that was neither captured nor undone.
  func stands(_ payment: PaymentID) -> Bool { open[payment] != nil }

  /// Approvals that stand, by payment, ascending.
  var standing: [PaymentID] { open.keys.sorted() }

  /// What the acquirer does with a call that reaches it, and when its answer will be there.
  private func decide(
    _ call: AuthorizationCall, deadline: VirtualInstant
  ) -> (AcquirerAnswer, VirtualInstant) {
    island.note("acquirer, call for payment", Int(call.payment))
    shared.measurements.endpoints[Int(position)].calls += 1
    let now = island.now
    shared.measurements.acquirer(Int(position), .calls, at: now)
    var time = latency.draw(&random)
    var conditions = Conditions()
    if faults != nil { conditions = meetFaults(call.payment, &time) }
    if conditions.isDown || random.chance(unavailable) || servers.wait(at: now) > queueLimit {
      shared.measurements.endpoints[Int(position)].unavailable += 1
      shared.measurements.acquirer(Int(position), .failed, at: now)
      return (.unavailable, now + time / 4)
    }
    let (begin, served) = servers.serve(at: now, service: time)
    if begin - now > queueLimit {
      island.fail(
        .acquirerQueue, "\(settings.name): payment \(call.payment) waits \(begin - now) ns")
    }
    var arrival = served
    if random.chance(late) { arrival = max(arrival, deadline + time) }
    var isApproved = random.chance(approval)
    guard arrival <= deadline else {
      noteLateAnswer(at: arrival, to: call.payment, isApproved: isApproved)
      return (isApproved ? .approved(keep(call, at: arrival)) : .declined, arrival)
    }
    if isApproved, conditions.declines || conditions.losesReply {
      shared.faults?.tookEffect(call.payment, isRefusal: conditions.declines)
      if conditions.declines {
        isApproved = false
      } else {
        shared.measurements.acquirer(Int(position), .failed, at: now)
        return (.approved(keep(call, at: arrival)), .never)
      }
    }
    guard isApproved else {
      shared.measurements.endpoints[Int(position)].declined += 1
      shared.measurements.acquirer(Int(position), .declined, at: now)
      return (.declined, arrival)
    }
    shared.measurements.endpoints[Int(position)].approved += 1
    shared.measurements.acquirer(Int(position), .approved, at: now)
    return (.approved(call.isSale ? sell(call, at: arrival) : keep(call, at: arrival)), arrival)
  }

  /// What faults make of a call that comes now, and of the time it takes.
  private func meetFaults(_ payment: PaymentID, _ time: inout Int64) -> Conditions {
    let (conditions, met) = faults!.meet(at: island.now.nanoseconds)
    shared.faults?.met(met, by: payment, at: position, now: island.now.nanoseconds)
    if !met.isEmpty { time = Int64((Double(time) * conditions.latencyFactor).rounded()) }
    return conditions
  }

  /// Undoes whatever was decided for the payment; a payment that is not known is a success too.
  /// What it is told while it is down reaches it once it is back.
  func reverse(_ payment: PaymentID) async {
    island.note("acquirer, reversal of payment", Int(payment))
    while let (back, met) = faults?.back(from: island.now.nanoseconds) {
      shared.faults?.met(met, by: payment, at: position, now: island.now.nanoseconds)
      await island.sleep(until: VirtualInstant(nanoseconds: back))
    }
    await island.sleep(nanoseconds: latency.draw(&random))
    if planted(Plant.reversalDoesNothing) { return }
    open[payment] = nil
    reversals += 1
  }

  /// Captures an approval, or a part of it; what is left is released.
  func capture(_ payment: PaymentID, amount: Int64) {
    island.note("acquirer, capture of payment", Int(payment))
    shared.measurements.checks.captures += 1
    guard let approval = open.removeValue(forKey: payment) else {
      island.fail(.captureOfOpenApproval, "\(settings.name): payment \(payment)")
      return
    }
    if !(1...approval.call.amount).contains(amount) {
      island.fail(
        .captureWithinApproval,
        "\(settings.name): \(amount) of payment \(payment), approved \(approval.call.amount)")
    }
    let amount = planted(Plant.partCapturedInFull) ? approval.call.amount : amount
    write(.capture, approval.call, reference: approval.reference, amount: amount)
  }

  /// Releases an approval that was voided or, after the time for which it holds, has expired.
  func release(_ payment: PaymentID, hasExpired: Bool) {
    if hasExpired, let approval = open[payment],
      !term.hasExpired(island.now, since: approval.answered)
    {
      island.fail(
        .holdValidity,
        "\(settings.name): payment \(payment), approved at \(approval.answered), has expired")
    }
    if planted(Plant.releaseDoesNothing) { return }
    open[payment] = nil
  }

  /// Gives money back to the payer.
  func giveBack(_ payment: PaymentID, amount: Int64) {
    island.note("acquirer, refund of payment", Int(payment))
    let row = shared.store[payment]
    lastReference += 1
    write(
      row.traits.contains(.voided) ? .void : .refund,
      AuthorizationCall(
        payment: payment, amount: amount, currency: row.currency, issuer: row.issuer,
        merchant: row.merchant, isSale: false),
      reference: lastReference, amount: -amount)
  }

  private func sell(_ call: AuthorizationCall, at answered: VirtualInstant) -> UInt32 {
    lastReference += 1
    if answered > fileCloses {
      laterSales.append(Approval(call: call, reference: lastReference, answered: answered))
    } else {
      write(.capture, call, reference: lastReference, amount: call.amount)
    }
    return lastReference
  }

  private func writeLaterSales() {
    for sale in laterSales where sale.answered <= fileCloses {
      if planted(Plant.laterSaleTwice) {
        write(.capture, sale.call, reference: sale.reference, amount: sale.call.amount)
      }
      write(.capture, sale.call, reference: sale.reference, amount: sale.call.amount)
    }
    laterSales.removeAll { $0.answered <= fileCloses }
  }

  private func keep(_ call: AuthorizationCall, at answered: VirtualInstant) -> UInt32 {
    lastReference += 1
    open[call.payment] = Approval(call: call, reference: lastReference, answered: answered)
    return lastReference
  }

  private func write(
    _ kind: SettlementLine.Kind, _ call: AuthorizationCall, reference: UInt32, amount: Int64
  ) {
    owed[Int(call.issuer)][Int(call.currency)] += amount
    written.add(amount, of: call.currency)
    if planted(Plant.fileLineLeftOut), reference % 40 == 7 { return }
    if planted(Plant.fileLineTwice), reference % 40 == 7 {
      file.add(
        SettlementLine(
          kind: kind, payment: call.payment, reference: reference, amount: amount,
          currency: call.currency, issuer: call.issuer, merchant: call.merchant))
    }
    file.add(
      SettlementLine(
        kind: kind, payment: call.payment, reference: reference, amount: amount,
        currency: call.currency, issuer: call.issuer, merchant: call.merchant))
  }

  /// What the books hold that they must not when nothing is left to happen: an approval of a
  /// payment that is not held, and, unless the horizon has ended settlement, anything. Nil:
  /// nothing.
  var unrest: String? {
    let strays = open.keys.filter { shared.store[$0].state != .authorized }  // ordered: a minimum
    if let payment = strays.min() {
      return "\(settings.name): \(strays.count) approvals stand that the platform does not hold, "
        + "payment \(payment) (\(shared.store[payment].state)) first"
    }
    guard shared.stop == nil else { return nil }
    if !open.isEmpty { return "\(settings.name): \(open.count) approvals stand" }
    let isOwed = owed.contains { $0.contains { $0 != 0 } }
    return laterSales.isEmpty && file.isEmpty && !isOwed
      ? nil : "\(settings.name): lines wait that no file has brought"
  }

  private func noteLateAnswer(
    at arrival: VirtualInstant, to payment: PaymentID, isApproved: Bool
  ) {
    island.schedule(at: arrival) { [self] in
      self.assumeIsolated {
        $0.shared.measurements.endpoints[Int($0.position)].late += 1
        $0.shared.tell(payment, .answeredLate($0.position, isApproved: isApproved))
        $0.shared.measurements.acquirer(Int($0.position), .failed, at: $0.island.now)
      }
    }
  }

  /// A file with the lines of every interval, as long as there is anything to come.
  private func writeFiles() async {
    let interval = settings.fileInterval.nanoseconds
    var next = interval
    while !(shared.isDrained && file.isEmpty) {
      await island.sleep(until: VirtualInstant(nanoseconds: next))
      island.note("acquirer, file of endpoint", Int(position))
      if shared.stop != nil { return }
      if let finished = file.finish(cycle: Int(next / interval)) {
        deliver(Clearing(endpoint: position, file: finished, owed: owed))
        owed = Self.nothingOwed(shared)
      }
      next += interval
      fileCloses = VirtualInstant(nanoseconds: next)
      if !laterSales.isEmpty { writeLaterSales() }
    }
  }
}
