/// Payments that their payers hold back, with what sets them free.
struct HeldPayments: Sendable {
  struct Entry: Timed, Sendable {
    var payment: InterbankPayment
    /// Order of arrival.
    var sequence: Int64
    /// When it is released (ns); `Int64.max`: at the close.
    var release: Int64

    func precedes(_ other: Entry) -> Bool {
      (release, sequence) < (other.release, other.sequence)
    }
  }
  /// Those that wait for a time.
  private var timed = EarliestFirst<Entry>()
  /// Per participant, in order of arrival: those that wait for the payer's position.
  private var byPosition: ContiguousArray<ContiguousArray<Entry>>
  /// Sum of the held payments, in minor units.
  private(set) var value: Int64 = 0
  private(set) var count = 0

  init(participants: Int) {
    byPosition = ContiguousArray(repeating: [], count: participants)
  }

  /// When the next one is released by time; nil: none before the close.
  var nextRelease: Int64? {
    guard let first = timed.first, first.release < .max else { return nil }
    return first.release
  }

  func waitsForPosition(_ payer: Int) -> Bool { !byPosition[payer].isEmpty }

  mutating func holdForPosition(_ payment: InterbankPayment, sequence: Int64) {
    byPosition[payment.payer].append(
      Entry(payment: payment, sequence: sequence, release: .max))
    add(payment)
  }

  mutating func hold(_ payment: InterbankPayment, until release: Int64, sequence: Int64) {
    timed.insert(Entry(payment: payment, sequence: sequence, release: release))
    add(payment)
  }

  mutating func takeFirstByPosition(_ payer: Int) -> InterbankPayment {
    let entry = byPosition[payer].removeFirst()
    remove(entry.payment)
    return entry.payment
  }

  /// The payment with the earliest release, if that is not after `now`.
  mutating func takeReleased(by now: Int64) -> InterbankPayment? {
    guard let first = timed.first, first.release <= now else { return nil }
    timed.removeFirst()
    remove(first.payment)
    return first.payment
  }

  /// Everything held, in order of arrival.
  var payments: [InterbankPayment] {
    var all = Array(timed.entries)
    for entries in byPosition { all.append(contentsOf: entries) }
    all.sort { $0.sequence < $1.sequence }
    return all.map(\.payment)
  }

  /// Takes everything that is held out, in order of arrival.
  mutating func takeAll() -> [InterbankPayment] {
    let all = payments
    self = HeldPayments(participants: byPosition.count)
    return all
  }

  /// The payment `id` of `payer`, if it is held.
  func payment(_ id: Int64, of payer: Int) -> InterbankPayment? {
    let entry =
      byPosition[payer].first { $0.payment.id == id }
      ?? timed.entries.first { $0.payment.id == id && $0.payment.payer == payer }
    return entry?.payment
  }

  /// Gives a held payment another priority; it stays where it is.
  mutating func setPriority(_ priority: PaymentPriority, of id: Int64, payer: Int) {
    if let index = byPosition[payer].firstIndex(where: { $0.payment.id == id }) {
      byPosition[payer][index].payment.priority = priority
    } else if let index = timed.entries.firstIndex(where: { $0.payment.id == id }) {
      timed.update(at: index) { $0.payment.priority = priority }
    }
  }

  /// Takes out the payment `id` of `payer`, if it is held.
  mutating func take(id: Int64, payer: Int) -> InterbankPayment? {
    if let index = byPosition[payer].firstIndex(where: { $0.payment.id == id }) {
      let entry = byPosition[payer].remove(at: index)
      remove(entry.payment)
      return entry.payment
    }
    guard let index = timed.entries.firstIndex(where: { $0.payment.id == id }) else { return nil }
    let entry = timed.remove(at: index)
    remove(entry.payment)
    return entry.payment
  }

  private mutating func add(_ payment: InterbankPayment) {
    value += payment.amount
    count += 1
  }

  private mutating func remove(_ payment: InterbankPayment) {
    value -= payment.amount
    count -= 1
  }
}
