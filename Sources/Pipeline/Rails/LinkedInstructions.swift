import PaymentModel

/// Instructions that settle all or none, at one moment, by the number of their group. Pure.
///
/// A group waits until all its instructions have come, and then until nothing stands in their way.
/// What does is remembered as the bank and currency that lacks something: only when that bank has
/// received money is the group tried again, so that a group costs nothing while others settle.
struct LinkedInstructions {
  /// Where money is missing.
  struct Place: Hashable {
    var currency: CurrencyIndex
    var bank: Int
  }

  private var members: [UInt32: [Instruction]] = [:]
  /// Complete groups that wait, by where money is missing.
  private var blocked: [Place: [UInt32]] = [:]
  /// Complete groups that wait for a system to open.
  private var closed: [UInt32] = []
  /// Complete groups that are to be tried, in order.
  private var ready: [UInt32] = []
  /// Groups that went back to their payers, of which instructions may still come.
  private var goneBack: Set<UInt32> = []

  /// Whether complete groups wait.
  var areBlocked: Bool { !blocked.isEmpty || !closed.isEmpty }

  /// All instructions, by group, in the order in which they came.
  var all: [Instruction] { members.sorted { $0.key < $1.key }.flatMap(\.value) }

  /// Whether a group went back to its payers.
  func hasGoneBack(_ group: UInt32) -> Bool { goneBack.contains(group) }

  /// Takes an instruction; the group is tried once it has `size`.
  mutating func add(_ instruction: Instruction, of size: Int) {
    members[instruction.group, default: []].append(instruction)
    if members[instruction.group]!.count == size { ready.append(instruction.group) }
  }

  /// The next group that is to be tried, with its instructions.
  mutating func next() -> (group: UInt32, members: [Instruction])? {
    guard !ready.isEmpty else { return nil }
    let group = ready.removeFirst()
    return (group, members[group]!)
  }

  /// A group cannot settle; nil: a system is closed.
  mutating func block(_ group: UInt32, by place: Place?) {
    if let place { blocked[place, default: []].append(group) } else { closed.append(group) }
  }

  /// A group has settled.
  mutating func remove(_ group: UInt32) { members[group] = nil }

  /// A bank has received money: groups that waited for it are to be tried.
  mutating func received(_ place: Place) {
    if let groups = blocked.removeValue(forKey: place) { ready += groups }
  }

  /// All that wait are to be tried, as a day has begun.
  mutating func retryAll() {
    ready += (blocked.values.flatMap(\.self) + closed).sorted()  // ordered: by number
    blocked = [:]
    closed = []
  }

  /// Whether a complete group, or a part of one, waits in a currency.
  func waits(in currency: CurrencyIndex) -> Bool {
    members.values.contains { $0.contains { $0.currency == currency } }  // ordered: whether any
  }

  /// Takes the groups that have an instruction in a currency, whole: they go back.
  mutating func take(in currency: CurrencyIndex) -> [Instruction] {
    let groups = members.filter { $0.value.contains { $0.currency == currency } }
    for group in groups.keys {  // ordered: a removal
      members[group] = nil
      goneBack.insert(group)
    }
    for place in blocked.keys { blocked[place]!.removeAll { groups[$0] != nil } }  // ordered: each
    blocked = blocked.filter { !$0.value.isEmpty }
    closed.removeAll { groups[$0] != nil }
    ready.removeAll { groups[$0] != nil }
    return groups.sorted { $0.key < $1.key }.flatMap(\.value)
  }

  /// Takes everything.
  mutating func takeAll() -> [Instruction] {
    let taken = all
    self = LinkedInstructions()
    return taken
  }
}
