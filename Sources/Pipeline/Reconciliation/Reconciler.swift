import Money
import PaymentModel
import Plants
import Scenario
import VirtualTime

/// Matches what acquirers and banks deliver against the platform's own records (SPEC F1). It reads
/// the other side from the files alone.
actor Reconciler: IslandActor {
  nonisolated let island: Island
  private let shared: CellShared
  private let workers: SettlementWorkers
  private let ledger: Ledger
  private(set) var counts = ReconciliationCounts()
  /// The dead-letter queue: the first exceptions, with everything known of them.
  private(set) var exceptions: [ReconciliationException] = []
  /// Settlement files by number, with their sums; a bank's movement must match one.
  private var funding: [[Int64]] = []
  private var fundingEndpoints: [EndpointIndex] = []
  private var fundingStated: [[Bool]] = []
  /// Whether the bank has moved the sums.
  private var fundingExecuted: [[Bool]] = []
  /// What the bank has moved for files, by endpoint and currency; minor units.
  private(set) var funded: [[Int64]]
  /// Sums of what files stated, by endpoint and currency.
  private var stated: [[Int64]]
  /// Refunds and voids stated, by payment.
  private(set) var refundsStated: [PaymentID: Int64] = [:]
  /// Lines that the streaming phase could not match, for the daily phase.
  private var unmatched: [UnmatchedLine] = []
  /// Closing balance of the last statement, by currency; nil before the first.
  private(set) var closing: [Int64?]
  /// Opening balance of the first statement, by currency; nil before it.
  private(set) var opening: [Int64?]
  /// Movements that the bank has reported one by one, and those of its statements.
  private(set) var reported: MovementTally
  private(set) var movements: MovementTally
  /// Payouts and positions that a statement has carried.
  private(set) var statedPayouts: Set<BatchID> = []
  /// Lines of files by endpoint, with their sums by currency.
  private(set) var linesRead: [MovementTally]
  /// What the lines of the file in hand say that issuers owe, by issuer and currency; minor units.
  private var owedByIssuers: [Int64]
  private var kept: [(name: String, bytes: [UInt8])] = []

  /// Exceptions kept with their context; more are counted.
  private static let keptExceptions = 1_000

  init(shared: CellShared, workers: SettlementWorkers, ledger: Ledger) {
    island = shared.island
    self.shared = shared
    self.workers = workers
    self.ledger = ledger
    let currencies = shared.deployment.currencies.count
    stated = Array(
      repeating: Array(repeating: 0, count: currencies), count: shared.deployment.endpoints.count)
    funded = stated
    closing = Array(repeating: nil, count: currencies)
    opening = closing
    reported = MovementTally(currencies: currencies)
    movements = reported
    linesRead = Array(repeating: reported, count: shared.deployment.endpoints.count)
    owedByIssuers = Array(repeating: 0, count: shared.settings.banks.issuers * currencies)
  }

  // MARK: acquirers' files

  /// Reads a settlement file of an acquirer; its money comes under the number of the file, counted
  /// from 1 in the order of delivery.
  func read(_ file: SettlementFile, endpoint: EndpointIndex) {
    if shared.settings.reconciliation.keepFiles { kept.append((file.name, file.bytes)) }
    counts.files += 1
    island.note("reconciler, file", counts.files)
    var reader = SettlementFileReader(file, currencies: shared.deployment.currencies)
    var sums = [Int64](repeating: 0, count: shared.deployment.currencies.count)
    do throws(FileFault) {
      sums = try reader.read { match($0, endpoint: endpoint, file: file.name) }
    } catch {
      raise(.fileFault, "\(error)")
    }
    island.digest.add(fileOf: endpoint, sums: sums, at: island.now.nanoseconds)
    let banks = shared.deployment.banks
    for (currency, sum) in sums.enumerated() {
      stated[Int(endpoint)][currency] += sum
      shared.owed.owe(
        sum, from: banks.endpointBank(endpoint),
        to: banks.platform(cell: shared.plan.index), in: CurrencyIndex(currency))
    }
    oweIssuers(of: endpoint)
    funding.append(sums)
    fundingStated.append(Array(repeating: false, count: sums.count))
    fundingExecuted.append(Array(repeating: false, count: sums.count))
    fundingEndpoints.append(endpoint)
  }

  /// Counts what issuers are to pay for the lines of a file, whoever moves it.
  private func oweIssuers(of endpoint: EndpointIndex) {
    let banks = shared.deployment.banks
    let currencies = shared.deployment.currencies.count
    for place in owedByIssuers.indices where owedByIssuers[place] != 0 {
      shared.owed.owe(
        owedByIssuers[place], from: banks.issuer(place / currencies),
        to: banks.endpointBank(endpoint), in: CurrencyIndex(place % currencies))
      owedByIssuers[place] = 0
    }
  }

  private func match(_ line: SettlementLine, endpoint: EndpointIndex, file: String) {
    counts.lines += 1
    linesRead[Int(endpoint)].add(line.amount, of: line.currency)
    let place = Int(line.issuer) * stated[0].count + Int(line.currency)
    if owedByIssuers.indices.contains(place) { owedByIssuers[place] += line.amount }
    island.digest.add(line)
    shared.measurements.checks.reconciliation += 1
    if planted(Plant.fileLineUnread), line.reference % 40 == 7 { return }
    judge(line, endpoint: endpoint, file: file)
  }

  private func judge(_ line: SettlementLine, endpoint: EndpointIndex, file: String) {
    func refuse(_ kind: ReconciliationException.Kind) {
      tell(line, file, kind)
      raise(kind, "\(file): \(line)")
    }
    guard shared.store.contains(line.payment) else {
      return keep(line, endpoint, file, .unknownPayment)
    }
    let row = shared.store[line.payment]
    guard row.endpoint == endpoint, row.currency == line.currency, row.merchant == line.merchant
    else { return keep(line, endpoint, file, .unknownPayment) }
    switch line.kind {
    case .capture:
      guard row.steps.contains(.captured) else { return keep(line, endpoint, file, .notCaptured) }
      guard row.externalReference == line.reference else {
        return keep(line, endpoint, file, .otherReference)
      }
      guard shared.store.capturedAmount(line.payment) == line.amount else {
        return refuse(.otherAmount)
      }
      guard !row.steps.contains(.stated) else { return refuse(.statedTwice) }
      shared.store[line.payment].steps.insert(.stated)
    case .refund, .void:
      guard (line.kind == .void) == row.traits.contains(.voided) else {
        return refuse(.otherAmount)
      }
      let sum = refundsStated[line.payment, default: 0] - line.amount
      guard sum <= shared.store.refundedAmount(line.payment) else {
        return refuse(.otherAmount)
      }
      refundsStated[line.payment] = sum
    }
    counts.matched += planted(Plant.matchedTwice) ? 2 : 1
    tell(line, file, nil)
  }

  private func tell(
    _ line: SettlementLine, _ file: String, _ problem: ReconciliationException.Kind?
  ) {
    guard shared.store.contains(line.payment) else { return }
    shared.tell(line.payment, .stated(line, file: counts.files, name: file, problem))
  }

  private func keep(
    _ line: SettlementLine, _ endpoint: EndpointIndex, _ file: String,
    _ kind: ReconciliationException.Kind
  ) {
    tell(line, file, kind)
    unmatched.append(
      UnmatchedLine(
        line: line, endpoint: endpoint, file: file, second: island.now.nanoseconds / 1_000_000_000,
        kind: kind))
  }

  /// Looks again at lines that came before the platform knew of what they state: before its own
  /// capture was durable, or the answer to the authorisation noted. What still matches nothing
  /// keeps the time at which it came.
  func matchEarlyLines() {
    let early = unmatched
    unmatched = []
    for line in early where !planted(Plant.earlyLineDropped) {
      let kept = unmatched.count
      judge(line.line, endpoint: line.endpoint, file: line.file)
      if unmatched.count > kept { unmatched[kept].second = line.second }
    }
  }

  // MARK: the bank

  /// The bank reports an instruction as executed.
  func executed(_ instruction: Instruction, at instant: VirtualInstant) {
    island.note("reconciler, executed instruction", Int(instruction.number))
    island.digest.add(notice: instruction, executedAt: instant.nanoseconds)
    let isReceived = instruction.payee == shared.platform
    reported.add(
      isReceived ? instruction.amount : -instruction.amount, of: instruction.currency)
    switch instruction.kind {
    case .payout: workers.call { $0.confirmed(instruction, at: instant) }
    case .funding:
      let platform = shared.deployment.banks.platform(cell: shared.plan.index)
      let sign: Int64 = instruction.payee == platform ? 1 : -1
      let index = Int(instruction.reference) - 1
      guard funding.indices.contains(index),
        funding[index][Int(instruction.currency)] == sign * instruction.amount
      else { return raise(.unknownMovement, "\(instruction)") }
      let endpoint = planted(Plant.fundingOfAnother) ? fundingEndpoints[0] : fundingEndpoints[index]
      fundingExecuted[index][Int(instruction.currency)] = true
      funded[Int(endpoint)][Int(instruction.currency)] += sign * instruction.amount
      ledger.call {
        $0.fund(
          endpoint: endpoint, currency: instruction.currency, amount: sign * instruction.amount,
          file: instruction.reference)
      }
    case .scheme, .transfer, .exchange: raise(.unknownMovement, "\(instruction)")
    }
  }

  /// Reads a statement of the platform's account.
  func read(_ statement: BankStatement) {
    if shared.settings.reconciliation.keepFiles { kept.append((statement.name, statement.bytes)) }
    counts.statements += 1
    island.note("reconciler, statement", counts.statements)
    do throws(FileFault) {
      let parsed = try ParsedStatement(statement)
      guard
        let place = shared.deployment.currencies.firstIndex(where: { $0.code == parsed.currency })
      else { return raise(.unknownMovement, "\(statement.name): currency \(parsed.currency)") }
      let currency = CurrencyIndex(place)
      if let before = closing[place], before != parsed.opening {
        raise(.otherBalance, "\(statement.name): opens at \(parsed.opening), closed at \(before)")
      }
      if opening[place] == nil { opening[place] = parsed.opening }
      closing[place] = parsed.closing
      island.digest.add(
        statementOf: currency, opening: parsed.opening, closing: parsed.closing,
        at: island.now.nanoseconds)
      for line in parsed.lines { match(line, currency: currency, statement: statement.name) }
    } catch {
      raise(.fileFault, "\(error)")
    }
  }

  private func match(_ line: StatementLine, currency: CurrencyIndex, statement: String) {
    counts.movements += 1
    movements.add(line.amount, of: currency)
    island.digest.add(line)
    shared.measurements.checks.reconciliation += 1
    if planted(Plant.statementLineUnread), line.reference % 20 == 7 { return }
    switch line.kind {
    case .payout:
      let batch = BatchID(line.reference)
      if let fault = workers.call({ $0.stated(batch, amount: -line.amount) }) {
        return raise(.unknownMovement, "\(statement): \(line): \(fault)")
      }
      statedPayouts.insert(batch)
    case .funding:
      let index = Int(line.reference) - 1
      guard funding.indices.contains(index), funding[index][Int(currency)] == line.amount,
        !fundingStated[index][Int(currency)]
      else { return raise(.unknownMovement, "\(statement): \(line)") }
      fundingStated[index][Int(currency)] = true
    case .transfer, .exchange, .liquidity:
      return raise(.unknownMovement, "\(statement): \(line)")
    }
    counts.movementsMatched += 1
  }

  // MARK: the end

  /// The daily phase: pairs what the streaming phase left by merchant, amount and date; what stays
  /// is an exception. Called when the world stands still.
  func pair(_ unstated: [UnstatedPayment]) {
    let matcher = FuzzyMatcher(days: shared.settings.reconciliation.fuzzyDays)
    var isPaired = [Bool](repeating: false, count: unmatched.count)
    var isStated = [Bool](repeating: false, count: unstated.count)
    for (line, payment) in matcher.pairs(unmatched, unstated) {
      isPaired[line] = true
      isStated[payment] = true
      counts.fuzzy += 1
    }
    for (index, line) in unmatched.enumerated() where !isPaired[index] {
      // The platform's own capture may have been cut off by the horizon.
      if shared.stop != nil, line.kind == .notCaptured { continue }
      raise(line.kind, "\(line.file): \(line.line)")
    }
    for (index, payment) in unstated.enumerated() where !isStated[index] {
      raise(.notStated, "\(payment)")
    }
  }

  /// Compares totals and looks for what was never stated. Called when the world stands still.
  ///
  /// - Parameter captured: captured less refunded, by endpoint and currency, without what the
  ///   horizon left out of every file; minor units.
  func close(captured: [[Int64]]) {
    for (endpoint, sums) in captured.enumerated() {
      for (currency, sum) in sums.enumerated() where sum != 0 || stated[endpoint][currency] != 0 {
        counts.totalsCompared += 1
        if sum == stated[endpoint][currency] {
          counts.totalsEqual += 1
        } else {
          raise(
            .otherAmount,
            "endpoint \(endpoint), currency \(currency): own total \(sum), "
              + "stated \(stated[endpoint][currency])")
        }
      }
    }
    for (index, sums) in funding.enumerated() {
      for (currency, sum) in sums.enumerated() where sum != 0 && !fundingStated[index][currency] {
        // What the bank had not moved by the horizon is outstanding.
        if shared.stop != nil, !fundingExecuted[index][currency] { continue }
        raise(.notStated, "funding of file \(index + 1), currency \(currency): \(sum)")
      }
    }
  }

  /// A payment or batch that nobody stated.
  func raise(_ kind: ReconciliationException.Kind, _ context: String) {
    counts.exceptions += 1
    if exceptions.count < Self.keptExceptions {
      exceptions.append(ReconciliationException(kind: kind, context: context))
    }
  }

  /// The files that were exchanged, if the scenario keeps them.
  func takeFiles() -> [(name: String, bytes: [UInt8])] { kept }
}
