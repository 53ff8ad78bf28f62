import Batching
import Chance
import Interbank
import Money
import PaymentModel
import Scenario
import VirtualTime

/// What the digest of a run binds of each kind of event: who pays whom, over which rail, when, and
/// every amount and fee. Amounts are minor units, times nanoseconds since the start of the run.
///
/// The first word of an event carries its kind. Words are put side by side only where each has its
/// own bits, so that no two events of a kind come to the same words.
extension Digest {
  private enum Kind: UInt64 {
    case answer = 1
    case state, givenBack, inBatch, share, batch, entry, deal, instructed, executed, system
    case transfer, transferBatch, transferDeal, withdrawn, line, file, movement, statement, notice
    case scheduled
  }

  @inline(__always)
  private mutating func add(_ kind: Kind, _ word: UInt64) { add(kind.rawValue << 56 ^ word) }

  // MARK: payments

  /// The gateway's answer to a request.
  @inline(__always)
  mutating func add(
    _ answer: CellMeasurements.Answer, to request: PaymentRequest, at time: Int64
  ) {
    add(
      .answer,
      UInt64(answer.rawValue) << 48 ^ UInt64(request.issuer) << 40
        ^ UInt64(request.currency) << 32 ^ UInt64(request.merchant))
    add(request.fingerprint.rawValue)
    add(request.amount)
    add(time)
  }

  /// A payment is in a state from now on; `amount` is what is held or captured of it.
  @inline(__always)
  mutating func add(_ payment: PaymentID, _ row: PaymentRow, amount: Int64, at time: Int64) {
    add(
      .state,
      UInt64(row.state.rawValue) << 48 ^ UInt64(row.endpoint) << 40 ^ UInt64(row.currency) << 32
        ^ UInt64(payment))
    add(UInt64(row.merchant) << 32 | UInt64(row.externalReference))
    add(amount)
    add(time)
  }

  /// So much of a captured payment goes back to its payer.
  mutating func add(
    givenBack payment: PaymentID, _ row: PaymentRow, amount: Int64, at time: Int64
  ) {
    add(
      .givenBack,
      (row.traits.contains(.voided) ? 1 : 0) << 48 ^ UInt64(row.endpoint) << 40
        ^ UInt64(row.currency) << 32 ^ UInt64(payment))
    add(UInt64(row.merchant))
    add(amount)
    add(time)
  }

  // MARK: batches

  /// An obligation goes into a batch, for a fee.
  @inline(__always)
  mutating func add(_ obligation: Obligation, inBatch batch: BatchID, fee: Int64) {
    add(.inBatch, UInt64(batch))
    addWords(of: obligation)
    add(fee)
  }

  @inline(__always)
  private mutating func addWords(of obligation: Obligation) {
    add(UInt64(obligation.payment) << 32 | UInt64(obligation.merchant.rawValue))
    add(obligation.route.packed)
    add(obligation.amount)
    add(obligation.captured)
    add(
      UInt64(UInt32(bitPattern: obligation.businessDay)) << 32
        | UInt64(UInt32(bitPattern: obligation.deadline)))
    add(UInt64(obligation.latest.rawValue))
  }

  /// What a batch means for one merchant in one currency: gross and fee in it, and what it is paid
  /// in the currency of the batch.
  mutating func add(
    shareOf merchant: CellMerchant, currency: CurrencyIndex, gross: Int64, fee: Int64, paid: Int64
  ) {
    add(.share, UInt64(currency) << 32 ^ UInt64(merchant))
    add(gross)
    add(fee)
    add(paid)
  }

  /// A batch of a cell goes on its way.
  mutating func add(
    _ batch: PlannedBatch, number: BatchID, currency: CurrencyIndex, payout: Int64, at time: Int64
  ) {
    add(
      .batch,
      UInt64(batch.netting.rawValue) << 48 ^ UInt64(batch.window.rawValue) << 40
        ^ UInt64(currency) << 32 ^ UInt64(number))
    add(UInt64(batch.payer.rawValue) << 16 | UInt64(batch.payee.rawValue))
    add(UInt64(batch.members.count))
    add(payout)
    add(time)
  }

