import Interbank
import Testing

@Suite("Random settlement worlds")
struct RandomWorldTests {
  @Test(
    "no mode, whatever its parameters, breaks cover, caps, limits, reservations, order, causality",
    arguments: SettlementModeRegistry.names)
  func rules(mode: String) throws {
    for seed in 0..<2_500 {
      let world = try RandomWorld(seed: seed, mode: mode)
      let driver = try world.run()
      #expect(driver.check.violation == nil, "\(world)")
      if driver.check.violation != nil { return }
    }
  }

  @Test(
    "nor does one whose queues and terms are managed meanwhile",
    arguments: SettlementModeRegistry.names)
  func managed(mode: String) throws {
    for seed in 0..<1_500 {
      let world = try RandomWorld(seed: seed, mode: mode, manages: true)
      let driver = try world.run()
      #expect(driver.check.violation == nil, "\(world)")
      if driver.check.violation != nil { return }
    }
  }

  @Test("the same calls give the same events", arguments: SettlementModeRegistry.names)
  func repeated(mode: String) throws {
    for seed in 0..<200 {
      let world = try RandomWorld(seed: seed, mode: mode)
      let (first, second) = (try world.run(), try world.run())
      #expect(first.log == second.log, "\(world)")
      #expect(first.system.indicators == second.system.indicators, "\(world)")
    }
  }

  @Test("calling at every second or only when something is handed in makes no difference")
  func laziness() throws {
    for seed in 0..<400 {
      let world = try RandomWorld(seed: seed)
      var eager = world
      for day in eager.days.indices {
        let (start, steps, close) = eager.days[day]
        let ticks = stride(from: start, through: close, by: Int(second)).map {
          (at: $0, RandomWorld.Step.advance)
        }
        // What is due at a time comes before what is handed in at that time.
        eager.days[day].steps = (ticks + steps).enumerated().sorted {
          ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }.map(\.element)
      }
      #expect(try eager.run().log == world.run().log, "\(world)")
    }
  }

  @Test("where payments settle by themselves, none that could is left waiting")
  func workConserving() throws {
    for seed in 0..<1_500 {
      for mode in ["rtgs", "continuous_net"] {
        let world = try RandomWorld(seed: seed, mode: mode)
        let driver = try world.run()
        guard driver.system.mode.closingRule == .carryOver else { continue }
        #expect(LoggedQueue(driver).payable(driver) == nil, "\(world)")
      }
    }
  }
}

/// The payments that wait at the end of a run, by the log alone.
struct LoggedQueue {
  private var remaining: [Int64: Int64] = [:]
  private var waiting: [InterbankPayment] = []
  private var sent: [[Int64]]

  init(_ driver: SettlementDriver) {
    let count = driver.system.participants
    sent = Array(repeating: Array(repeating: 0, count: count), count: count)
    let byID = Dictionary(uniqueKeysWithValues: driver.payments.map { ($0.id, $0) })
    let lastStart = driver.lastStart
    for event in driver.log {
      switch event {
      case .queued(let id, let reason, _) where reason != .heldByPayer && reason != .systemClosed:
        remaining[id] = byID[id]!.amount
        waiting.append(byID[id]!)
      case .settled(let settlement, let at):
        remaining[settlement.id] = settlement.remaining
        let payment = byID[settlement.id]!
        if at >= lastStart { sent[payment.payer][payment.payee] += settlement.amount }
      case .returned(let id, _, _, _): remaining[id] = 0
      default: break
      }
    }
    // A payment that was cut in two by being queued after a first part keeps what is left.
    for event in driver.log.settlements {
      remaining[event.settlement.id] = event.settlement.remaining
    }
    for case .returned(let id, _, _, _) in driver.log { remaining[id] = 0 }
    waiting.removeAll { remaining[$0.id] == 0 }
  }

  /// A waiting payment that may go next and that its payer can pay.
  func payable(_ driver: SettlementDriver) -> InterbankPayment? {
    let order = driver.system.mode.queueRule.order
    for payer in 0..<driver.system.participants {
      var own = waiting.filter { $0.payer == payer }
      own = own.enumerated().sorted {
        (order.rank(of: $0.element), $0.offset) < (order.rank(of: $1.element), $1.offset)
      }.map(\.element)
      if order.isStrict { own = Array(own.prefix(1)) }
      if let found = own.first(where: { canPay($0, driver) }) { return found }
    }
    return nil
  }

  private func canPay(_ payment: InterbankPayment, _ driver: SettlementDriver) -> Bool {
    let terms = driver.terms[payment.payer]
    let part = min(remaining[payment.id]!, driver.system.mode.queueRule.maximumPart ?? .max)
    let net = sent[payment.payer].reduce(0, +) - sent.map { $0[payment.payer] }.reduce(0, +)
    let bilateral = sent[payment.payer][payment.payee] - sent[payment.payee][payment.payer]
    return part <= driver.system.available(payment.payer, for: payment.priority)
      && net + part <= terms.netDebitCap ?? .max
      && bilateral + part <= terms.limit(to: payment.payee) ?? .max
  }
}
