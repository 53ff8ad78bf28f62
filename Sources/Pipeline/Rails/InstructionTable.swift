/// Instructions that are with a settlement system, under handles that are never used again. Pure.
struct InstructionTable {
  private var rows: [Int64: Instruction] = [:]
  private var last: Int64 = 0

  /// Keeps an instruction; returns its handle.
  mutating func add(_ instruction: Instruction) -> Int64 {
    last += 1
    rows[last] = instruction
    return last
  }

  /// The instruction under a handle; nil if there is none.
  subscript(_ handle: Int64) -> Instruction? { rows[handle] }

  /// Gives an instruction back; nil if there is none under the handle.
  mutating func remove(_ handle: Int64) -> Instruction? { rows.removeValue(forKey: handle) }
}
