import Interbank
import Money
import PaymentModel
import Scenario

/// Statements of the banks whose customers send transfers, under `files/`: one for each account and
/// business day of its system on which money moved, in the format of the platform's statements.
final class StatementRecords: RecordListener {
  private let scope: RecordScope
  private var writers: [StatementWriter]
  private var instructions: [Int64: Instruction] = [:]
  private var files: [RecordFile] = []

  init(_ scope: RecordScope) {
    self.scope = scope
    let deployment = scope.deployment
    let own = deployment.settings.ownTerms
    writers = (0..<deployment.banks.correspondents).flatMap { index in
      let bank = own[scope.name(deployment.banks.correspondent(index))]
      return deployment.currencies.map { currency in
        let terms = BankTerms(bank, in: currency, of: deployment.settings)
        return StatementWriter(
          opening: deployment.fx.convert(terms.openingBalance, to: currency).amount.minorUnits)
      }
    }
  }

  func hear(_ event: RecordedEvent, at time: Int64) {
    switch event {
    case .arrived(let payment, let instruction): instructions[payment.id] = instruction
    case .system(.settled(let settlement, _), _):
      guard let instruction = instructions[settlement.id] else { return }
      if settlement.remaining == 0 { instructions[settlement.id] = nil }
      add(instruction, settlement.amount)
    case .system(.returned(let id, _, _, _), _), .system(.rejected(let id, _, _), _):
      instructions[id] = nil
    case .dayClosed(let currency, let day): finishDay(currency, day)
    case .scheduled(let record): add(record)
    default: break
    }
  }

  private func add(_ record: ScheduledRecord) {
    guard let applied = record.applied, applied > 0, let currency = record.currency,
      let place = place(record.bank, currency)
    else { return }
    let sign: Int64
    switch record.action {
    case .addLiquidity: sign = 1
    case .withdrawLiquidity: sign = -1
    default: return
    }
    writers[place].add(
      StatementLine(kind: .liquidity, reference: UInt32(record.entry), amount: sign * applied))
  }

  private func add(_ instruction: Instruction, _ amount: Int64) {
    let kind: StatementLine.Kind
    switch instruction.kind {
    case .transfer: kind = .transfer
    case .exchange: kind = .exchange
    case .payout: kind = .payout
    case .funding, .scheme: kind = .funding
    }
    for (bank, amount) in [(instruction.payer, -amount), (instruction.payee, amount)] {
      guard let place = place(bank, instruction.currency) else { continue }
      writers[place].add(
        StatementLine(kind: kind, reference: instruction.reference, amount: amount))
    }
  }

  private func place(_ bank: BankID, _ currency: CurrencyIndex) -> Int? {
    let banks = scope.deployment.banks
    let index = Int(bank.rawValue) - Int(banks.correspondent(0).rawValue)
    guard (0..<banks.correspondents).contains(index) else { return nil }
    return index * scope.deployment.currencies.count + Int(currency)
  }

  private func finishDay(_ currency: CurrencyIndex, _ day: CivilDate) {
    let banks = scope.deployment.banks
    let settings = scope.deployment.currencies[Int(currency)]
    for index in 0..<banks.correspondents {
      let place = index * scope.deployment.currencies.count + Int(currency)
      guard !writers[place].isEmpty else { continue }
      let statement = writers[place].finish(
        account: scope.name(banks.correspondent(index)), currency: settings, day: day)
      files.append(RecordFile(name: "files/\(statement.name)", bytes: statement.bytes))
    }
  }

  func finish() -> [RecordFile] { files }
}
