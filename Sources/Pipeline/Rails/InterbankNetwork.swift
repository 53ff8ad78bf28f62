import Money
import PaymentModel
import Scenario
import VirtualTime

/// The rails and the banks' accounts on them: one island for all cells.
///
/// An instruction waits for its rail to open, is attempted, moves money if the payer has it, and is
/// reported to the platform account that it concerns. After the close, accounts that moved get a
/// statement.
actor InterbankNetwork: IslandActor {
  nonisolated let island: Island
  private let deployment: Deployment
  private let notify: (Int, InterbankNotice) -> Void
  private let retryDelays: [Int64]
  private let statementDelay: Int64
  private var rails: [Rail]
  /// Balances by account, minor units.
  private var balances: [Int64]
  private let overdrafts: [Int64]
  private var statements: [Int: StatementWriter] = [:]
  private(set) var measurements = RailMeasurements()

  private struct Rail {
    let settings: RailSettings
    let hours: RailHours
    let latency: Latency
    let unavailable: Probability
    var random: RandomStream
    /// Instructions for the next opening or attempt.
    var waiting: DelayedActions<Instruction>
    /// Closing time for which a statement is scheduled, seconds since 1970-01-01.
    var statementAfter: Int64 = .min
  }

  init(
    island: Island, deployment: Deployment,
    notify: @escaping @Sendable (Int, InterbankNotice) -> Void
  ) {
    self.island = island
    self.deployment = deployment
    self.notify = notify
    retryDelays = deployment.settings.settlement.instructionRetryDelays.map(\.nanoseconds)
    statementDelay = deployment.settings.reconciliation.statementDelay.nanoseconds
    rails = []
    let currencies = deployment.currencies
    func converted(_ amount: MoneyAmount) -> [Int64] {
      currencies.map { deployment.fx.convert(amount, to: $0).amount.minorUnits }
    }
    let opening = converted(deployment.settings.banks.openingBalance)
    overdrafts = converted(deployment.settings.banks.overdraftLimit)
    balances = (0..<deployment.banks.count * currencies.count).map {
      opening[$0 % currencies.count]
    }
  }

  func start() {
    for (position, currency) in deployment.currencies.enumerated() {
      let settings = deployment.settings.rails.first { $0.currency == currency }!
      rails.append(
        Rail(
          settings: settings, hours: RailHours(settings), latency: Latency(settings.latency),
          unavailable: Probability(settings.unavailableRate),
          random: island.randomStream("rail.\(settings.name)", "attempts"),
          waiting: DelayedActions(island) { [unowned self] instruction in
            self.assumeIsolated { $0.attempt(instruction, on: position) }
          }))
    }
    for cell in 0..<deployment.banks.cells {
      for currency in deployment.currencies.indices {
        let account = deployment.banks.account(
          deployment.banks.platform(cell: cell), currency: UInt8(currency))
        statements[account] = StatementWriter(opening: balances[account])
      }
    }
  }

  /// Instructions arrive from a cell.
  func submit(_ instructions: [Instruction]) {
    measurements.instructions += instructions.count
    for instruction in instructions { enqueue(instruction, notBefore: island.now) }
  }

  /// Balance of an account, minor units.
  func balance(_ bank: BankID, _ currency: UInt8) -> Int64 {
    balances[deployment.banks.account(bank, currency: currency)]
  }

  /// Sum of all balances in a currency: constant, whatever is settled.
  func total(_ currency: UInt8) -> Int64 {
    stride(from: Int(currency), to: balances.count, by: deployment.currencies.count)
      .reduce(0) { $0 + balances[$1] }
  }

  private func second(_ instant: VirtualInstant) -> Int64 {
    deployment.epochSecond + instant.nanoseconds / 1_000_000_000
  }

  private func instant(_ second: Int64) -> VirtualInstant {
    VirtualInstant(nanoseconds: (second - deployment.epochSecond) * 1_000_000_000)
  }

  private func enqueue(_ instruction: Instruction, notBefore earliest: VirtualInstant) {
    let rail = Int(instruction.currency)
    let begin = instant(rails[rail].hours.next(at: second(earliest)).begin)
    if begin > earliest { measurements.waitedForOpening += 1 }
    let time = rails[rail].latency.draw(&rails[rail].random)
    rails[rail].waiting.add(instruction, at: max(begin, earliest) + time)
  }

  private func attempt(_ instruction: Instruction, on rail: Int) {
    measurements.attempts += 1
    let unreachable = rails[rail].unavailable
    if rails[rail].random.chance(unreachable) { return retry(instruction, on: rail) }
    let payer = deployment.banks.account(instruction.payer, currency: instruction.currency)
    guard balances[payer] + overdrafts[rail] >= instruction.amount else {
      measurements.deferredForLiquidity += 1
      return deferToNextDay(instruction, on: rail)
    }
    settle(instruction, payer: payer, on: rail)
  }

  /// Waits 5, 15 and 31 s before the second to fourth attempt; after that the next business day.
  private func retry(_ instruction: Instruction, on rail: Int) {
    var again = instruction
    guard Int(instruction.retries) < retryDelays.count else {
      again.retries = 0
      return deferToNextDay(again, on: rail)
    }
    measurements.retries += 1
    again.retries += 1
    rails[rail].waiting.add(
      again, at: island.now + retryDelays[Int(instruction.retries)])
  }

  private func deferToNextDay(_ instruction: Instruction, on rail: Int) {
    measurements.deferred += 1
    let close = rails[rail].hours.next(at: second(island.now)).close
    enqueue(instruction, notBefore: instant(close))
  }

  /// Final: from here only another payment brings the money back.
  private func settle(_ instruction: Instruction, payer: Int, on rail: Int) {
    let payee = deployment.banks.account(instruction.payee, currency: instruction.currency)
    balances[payer] -= instruction.amount
    balances[payee] += instruction.amount
    measurements.settled += 1
    measurements.fees[rail, default: 0] += rails[rail].settings.fee.minorUnits
    island.digest.add(UInt64(instruction.reference) << 8 | UInt64(instruction.kind.rawValue))
    island.digest.add(island.now.nanoseconds)
    island.digest.add(instruction.amount)
    guard instruction.kind != .scheme else { return }
    let kind: StatementLine.Kind = instruction.kind == .payout ? .payout : .funding
    for (account, amount) in [(payer, -instruction.amount), (payee, instruction.amount)] {
      statements[account]?.add(
        StatementLine(kind: kind, reference: instruction.reference, amount: amount))
    }
    notify(instruction.cell, .executed(instruction, at: island.now))
    scheduleStatements(of: rail)
  }

  private func scheduleStatements(of rail: Int) {
    let (day, _, close) = rails[rail].hours.next(at: second(island.now))
    guard close > rails[rail].statementAfter else { return }
    rails[rail].statementAfter = close
    island.schedule(at: instant(close) + statementDelay) { [self] in
      self.assumeIsolated { $0.deliverStatements(of: rail, day: day) }
    }
  }

  private func deliverStatements(of rail: Int, day: CivilDate) {
    for cell in 0..<deployment.banks.cells {
      let platform = deployment.banks.platform(cell: cell)
      let account = deployment.banks.account(platform, currency: UInt8(rail))
      guard statements[account]?.isEmpty == false else { continue }
      let statement = statements[account]!.finish(
        account: deployment.banks.name(platform), currency: deployment.currencies[rail], day: day)
      measurements.statements += 1
      notify(cell, .statement(statement))
    }
  }
}

/// What the interbank network counts.
public struct RailMeasurements: Sendable {
  /// Instructions received from the cells.
  public var instructions = 0
  /// Attempts to execute an instruction.
  public var attempts = 0
  /// Attempts that are made again because the counterparty was unreachable.
  public var retries = 0
  /// Instructions executed.
  public var settled = 0
  /// How often an instruction was put off to the next business day, for whatever reason.
  public var deferred = 0
  /// How often that was because the payer lacked the money.
  public var deferredForLiquidity = 0
  /// How often an instruction had to wait for its rail to open.
  public var waitedForOpening = 0
  /// Statements of the platform's accounts delivered.
  public var statements = 0
  /// Operators' fees by rail, minor units of the rail's currency.
  public var fees: [Int: Int64] = [:]
}
