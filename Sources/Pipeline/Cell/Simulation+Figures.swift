import Batching
import Interbank
import Measurement
import Money
import PaymentModel
import Scenario
import VirtualTime

/// What can be read of a simulation when it has come to its end.
extension Simulation {
  /// Counts of the interbank network.
  public var rails: RailMeasurements {
    network.island.enter { network.call { $0.measurements } }
  }

  /// Counts of the transfer desk; nil in a scenario without transfers.
  public var transfers: TransferMeasurements? {
    guard deployment.settings.workload.transfers.isPresent else { return nil }
    return network.island.enter { desk.call { $0.measurements } }
  }

  /// What the failures of banks came to, in the order of the scenario.
  public var failures: [BankFailureTally] {
    network.island.enter { desk.call { $0.failures } }
  }

  /// The latest time of any island.
  public var now: VirtualInstant { world.islands.map(\.now).max()! }

  /// When the run ended: at its horizon, or else at its latest time.
  public var end: VirtualInstant { stop ?? now }

  /// What the ledger of the desk, which shares no code with the settlement systems, and the banks'
  /// money disagree on, in a run that came to its end; nil where they agree.
  public var moneyDifferences: (accounts: String?, liquidity: String?) {
    guard deployment.settings.workload.transfers.isPresent else { return (nil, nil) }
    let moves = expectedMoves
    return (accountDifference(moves), liquidityDifference(moves))
  }

  /// What entries of the scenario's schedule have done, in order.
  public var scheduled: [ScheduledRecord] {
    network.island.enter { network.call { $0.scheduled } }
  }

  /// What the schedule has brought to all accounts, by currency, as the ledger of the desk has it;
  /// minor units.
  public var broughtIn: [Int64] { network.island.enter { desk.call { $0.broughtIn } } }

  /// What the schedule has brought to a bank's account, by currency, likewise.
  private func broughtIn(_ bank: BankID) -> [Int64] {
    network.island.enter { desk.call { $0.broughtIn(bank) } }
  }

  /// Where the account of a bank of cards has moved by something else than is owed to it by files
  /// and batches and is not outstanding, in a run that came to its end; nil: nowhere.
  public var cardDifference: String? {
    var owed = cells.reduce(into: OwedFlows()) { $0.merge($1.shared.owed) }
    for instruction in outstanding where instruction.cell != Instruction.desk {
      owed.owe(
        instruction.amount, from: instruction.payee, to: instruction.payer,
        in: instruction.currency)
    }
    let banks = deployment.banks
    let difference = owed.difference(
      banks.ofCards, currencies: deployment.currencies.count
    ) { bank, currency in
      let brought = broughtIn(bank)[Int(currency)]
      return network.island.enter {
        network.call {
          $0.funds(bank, currency) - brought
            - $0.systems[Int(currency)].terms[Int(bank.rawValue)].openingBalance
        }
      }
    }
    return difference.map {
      "\(banks.name($0.bank)), \(deployment.currencies[Int($0.currency)]): account moved by "
        + "\($0.moved), owed are \($0.owed)"
    }
  }

  /// Where the statements of the platform's account do not begin at its opening balance or end at
  /// what is on it, in a run that came to its end; nil: nowhere.
  public var statementDifference: String? {
    for (index, cell) in cells.enumerated() {
      for (currency, stated) in zip(deployment.currencyIndices, cell.statedBalances) {
        let opening = openingBalances[Int(currency)]
        let balance =
          platformBalance(cell: index, currency: currency)
          - outstandingParts(cell: index, currency: currency)
        let (first, last) = stated.map { ($0.opening, $0.closing) } ?? (opening, opening)
        if first != opening || last != balance {
          return "cell \(index), \(deployment.currencies[Int(currency)]): statements go from "
            + "\(first) to \(last), the account from \(opening) to \(balance)"
        }
      }
    }
    return nil
  }

  /// Where the account of a bank of the transfers has moved by something else than its customers'
  /// transfers say, and what is outstanding.
  private func accountDifference(_ moves: [BankMoves]) -> String? {
    let banks = (0..<deployment.banks.correspondents).map { deployment.banks.correspondent($0) }
    for (index, bank) in banks.enumerated() {
      let brought = broughtIn(bank)
      for (currency, code) in deployment.currencies.enumerated() {
        let funds = network.island.enter {
          network.call { $0.funds(bank, CurrencyIndex(currency)) }
        }
        let moved = funds - openingDeposits[index][currency] - brought[currency]
        let expected = moves[Int(bank.rawValue)].amounts[currency]
        if moved != expected {
          return "\(deployment.banks.name(bank)), \(code): account \(moved), ledger \(expected)"
        }
      }
    }
    return nil
  }

