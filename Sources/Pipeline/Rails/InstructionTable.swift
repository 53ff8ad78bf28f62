import PaymentModel

/// Instructions that are with a settlement system, under handles that are never used again. Pure.
struct InstructionTable {
  private var rows: [Int64: Instruction] = [:]
  /// Handles of the transfer desk's wires.
  private var wires: [WireID: Int64] = [:]
  private var last: Int64 = 0

  /// Keeps an instruction; returns its handle.
  mutating func add(_ instruction: Instruction) -> Int64 {
    last += 1
    rows[last] = instruction
    if instruction.kind == .transfer { wires[instruction.wire] = last }
    return last
  }

  /// The instruction under a handle; nil if there is none.
  subscript(_ handle: Int64) -> Instruction? { rows[handle] }

  /// A wire of the transfer desk with its handle; nil if no system has it.
  func wire(_ number: WireID) -> (handle: Int64, instruction: Instruction)? {
    wires[number].map { ($0, rows[$0]!) }
  }

  /// All instructions, in the order in which they came.
  var all: [Instruction] { rows.sorted { $0.key < $1.key }.map(\.value) }

  /// Gives an instruction back; nil if there is none under the handle.
  mutating func remove(_ handle: Int64) -> Instruction? {
    guard let instruction = rows.removeValue(forKey: handle) else { return nil }
    if instruction.kind == .transfer { wires[instruction.wire] = nil }
    return instruction
  }
}
