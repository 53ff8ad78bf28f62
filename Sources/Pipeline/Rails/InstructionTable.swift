/// Instructions that are on a rail, under handles that are used again. Pure.
struct InstructionTable {
  private var rows: [Instruction?] = []
  private var free: [Int] = []
  /// Instructions held.
  private(set) var count = 0

  /// Keeps an instruction; returns its handle.
  mutating func add(_ instruction: Instruction) -> Int64 {
    count += 1
    if let handle = free.popLast() {
      rows[handle] = instruction
      return Int64(handle)
    }
    rows.append(instruction)
    return Int64(rows.count - 1)
  }

  /// Gives an instruction back; nil if there is none under the handle.
  mutating func remove(_ handle: Int64) -> Instruction? {
    guard rows.indices.contains(Int(handle)), let instruction = rows[Int(handle)] else {
      return nil
    }
    rows[Int(handle)] = nil
    free.append(Int(handle))
    count -= 1
    return instruction
  }
}