  /// What the accounts of the transfers' banks must have moved by, as the ledger of the desk says,
  /// by bank.
  private var expectedMoves: [BankMoves] {
    let deals = outstanding.filter { $0.kind == .exchange }
    return network.island.enter {
      desk.call { [network] desk in
        desk.expectedMoves(deals) { wire in network.call { $0.part(ofWire: wire) } }
      }
    }
  }

  /// Instructions that the horizon left without execution, or a close gave back for good.
  private var outstanding: [Instruction] {
    network.island.enter { network.call { $0.outstanding } }
  }

  /// How many of them carry no transfers: payouts, deals, what is paid back, and acquirers' and
  /// issuers' money.
  public var outstandingInstructions: Int {
    outstanding.count { $0.kind != .transfer || $0.payments == 0 }
  }

  /// What has settled in parts of instructions that the horizon has left, on the platform's account
  /// of a cell; minor units, negative when money left it.
  public func outstandingParts(cell: Int, currency: CurrencyIndex) -> Int64 {
    let platform = deployment.banks.platform(cell: cell)
    return outstanding.reduce(0) { sum, instruction in
      guard instruction.currency == currency else { return sum }
      if instruction.payee == platform { return sum + instruction.settled }
      return instruction.payer == platform ? sum - instruction.settled : sum
    }
  }

  /// What settling all transfers costs at least, had they been known beforehand, in minor units of
  /// the reporting currency; nil where there is no such bound.
  public var clairvoyantCost: Double? {
    network.island.enter { desk.call { $0.clairvoyantCost } }
  }

  /// Transfers that are neither settled nor reversed nor failed.
  public var openTransfers: Int { network.island.enter { desk.call { $0.open } } }

  /// Transfers that are open, as of the horizon or, in a run that was cut short, of its end.
  public var unsettledTransfers: UnsettledTransfers {
    network.island.enter { [end] in desk.call { $0.unsettled(at: end.nanoseconds) } }
  }

  /// Transfers that were never settled in a run that came to its end, those that failed for lack of
  /// funds too, with the time until the scenario's horizon, whether or not the run needed it, or,
  /// without one, until the last transfer was due.
  public var neverSettled: UnsettledTransfers {
    let horizon = deployment.settings.time.settlementHorizon?.nanoseconds
    return network.island.enter { [isAtHorizon = stop != nil] in
      desk.call { $0.neverSettled(until: horizon, withOpen: isAtHorizon) }
    }
  }

  /// Accounts of the transfer desk that hold something else than what is outstanding: at rest,
  /// something at all.
  public var unsettledTransferAccounts: [String] {
    network.island.enter { desk.call { $0.ledgerDifferences() } }
  }

  /// What the settlement systems have recorded, by currency.
  public var indicators: [InterbankIndicators] {
    network.island.enter { network.call { $0.systems.map(\.system.indicators) } }
  }

  /// The indicators of transfers as banks owe them, whatever wires they are paid by; nil in a
  /// scenario without transfers.
  public var obligationIndicators: ObligationIndicators? {
    guard deployment.settings.workload.transfers.isPresent else { return nil }
    return network.island.enter { desk.call { $0.obligationIndicators() } }
  }

  /// What the transfers' wires and deals moved between banks, by currency.
  public var movedMoney: [MovedMoney] {
    network.island.enter { network.call { $0.systems.map(\.moved) } }
  }

  /// What waits in the queue of each settlement system, by currency; nil: nothing.
  public var standingQueues: [StandingQueue?] {
    network.island.enter { network.call { $0.systems.map(\.system.standingQueue) } }
  }

  /// Instructions that wait on each rail: for its opening, its window or their next attempt.
  public var waitingOnRails: [(rail: RailSettings, count: Int)] {
    network.island.enter {
      network.call { network in
        network.rails.enumerated().map { place, rail in
          let linked = network.linked.all.count { Int($0.rail) == place }
          // ordered: integers are summed
          return (
            rail.settings,
            rail.batches.values.reduce(rail.waiting.count + linked) { $0 + $1.count }
          )
        }
      }
    }
  }

  /// Instructions that payers hold back in each settlement system, by currency.
  public var heldInstructions: [Int] {
    network.island.enter { network.call { $0.systems.map(\.system.heldCount) } }
  }

