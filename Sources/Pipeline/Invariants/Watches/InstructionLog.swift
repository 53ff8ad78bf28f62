import Chance
import PaymentModel

/// Follows every instruction from its arrival at the interbank network to its end: it is executed
/// as it was sent, once, or it is outstanding or taken back. Pure.
struct InstructionLog: Sendable {
  private struct Entry {
    var content: UInt64
    /// The transfer desk's wire, if it is one.
    var wire: WireID?
  }
  /// Those that have not been executed, by number.
  private var open: [Int64: Entry] = [:]
  private var last: Int64 = 0

  /// An instruction has arrived; what is wrong with that, or nil.
  mutating func submitted(_ instruction: Instruction) -> String? {
    defer { last = instruction.number }
    guard instruction.number == last + 1 else {
      return "instruction \(instruction.number) follows \(last)"
    }
    guard instruction.amount > 0, instruction.payer != instruction.payee else {
      return "instruction \(instruction.number) moves \(instruction.amount) from "
        + "\(instruction.payer) to \(instruction.payee)"
    }
    open[instruction.number] = Entry(
      content: Self.content(of: instruction),
      wire: instruction.kind == .transfer ? instruction.wire : nil)
    return nil
  }

  /// An instruction has been executed; what is wrong with that, or nil.
  mutating func executed(_ instruction: Instruction) -> String? {
    guard let entry = open.removeValue(forKey: instruction.number) else {
      return "instruction \(instruction.number) is executed twice, or is unknown"
    }
    return entry.content == Self.content(of: instruction.whole)
      ? nil : "\(instruction.whole) is not what was sent"
  }

  /// What is wrong when nothing is left to happen: instructions that have come to no end.
  ///
  /// - Parameters:
  ///   - outstanding: those that were never executed.
  ///   - withdrawn: wires of the transfer desk that were taken back.
  func unended(outstanding: [Instruction], withdrawn: Set<WireID>) -> String? {
    var expected = Set(outstanding.map(\.number))
    for instruction in outstanding {
      guard let entry = open[instruction.number] else {
        return "instruction \(instruction.number) is executed and outstanding"
      }
      if entry.content != Self.content(of: instruction.whole) {
        return "\(instruction.whole) is outstanding and not what was sent"
      }
    }
    for (number, entry) in open.sorted(by: { $0.key < $1.key }) {
      if expected.remove(number) != nil { continue }
      if let wire = entry.wire, withdrawn.contains(wire) { continue }
      return "instruction \(number) has come to no end"
    }
    return nil
  }

  private static func content(of instruction: Instruction) -> UInt64 {
    var digest = Digest()
    digest.add(
      UInt64(instruction.kind.rawValue) << 48 | UInt64(instruction.currency) << 40
        | UInt64(instruction.payer.rawValue) << 16 | UInt64(instruction.payee.rawValue))
    digest.add(
      UInt64(UInt32(truncatingIfNeeded: instruction.cell)) << 32 | UInt64(instruction.reference))
    digest.add(instruction.amount)
    digest.add(UInt64(instruction.window.rawValue) << 32 | UInt64(instruction.payments))
    return digest.value
  }
}
