import Money
import PaymentModel

/// `wires.csv`: the instructions that the interbank network executed, in that order, and then those
/// that it did not.
final class WireRecords: RecordListener {
  private let scope: RecordScope
  private var writer = RowWriter()
  /// Instructions on their way, by number.
  private var open: [Int64: Instruction] = [:]
  private var withdrawn: Set<WireID> = []

  init(_ scope: RecordScope) { self.scope = scope }

  func hear(_ event: RecordedEvent, at time: Int64) {
    switch event {
    case .instructed(let instruction): open[instruction.number] = instruction
    case .executed(let instruction, let charge):
      let asked = open.removeValue(forKey: instruction.number) ?? instruction
      write(asked, rail: instruction.rail, settled: time, charge)
    case .withdrawn(let wire): withdrawn.insert(wire)
    default: break
    }
  }

  func finish() -> [RecordFile] {
    for (_, instruction) in open.sorted(by: { $0.key < $1.key }) {
      write(instruction, rail: instruction.rail, settled: nil, nil)
    }
    return [RecordFile(name: "wires.csv", header: Self.header, bytes: writer.bytes)]
  }

  private static let header =
    "id,kind,reference,payer,payee,currency,amount_minor,window,payments,urgent,deadline_ns,"
    + "submitted_ns,rail,settled_ns,discounted,price_currency,price_minor,fee_currency,fee_minor,"
    + "end\n"

  private func write(
    _ instruction: Instruction, rail: UInt8, settled: Int64?, _ charge: WireCharge?
  ) {
    writer.add(instruction.number)
    writer.add("\(instruction.kind)")
    writer.add(RecordScope.reference(of: instruction))
    writer.add(scope.name(instruction.payer))
    writer.add(scope.name(instruction.payee))
    writer.add(scope.code(instruction.currency))
    writer.add(instruction.amount)
    writer.add(instruction.window.name)
    writer.add(Int64(instruction.payments))
    writer.add(instruction.isUrgent ? "true" : "false")
    writer.add(instruction.deadline)
    writer.add(instruction.submitted)
    writer.add(scope.rails[Int(rail)])
    writer.add(settled)
    writer.add(charge.map { "\($0.isDiscounted)" } ?? "")
    writer.add(charge?.price.currency.code ?? "")
    writer.add(charge?.price.minorUnits)
    writer.add(charge?.fee.currency.code ?? "")
    writer.add(charge?.fee.minorUnits)
    let isWithdrawn = instruction.kind == .transfer && withdrawn.contains(instruction.wire)
    writer.add(settled != nil ? "settled" : isWithdrawn ? "withdrawn" : "open")
    writer.end()
  }
}
