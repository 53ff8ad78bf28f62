import Interbank
import PaymentModel

/// `system_payments.csv`: payments between banks as the settlement systems saw them, a row for each
/// part that settled, in the order in which that happened, and for what came to another end; then
/// what is open. `positions.csv`: net positions that were paid into (or, negative, from) accounts.
///
/// Events of all systems are counted in one sequence, by which rows can be put in order: what
/// settled as one group has one number of a group within its currency.
final class PaymentRecords: RecordListener {
  private struct Waiting {
    var payment: InterbankPayment
    var instruction: Instruction
    var arrival: Int64
    var arrived: Int64
    var remaining: Int64
  }

  private let scope: RecordScope
  private var payments = RowWriter()
  private var positions = RowWriter()
  private var days = RowWriter()
  private var open: [Int64: Waiting] = [:]
  private var event: Int64 = 0
  /// Start of the running day by currency: event and time.
  private var starts: [CurrencyIndex: (event: Int64, time: Int64)] = [:]

  init(_ scope: RecordScope) { self.scope = scope }

  func hear(_ told: RecordedEvent, at time: Int64) {
    switch told {
    case .arrived(let payment, let instruction):
      event += 1
      open[payment.id] = Waiting(
        payment: payment, instruction: instruction, arrival: event, arrived: time,
        remaining: payment.amount)
    case .system(let change, let currency):
      event += 1
      note(change, currency)
    case .dayOpened(let currency):
      event += 1
      starts[currency] = (event, time)
    case .dayClosed(let currency, _):
      event += 1
      if let start = starts.removeValue(forKey: currency) { endDay(currency, start, time) }
    default: break
    }
  }

  private func note(_ change: SettlementEvent, _ currency: CurrencyIndex) {
    switch change {
    case .settled(let settlement, let at):
      guard var waiting = open[settlement.id] else { return }
      waiting.remaining = settlement.remaining
      write(waiting, part: settlement.amount, at: at, settlement, end: "settled")
      open[settlement.id] = settlement.remaining > 0 ? waiting : nil
    case .rejected(let id, let reason, let at):
      guard let waiting = open.removeValue(forKey: id) else { return }
      write(waiting, part: waiting.remaining, at: at, nil, end: reason.rawValue)
    case .returned(let id, let amount, let reason, let at):
      guard let waiting = open.removeValue(forKey: id) else { return }
      write(waiting, part: amount, at: at, nil, end: reason.rawValue)
    case .positionSettled(let participant, let amount, let at):
      positions.add(scope.code(currency))
      positions.add(scope.name(BankID(UInt16(participant))))
      positions.add(amount)
      positions.add(at)
      positions.add(event)
      positions.end()
    case .queued, .released, .deferred, .reprioritised, .resubmitted: break
    }
  }

  private func write(
    _ waiting: Waiting, part: Int64, at time: Int64?, _ settlement: Settlement?, end: String
  ) {
    let payment = waiting.payment
    payments.add(payment.id)
    payments.add(waiting.instruction.number)
    payments.add("\(waiting.instruction.kind)")
    payments.add(scope.name(waiting.instruction.payer))
    payments.add(scope.name(waiting.instruction.payee))
    payments.add(scope.code(waiting.instruction.currency))
    payments.add(payment.amount)
    payments.add(part)
    payments.add(waiting.arrived)
    payments.add(waiting.arrival)
    payments.add(payment.deadline)
    payments.add("\(payment.priority)")
    payments.add(time)
    payments.add(time == nil ? nil : event)
    payments.add(settlement?.mechanism.name ?? "")
    payments.add(settlement?.group)
    payments.add(end)
    payments.end()
  }

  private func endDay(
    _ currency: CurrencyIndex, _ start: (event: Int64, time: Int64), _ time: Int64
  ) {
    days.add(scope.code(currency))
    days.add(start.time)
    days.add(start.event)
    days.add(time)
    days.add(event)
    days.end()
  }

  func finish() -> [RecordFile] {
    for (_, waiting) in open.sorted(by: { $0.key < $1.key }) {
      write(waiting, part: waiting.remaining, at: nil, nil, end: "open")
    }
    return [
      RecordFile(name: "system_payments.csv", header: Self.header, bytes: payments.bytes),
      RecordFile(
        name: "positions.csv", header: "currency,bank,amount_minor,paid_ns,event\n",
        bytes: positions.bytes),
      RecordFile(
        name: "days.csv", header: "currency,opened_ns,opened_event,closed_ns,closed_event\n",
        bytes: days.bytes),
    ]
  }

  private static let header =
    "id,wire,kind,payer,payee,currency,amount_minor,part_minor,arrived_ns,arrived_event,"
    + "deadline_ns,priority,ended_ns,ended_event,mechanism,group,end\n"
}
