import Declared
import Interbank
import Scenario

/// A system with a check at its side that sees everything that goes in and comes out.
struct SettlementDriver {
  var system: InterbankSystem
  var check: InterbankCheck
  private(set) var log: [SettlementEvent] = []
  private(set) var payments: [InterbankPayment] = []
  private(set) var handedIn: [Int64] = []
  private(set) var lastStart: Int64 = 0
  let terms: [ParticipantTerms]

  init(
    _ mode: any SettlementMode, _ participants: [ParticipantTerms], rises: [PriorityRise] = []
  ) {
    terms = participants
    system = InterbankSystem(mode: mode, participants: participants, rises: rises)
    check = InterbankCheck(mode: mode, participants: participants)
  }

  init(
    _ name: String, _ parameters: [String: ParameterValue] = [:],
    _ participants: [ParticipantTerms], startAt start: Int64 = 0, rises: [PriorityRise] = []
  ) throws {
    self.init(
      try SettlementModeRegistry.make(name, parameters: parameters), participants, rises: rises)
    startDay(at: start)
  }

  @discardableResult
  mutating func submit(_ payment: InterbankPayment, at time: Int64) -> [SettlementEvent] {
    payments.append(payment)
    handedIn.append(time)
    check.submit(payment, at: time)
    return note(system.submit(payment, at: time))
  }

  /// A payment of now.
  @discardableResult
  mutating func pay(
    _ id: Int64, _ payer: Int, _ payee: Int, _ amount: Int64, at time: Int64,
    _ priority: PaymentPriority = .normal, deadline: Int64? = nil
  ) -> [SettlementEvent] {
    submit(
      InterbankPayment(
        id: id, payer: payer, payee: payee, amount: amount, priority: priority, submitted: time,
        deadline: deadline), at: time)
  }

  @discardableResult
  mutating func advance(to time: Int64) -> [SettlementEvent] { note(system.advance(to: time)) }

  @discardableResult
  mutating func cancel(_ id: Int64, payer: Int, at time: Int64) -> [SettlementEvent] {
    note(system.cancel(id, payer: payer, at: time))
  }

  @discardableResult
  mutating func reprioritise(
    _ id: Int64, payer: Int, to priority: PaymentPriority, at time: Int64
  ) -> [SettlementEvent] {
    note(system.reprioritise(id, payer: payer, to: priority, at: time))
  }

  @discardableResult
  mutating func resubmit(_ id: Int64, payer: Int, at time: Int64) -> [SettlementEvent] {
    note(system.resubmit(id, payer: payer, at: time))
  }

  @discardableResult
  mutating func change(_ participant: Int, _ change: TermsChange, at time: Int64) -> TermsChange {
    advance(to: time)
    let (applied, events) = system.change(participant, change, at: time)
    check.change(participant, applied, at: time)
    note(events)
    return applied
  }

  mutating func adjust(_ participant: Int, by amount: Int64, at time: Int64) -> GroupObstacle? {
    advance(to: time)
    switch system.adjust(participant, by: amount, at: time) {
    case .failure(let obstacle): return obstacle
    case .success(let events):
      check.adjust(participant, by: amount, at: time)
      note(events)
      return nil
    }
  }

  mutating func settleTogether(_ batch: [InterbankPayment], at time: Int64) -> GroupObstacle? {
    advance(to: time)
    switch system.settleTogether(batch, at: time) {
    case .failure(let obstacle): return obstacle
    case .success(let events):
      for payment in batch {
        payments.append(payment)
        handedIn.append(time)
        check.submit(payment, at: time)
      }
      note(events)
      return nil
    }
  }

  mutating func startDay(at time: Int64, _ day: SettlementDay? = nil) {
    lastStart = time
    check.startDay(at: time)
    note(system.startDay(at: time, day))
  }

  mutating func endDay(at time: Int64) {
    note(system.endDay(at: time))
    check.endDay(at: time, system)
  }

  @discardableResult
  private mutating func note(_ events: [SettlementEvent]) -> [SettlementEvent] {
    log.append(contentsOf: events)
    check.observe(events)
    return events
  }
}

extension [SettlementEvent] {
  /// Ids of the payments that settled whole, in order.
  var settledIDs: [Int64] {
    compactMap {
      guard case .settled(let settlement, _) = $0, settlement.remaining == 0 else { return nil }
      return settlement.id
    }
  }

  /// The settlements with their times.
  var settlements: [(settlement: Settlement, at: Int64)] {
    compactMap {
      guard case .settled(let settlement, let at) = $0 else { return nil }
      return (settlement, at)
    }
  }

  /// Reasons of all but settlements, in order.
  var reasons: [SettlementReason] {
    compactMap {
      switch $0 {
      case .queued(_, let reason, _), .deferred(_, let reason, _), .rejected(_, let reason, _),
        .returned(_, _, let reason, _):
        reason
      case .settled, .released, .reprioritised, .resubmitted, .positionSettled: nil
      }
    }
  }
}

/// A participant with a balance and nothing else.
func having(_ balance: Int64) -> ParticipantTerms { ParticipantTerms(openingBalance: balance) }

/// A whole second, in nanoseconds.
let second: Int64 = 1_000_000_000
