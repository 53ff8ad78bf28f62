/// Finds out in what kind of stall a queue is whenever the queue, or what its payers can pay, has
/// changed; and does not search again where what was found last can be seen to hold still.
///
/// - A gridlock is held by the set of payments that was found: as long as some of it waits and its
///   payers are covered. Members that settle by themselves leave a set that is covered as before.
/// - A deadlock ends only through a payer that can pay more than before, or has a payment more: any
///   set that has become settleable holds a payment of such a payer, or it was settleable before.
///
/// The work of a whole run is bounded; beyond that the state is unknown.
struct StallWatch: Sendable {
  /// Payments that all searches of a run look at, in sum: about a second of work.
  static let budget = 1 << 25
  /// Whether anybody asks.
  let isOn: Bool
  /// The state since the last change; nil if it has to be found.
  private(set) var state: Gridlock.State?
  /// The state before the last change, of which `covered`, `members` and `grown` still speak.
  private var last = Gridlock.State.none
  /// What waiting payments would bring each participant, minor units.
  private(set) var incoming: ContiguousArray<Int64>
  /// Participants that can pay more than at the last search, or have more to pay.
  private(set) var grown: ContiguousArray<Int> = []
  private var isGrown: ContiguousArray<Bool>
  /// What the members of the set that was found pay, net, by participant.
  private(set) var covered: ContiguousArray<Int64>
  /// How many of them wait.
  private var members = 0
  /// Which set it is: its members carry the number.
  private(set) var number: UInt32 = 1
  private var spent = 0

  init(participants: Int, isOn: Bool) {
    self.isOn = isOn
    incoming = ContiguousArray(repeating: 0, count: participants)
    isGrown = ContiguousArray(repeating: false, count: participants)
    covered = incoming
  }

  // MARK: What has changed

  mutating func queued(_ payment: InterbankPayment, _ amount: Int64) {
    incoming[payment.payee] += amount
    grew(payment.payer)
  }

  /// `amount` of a waiting payment has left the queue, and the payment with it if it `isWhole`.
  mutating func taken(_ entry: QueuedPayment, _ amount: Int64, isWhole: Bool) {
    incoming[entry.payment.payee] -= amount
    state = nil
    guard entry.setNumber == number else { return }
    covered[entry.payment.payer] -= amount
    covered[entry.payment.payee] += amount
    if isWhole { members -= 1 }
  }

  /// A participant has received money, or may send more for another reason.
  mutating func grew(_ participant: Int) {
    guard isOn else { return }
    state = nil
    guard !isGrown[participant] else { return }
    isGrown[participant] = true
    grown.append(participant)
  }

  /// Something else has changed, for instance money has left an account.
  mutating func changed() { state = nil }

  /// Payments have changed places: the set that was found last may keep the order no more.
  mutating func reordered() {
    state = nil
    members = 0
  }

  // MARK: What is known

  /// Whether the set that was found last still waits, in part at least, as far as its cover goes.
  var hasSet: Bool { last == .gridlock && members > 0 }

  /// Whether a deadlock was found last.
  var wasDeadlock: Bool { last == .deadlock }

  /// Takes from the work that is left; false if too little is.
  mutating func spend(_ work: Int) -> Bool {
    spent += min(work, StallWatch.budget)
    return spent <= StallWatch.budget
  }

  /// The state holds on, by what was found last.
  mutating func keep() { state = last }

  /// A search has found the state.
  mutating func found(_ new: Gridlock.State) {
    (state, last) = (new, new)
    members = 0
    number += 1
    for participant in grown { isGrown[participant] = false }
    grown.removeAll(keepingCapacity: true)
    for index in covered.indices { covered[index] = 0 }
  }

  /// A payment is of the set that the last search has found.
  mutating func addMember(_ payment: InterbankPayment, _ amount: Int64) {
    covered[payment.payer] += amount
    covered[payment.payee] -= amount
    members += 1
  }
}
