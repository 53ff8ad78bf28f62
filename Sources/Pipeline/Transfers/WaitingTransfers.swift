import Batching
import PaymentModel
import Plants

/// Numbers of the transfers that no strategy has taken, in order, and of those that are counted
/// together. Pure.
///
/// What is taken out of the middle leaves a hole that is closed later, so that each transfer costs
/// amortised O(1) however many wait.
struct WaitingTransfers {
  /// A list in order, some of whose numbers wait no more.
  private struct List {
    var numbers: [PaymentID] = []
    /// How many of them wait.
    var count = 0

    mutating func append(_ number: PaymentID) {
      numbers.append(number)
      count += 1
    }

    /// `count` of its numbers wait no more; `waits` says by number less one which do.
    mutating func shrink(by count: Int, _ waits: [Bool]) {
      self.count -= count
      while let last = numbers.last, !waits[Int(last) - 1] { numbers.removeLast() }
      guard numbers.count > 64, numbers.count > 2 * self.count else { return }
      numbers.removeAll { !waits[Int($0) - 1] }
    }
  }

  private var all = List()
  private var byKey: [WaitingKey: List] = [:]
  /// By number less one: whether it waits.
  private var waits: [Bool] = []

  /// How many wait.
  var count: Int { all.count }

  /// All that wait, in order.
  var numbers: [PaymentID] { all.numbers.filter(isWaiting) }

  /// How many wait of those that are counted together.
  func count(for key: WaitingKey) -> Int { byKey[key]?.count ?? 0 }

  /// A transfer arrives after all others.
  /// - Precondition: numbers ascend.
  mutating func append(_ number: PaymentID, for key: WaitingKey) {
    let places = Int(number) - waits.count
    precondition(places > 0, "transfer \(number) has waited before")
    waits.append(contentsOf: repeatElement(false, count: places))
    waits[Int(number) - 1] = true
    all.append(number)
    byKey[key, default: List()].append(number)
  }

  /// A transfer that was kept out until now enters after all that wait.
  mutating func enter(_ number: PaymentID, for key: WaitingKey) {
    precondition(!isWaiting(number), "transfer \(number) waits already")
    let missing = Int(number) - waits.count
    if missing > 0 { waits.append(contentsOf: repeatElement(false, count: missing)) }
    waits[Int(number) - 1] = true
    all.append(number)
    byKey[key, default: List()].append(number)
  }

  mutating func takeAll() -> [PaymentID] {
    let numbers = all.numbers
    all = List()
    byKey = [:]
    let taken = release(numbers)
    if planted(Plant.waitingForgotten), taken.count > 1 { return Array(taken.dropLast()) }
    return taken
  }

  mutating func take(for key: WaitingKey) -> [PaymentID] {
    guard let list = byKey.removeValue(forKey: key) else { return [] }
    let taken = release(list.numbers)
    all.shrink(by: taken.count, waits)
    return taken
  }

  /// Takes one out, if it waits.
  mutating func remove(_ number: PaymentID, for key: WaitingKey) {
    guard isWaiting(number) else { return }
    waits[Int(number) - 1] = false
    all.shrink(by: 1, waits)
    byKey[key, default: List()].shrink(by: 1, waits)
  }

  /// Puts what was taken back before all others. O(waiting).
  /// - Parameter key: of a transfer that waits.
  mutating func putBack(
    _ taken: [(number: PaymentID, key: WaitingKey)], key: (PaymentID) -> WaitingKey
  ) {
    let later = numbers.map { (number: $0, key: key($0)) }
    all = List()
    byKey = [:]
    for (number, key) in taken + later {
      waits[Int(number) - 1] = true
      all.append(number)
      byKey[key, default: List()].append(number)
    }
  }

  /// Those of `numbers` that wait; they wait no more.
  private mutating func release(_ numbers: [PaymentID]) -> [PaymentID] {
    var taken: [PaymentID] = []
    for number in numbers where waits[Int(number) - 1] {
      waits[Int(number) - 1] = false
      taken.append(number)
    }
    return taken
  }

  private func isWaiting(_ number: PaymentID) -> Bool {
    Int(number) <= waits.count && waits[Int(number) - 1]
  }
}