  /// A movement of the platform's account that is no batch of payments.
  mutating func add(
    _ kind: Batch.Kind, number: BatchID, currency: CurrencyIndex, amount: Int64, at time: Int64
  ) {
    add(.entry, UInt64(kind.rawValue) << 40 ^ UInt64(currency) << 32 ^ UInt64(number))
    add(amount)
    add(time)
  }

  /// A deal of the platform's own.
  mutating func add(_ deal: CoverDeal, at time: Int64) {
    add(.deal, UInt64(deal.source) << 8 ^ UInt64(deal.destination))
    add(deal.sold)
    add(deal.bought)
    add(time)
  }

  // MARK: rails

  private static func word(of priority: PaymentPriority) -> UInt64 {
    switch priority {
    case .normal: 0
    case .urgent: 1
    case .high: 2
    }
  }

  private mutating func addWords(of instruction: Instruction) {
    add(
      UInt64(instruction.kind.rawValue) << 56 | UInt64(instruction.window.rawValue) << 48
        | UInt64(instruction.currency) << 40 | UInt64(instruction.rail) << 32
        | UInt64(instruction.payer.rawValue) << 16 | UInt64(instruction.payee.rawValue))
    add(UInt64(UInt32(truncatingIfNeeded: instruction.cell)) << 32 | UInt64(instruction.reference))
    add(instruction.amount)
    add(instruction.settled)
    add(
      UInt64(UInt32(bitPattern: instruction.payments)) << 32
        | UInt64(instruction.tried.count) << 16 | UInt64(instruction.retries) << 8
        | (instruction.group > 0 ? 16 : 0) | Self.word(of: instruction.priority))
    if instruction.group > 0 { add(UInt64(instruction.group)) }
    add(instruction.deadline ?? .min)
    add(instruction.number)
    add(instruction.submitted)
    for rail in instruction.tried { add(UInt64(rail)) }
  }

  /// The interbank network has taken an instruction on.
  mutating func add(instructed instruction: Instruction, at time: Int64) {
    add(.instructed, UInt64(bitPattern: time))
    addWords(of: instruction)
  }

  /// An instruction was executed, for a fee of the rail's operator.
  mutating func add(executed instruction: Instruction, fee: Int64, at time: Int64) {
    add(.executed, UInt64(bitPattern: time))
    addWords(of: instruction)
    add(fee)
  }

  /// A cell hears that an instruction was executed at `time`.
  mutating func add(notice instruction: Instruction, executedAt time: Int64) {
    add(.notice, UInt64(bitPattern: time))
    addWords(of: instruction)
  }

  /// A wire of the transfer desk was taken back; so much of it was final.
  mutating func add(withdrawn wire: WireID, moved: Int64, at time: Int64) {
    add(.withdrawn, UInt64(wire))
    add(moved)
    add(time)
  }

  /// What the settlement system of a currency has done.
  mutating func add(_ event: SettlementEvent, currency: CurrencyIndex) {
    func head(_ code: UInt64, _ detail: UInt64) -> UInt64 {
      code << 48 ^ detail << 32 ^ UInt64(currency)
    }
    switch event {
    case .settled(let settlement, let time):
      add(.system, head(1, UInt64(settlement.mechanism.rawValue)))
      add(settlement.id)
      add(settlement.amount)
      add(settlement.remaining)
      add(settlement.group)
      add(time)
    case .queued(let id, let reason, let time):
      add(.system, head(2, reason.code))
      add(id)
      add(time)
    case .released(let id, let time):
      add(.system, head(3, 0))
      add(id)
      add(time)
    case .deferred(let id, let reason, let time):
      add(.system, head(4, reason.code))
      add(id)
      add(time)
    case .rejected(let id, let reason, let time):
      add(.system, head(5, reason.code))
      add(id)
      add(time)
    case .returned(let id, let amount, let reason, let time):
      add(.system, head(6, reason.code))
      add(id)
      add(amount)
      add(time)
    case .positionSettled(let participant, let amount, let time):
      add(.system, head(7, UInt64(participant)))
      add(amount)
      add(time)
    case .reprioritised(let id, let priority, let time):
      add(.system, head(8, UInt64(priority.rawValue)))
      add(id)
      add(time)
    case .resubmitted(let id, let time):
      add(.system, head(9, 0))
      add(id)
      add(time)
    }
  }