  /// Transfers that no strategy has taken yet.
  public var pendingTransfers: Int {
    network.island.enter { desk.call { $0.book.pendingCount } }
  }

  /// When the settlement system of a currency is open next, now included; seconds since 1970-01-01.
  public func nextOpening(of currency: CurrencyIndex) -> Int64 {
    network.island.enter {
      network.call { $0.systems[Int(currency)].hours.next(at: $0.second($0.island.now)).begin }
    }
  }

  /// What has arrived at payees' banks for transfers, by currency; minor units.
  public var paidOut: [Int64] { network.island.enter { desk.call { $0.paidOut() } } }

  /// Where a bank has used less liquidity for transfers than they took from its account, net, over
  /// the whole run.
  private func liquidityDifference(_ moves: [BankMoves]) -> String? {
    let movements = movedMoney
    for index in 0..<deployment.banks.correspondents {
      let bank = deployment.banks.correspondent(index)
      for (currency, code) in deployment.currencies.enumerated() {
        let taken = -moves[Int(bank.rawValue)].amounts[currency]
        let used = movements[currency].liquidityUsed(by: Int(bank.rawValue))
        if used < taken {
          return "\(deployment.banks.name(bank)), \(code): used \(used), sent \(taken) net"
        }
      }
    }
    return nil
  }

  /// What the cells and the desk owed, for shadow prices; nil if the run was cut short.
  public var obligations: [ObligationBook]? {
    let books = cells.compactMap { $0.result?.obligations }
    guard books.count == cells.count else { return nil }
    return books + [network.island.enter { desk.call { $0.obligations } }]
  }

  /// What an obligation's desk would have made of it under each of `Deployment.sequencePriced`,
  /// whose price follows obligations one by one: of cells and desk together.
  public var sequenceTallies: [CostTally] {
    let tallies: [CostTally] = network.island.enter {
      desk.call { desk in desk.sequences.map { $0.total } }
    }
    return tallies.indices.map { index in
      cells.reduce(into: tallies[index]) { sum, cell in
        if let tally = cell.result?.sequences[index] { sum.merge(tally) }
      }
    }
  }

  /// The spread on all deals of cells and desk, in the reporting currency.
  public var exchangeCost: MoneyAmount {
    var exchange = transfers?.exchange ?? ExchangeTally()
    for cell in cells { exchange.merge(cell.shared.measurements.exchange) }
    return exchange.spread(in: deployment.settings.costs.currency) {
      deployment.rates.table(step: $0)
    }
  }

  /// Whether the mid rates move while the run lasts.
  public var ratesMove: Bool {
    let end = now.nanoseconds / 1_000_000_000
    let epoch = deployment.epochSecond
    return deployment.rates.step(atUTC: epoch) != deployment.rates.step(atUTC: epoch + end)
  }

  /// What the strategy's plans report, of cells and desk together.
  public var plans: PlanTotals {
    var plans = cells.reduce(into: PlanTotals()) { $0.merge($1.plans) }
    if let transfers { plans.merge(transfers.plans) }
    return plans
  }

  /// The rails of the run, in the order of `rails.rails`.
  public var railSettings: [RailSettings] {
    deployment.settings.rails.filter { deployment.currencies.contains($0.currency) }
  }

  /// Payments settled and queues of the settlement systems over virtual time.
  public var settlementSeries: TimeSeries {
    network.island.enter { network.call { $0.series.series } }
  }

  /// What rounding left of foreign exchange with the cells' platform and the transfer desk, by
  /// currency; minor units, below zero where it cost them.
  public var residuals: [Int64] {
    let desk = transfers?.residuals
    return deployment.currencies.indices.map { index in
      cells.reduce(desk?[index] ?? 0) { $0 + ($1.result?.residuals[index] ?? 0) }
    }
  }

  /// Names of all participants, by position.
  public var bankNames: [String] {
    (0..<deployment.banks.count).map { deployment.banks.name(BankID(UInt16($0))) }
  }

  /// The name of a bank, as in files and results.
  public func name(of bank: BankID) -> String { deployment.banks.name(bank) }

  /// The banks of the run, without the clearing house and the dealer, by position among the
  /// participants of each settlement system.
  public var banks: [BankID] {
    let directory = deployment.banks
    return (0..<directory.count).map { BankID(UInt16($0)) }.filter {
      $0 != directory.clearingHouse && $0 != directory.dealer
    }
  }
}
