import Interbank
import Money
import PaymentModel
import Pipeline
import Reporting

/// What keeps a run from coming to rest, in words: what waits where at the end, what binds it, and
/// what would let it settle. It looks at the end alone: a queue that was stuck before and has
/// settled since is nobody's concern.
struct OpenQueues {
  private let simulation: Simulation
  private static let banksNamed = 3

  init(_ simulation: Simulation) { self.simulation = simulation }

  /// Sentences, each after a semicolon; empty if nothing waits.
  var text: String {
    let queues = zip(simulation.standingQueues, simulation.deployment.currencies)
      .enumerated().compactMap { index, entry in
        entry.0.map { sentence($0, entry.1, position: CurrencyIndex(index)) }
      }
    return (queues + elsewhere(besides: queues.isEmpty)).map { "; " + $0 }.joined()
  }

  // MARK: In a system's queue

  private func sentence(
    _ queue: StandingQueue, _ currency: Currency, position: CurrencyIndex
  ) -> String {
    var parts = [
      "\(currency.code): \(part(queue.all, currency)) waiting in the queue ("
        + queue.causes.map { "\($0.count): \($0.reason.description)" }.joined(separator: ", ") + ")"
    ]
    if !queue.isOpen { parts.append("the system is closed until \(opening(position))") }
    parts.append(state(queue, currency))
    if !queue.shortfalls.isEmpty { parts.append(missing(queue, currency)) }
    return parts.joined(separator: "; ")
  }

  private func state(_ queue: StandingQueue, _ currency: Currency) -> String {
    if queue.inOrder.count > 0, queue.state != .none {
      return "\(part(queue.inOrder, currency)) would settle at one moment with the money there is, "
        + "as \"gridlock_resolution\" does (interbank.mode.liquidity_saving)"
    }
    if queue.outOfOrder.count > 0, queue.state != .none {
      return "\(part(queue.outOfOrder, currency)) would settle at one moment with the money there "
        + "is if they passed payments before them, as with \"whole_payment\" "
        + "(interbank.mode.liquidity_saving)"
    }
    switch queue.state {
    case .none: return "some of it can settle, and waits for its time"
    case .gridlock: return "some of it would settle at one moment with the money there is"
    case .deadlock: return "no set of payments can settle, in any order, as things stand"
    case .unknown: return "it was not found out whether a set of payments can settle"
    }
  }

  /// What would let everything settle net: the largest amounts first.
  private func missing(_ queue: StandingQueue, _ currency: Currency) -> String {
    func list(
      _ what: String, _ keys: String, _ isWanted: (StandingQueue.Shortfall) -> Bool
    ) -> String? {
      let wanted = queue.shortfalls.filter(isWanted).enumerated().sorted {
        ($1.element.amount, $0.offset) < ($0.element.amount, $1.offset)
      }.map(\.element)
      guard !wanted.isEmpty else { return nil }
      let sum = wanted.reduce(Int128(0)) { $0 + $1.amount }
      let banks = wanted.prefix(Self.banksNamed).map { shortfall in
        let name = name(shortfall.participant)
        if case .bilateralLimit(let payee) = shortfall.kind {
          return "\(name) to \(self.name(payee)) \(money(shortfall.amount, currency))"
        }
        return "\(name) \(money(shortfall.amount, currency))"
      }
      let more = wanted.count > banks.count ? " and \(wanted.count - banks.count) more" : ""
      return
        "\(money(sum, currency)) more \(what) (\(banks.joined(separator: ", "))\(more); \(keys))"
    }
    let needed = [
      list(
        "liquidity", "banks.opening_balance, banks.overdraft_limit, interbank.collateral"
      ) { $0.kind == .liquidity },
      list("room under net debit caps", "interbank.net_debit_cap") { $0.kind == .netDebitCap },
      list("room under bilateral limits", "interbank.bilateral_limit") {
        if case .bilateralLimit = $0.kind { true } else { false }
      },
    ]
    return "all of it settles net with " + needed.compactMap { $0 }.joined(separator: " and ")
  }

  // MARK: Elsewhere

  private func elsewhere(besides areQueuesEmpty: Bool) -> [String] {
    var places: [String] = []
    for (rail, count) in simulation.waitingOnRails where count > 0 {
      places.append(
        "\(count) \(count == 1 ? "instruction waits" : "instructions wait") on rail "
          + "\(rail.name) (next open \(opening(of: rail.currency)))")
    }
    for (held, currency) in zip(simulation.heldInstructions, simulation.deployment.currencies)
    where held > 0 {
      places.append("\(held) in \(currency.code) held back by payers (interbank.release)")
    }
    let pending = simulation.pendingTransfers
    if pending > 0 {
      places.append(
        "\(pending) \(pending == 1 ? "transfer waits" : "transfers wait") for "
          + "\(simulation.deployment.settings.settlement.strategy.name) to take "
          + (pending == 1 ? "it" : "them"))
    }
    guard !places.isEmpty else { return [] }
    let text = places.joined(separator: ", ")
    return [areQueuesEmpty ? "no queue holds anything up: " + text : text]
  }

  private func opening(of currency: Currency) -> String {
    opening(CurrencyIndex(simulation.deployment.currencies.firstIndex(of: currency)!))
  }

  private func opening(_ position: CurrencyIndex) -> String {
    let second = simulation.nextOpening(of: position)
    let (day, time) = second.quotientAndRemainder(dividingBy: 86_400)
    let clock = [time / 3_600, time / 60 % 60].map { ($0 < 10 ? "0" : "") + "\($0)" }
    return "\(CivilDate(dayNumber: Int(day))) \(clock.joined(separator: ":")) UTC"
  }

  private func part(_ part: StandingQueue.Part, _ currency: Currency) -> String {
    "\(part.count) \(part.count == 1 ? "payment" : "payments") of \(money(part.value, currency))"
  }

  private func money(_ amount: Int128, _ currency: Currency) -> String {
    HumanFormat.money(
      ReportedAmount(
        Int64(clamping: amount), currency.code, decimals: currency.minorUnitDigits))
  }

  private func name(_ participant: Int) -> String {
    simulation.name(of: BankID(UInt16(participant)))
  }
}