  /// An entry of the schedule was carried out.
  mutating func add(_ record: ScheduledRecord) {
    add(
      .scheduled,
      UInt64(ScheduledAction.Action.allCases.firstIndex(of: record.action)!) << 48
        ^ UInt64(record.bank.rawValue) << 32 ^ UInt64(record.counterparty?.rawValue ?? .max) << 16
        ^ UInt64(record.currency.map { UInt8(truncatingIfNeeded: Int($0)) } ?? .max))
    add(Int64(record.entry))
    add(Int64(record.payments ?? -1))
    add(record.asked ?? -1)
    add(record.applied ?? -1)
    add(record.at)
  }

  // MARK: transfers

  /// What becomes of a transfer between banks' customers.
  enum TransferChange: UInt64, CaseIterable { case accepted = 1, settled, reversed, failed }

  /// A transfer was taken on, or came to an end.
  mutating func add(_ change: TransferChange, _ obligation: Obligation, at time: Int64) {
    add(.transfer, change.rawValue)
    addWords(of: obligation)
    add(time)
  }

  /// Transfers go on their way together.
  mutating func add(_ batch: TransferBook.Batch, number: BatchID, at time: Int64) {
    add(.transferBatch, UInt64(batch.currency) << 32 ^ UInt64(number))
    add(UInt64(batch.payer.rawValue) << 16 | UInt64(batch.payee.rawValue))
    add(batch.payout)
    add(UInt64(batch.members.count))
    for member in batch.members { add(UInt64(member)) }
    add(time)
  }

  /// A bank's deal with the dealer: what is sold and bought, and in which currencies.
  mutating func add(
    dealOf bank: BankID, number: UInt32, sold: MoneyAmount, bought: MoneyAmount, at time: Int64
  ) {
    add(.transferDeal, UInt64(bank.rawValue) << 32 ^ UInt64(number))
    add(UInt64(sold.currency.index) << 8 | UInt64(bought.currency.index))
    add(sold.minorUnits)
    add(bought.minorUnits)
    add(time)
  }

  // MARK: files

  /// A line of an acquirer's file is read.
  @inline(__always)
  mutating func add(_ line: SettlementLine) {
    add(
      .line,
      UInt64(line.kind.rawValue) << 48 ^ UInt64(line.issuer) << 40 ^ UInt64(line.currency) << 32
        ^ UInt64(line.merchant))
    add(UInt64(line.payment) << 32 | UInt64(line.reference))
    add(line.amount)
  }

  /// An acquirer's file was read, with sums by currency.
  mutating func add(fileOf endpoint: EndpointIndex, sums: [Int64], at time: Int64) {
    add(.file, UInt64(endpoint))
    for sum in sums { add(sum) }
    add(time)
  }

  /// A line of a bank's statement is read.
  mutating func add(_ line: StatementLine) {
    add(.movement, UInt64(line.kind.code) << 32 ^ UInt64(line.reference))
    add(line.amount)
  }

  /// A statement was read.
  mutating func add(
    statementOf currency: CurrencyIndex, opening: Int64, closing: Int64, at time: Int64
  ) {
    add(.statement, UInt64(currency))
    add(opening)
    add(closing)
    add(time)
  }
}

extension SettlementReason {
  /// A number for each reason.
  var code: UInt64 {
    switch self {
    case .liquidityCoverMissing: 1
    case .liquidityReserved: 2
    case .netDebitCapExceeded: 3
    case .bilateralLimitExceeded: 4
    case .behindOthers: 5
    case .awaitingCycle: 6
    case .awaitingOffset: 7
    case .heldByPayer: 8
    case .systemClosed: 9
    case .unsettledAtClose: 10
    case .cancelled: 11
    case .invalidAmount: 12
    case .invalidParticipants: 13
    case .submittedInFuture: 14
    case .awaitingBatch: 15
    }
  }
}

extension StatementLine.Kind {
  /// A number for each kind.
  var code: UInt8 {
    switch self {
    case .payout: 1
    case .funding: 2
    case .transfer: 3
    case .exchange: 4
    case .liquidity: 5
    }
  }
}
