import Money

/// Pairs cancellations with the payments that they take back, fed in order of time.
///
/// A cancellation names a merchant, a currency and an amount, but no payment. It takes back, of the
/// merchant's earlier payments in that currency that are not yet taken back in full:
/// 1. the newest of which exactly the amount is left, else
/// 2. the newest of which more than the amount is left, else
/// 3. up to four that cover the amount together, found by going back in time no further than
///    needed, and of those the fewest, else
/// 4. nothing: it is unmatched.
///
/// No more is ever taken back of a payment than was paid. A payment of which nothing is left is
/// forgotten, and so are, for each merchant and currency, all but the newest `horizon`.
public struct CancellationMatcher: Sendable {
  /// A part of a cancellation: how much is taken back of which payment.
  public struct Part: Sendable, Equatable {
    /// As given to `pay`.
    public var payment: Int
    /// Minor units, more than zero.
    public var amount: Int64
    /// Whether nothing is left of the payment.
    public var isFull: Bool
  }
  /// Why a cancellation takes nothing back.
  public enum Unmatched: Sendable, Equatable {
    /// The merchant has no earlier payment in the currency of which anything is left.
    case noPayment
    /// Four payments do not cover the amount; `available` is what is left of all.
    case notCovered(available: Int64)
  }
  /// What a cancellation takes back.
  public enum Match: Sendable, Equatable {
    /// Newest payment first; the amounts sum to that of the cancellation.
    case parts([Part])
    case unmatched(Unmatched)
  }
  /// A cancellation takes back at most this many payments.
  public static let mostParts = 4
  /// How many payments of a merchant in a currency are remembered.
  public let horizon: Int

  private struct Account: Hashable {
    var merchant: Int
    var currency: Currency
  }
  private struct Open {
    var payment: Int
    var left: Int64
  }
  /// Oldest first.
  private var open: [Account: [Open]] = [:]

  /// - Parameter horizon: bounds the time of a cancellation and the memory.
  public init(horizon: Int = 4_096) {
    precondition(horizon > 0, "a matcher remembers at least one payment")
    self.horizon = horizon
  }

  /// Notes a payment that later cancellations may take back. Amortised constant time.
  public mutating func pay(_ payment: Int, merchant: Int, currency: Currency, amount: Int64) {
    precondition(amount > 0, "payment \(payment) has the amount \(amount)")
    let account = Account(merchant: merchant, currency: currency)
    Self.add(Open(payment: payment, left: amount), to: &open[account, default: []], horizon)
  }

  private static func add(_ payment: Open, to payments: inout [Open], _ horizon: Int) {
    payments.append(payment)
    // Twice the horizon before anything is moved, so that moving is rare.
    if payments.count >= 2 * horizon { payments.removeFirst(payments.count - horizon) }
  }

  /// Takes back what a cancellation cancels. Time: linear in the horizon.
  public mutating func cancel(merchant: Int, currency: Currency, amount: Int64) -> Match {
    precondition(amount > 0, "a cancellation has the amount \(amount)")
    let account = Account(merchant: merchant, currency: currency)
    guard let payments = open[account]?.suffix(horizon), !payments.isEmpty else {
      return .unmatched(.noPayment)
    }
    if let exact = payments.lastIndex(where: { $0.left == amount }) {
      return .parts(take(amount, of: [exact], account))
    }
    if let larger = payments.lastIndex(where: { $0.left > amount }) {
      return .parts(take(amount, of: [larger], account))
    }
    guard let several = Self.several(payments, covering: amount) else {
      let available = payments.reduce(into: Int64(0)) { $0 += $1.left }
      return .unmatched(.notCovered(available: available))
    }
    return .parts(take(amount, of: several, account))
  }

  /// Forgets a payment that will not be refundable, such as a declined one. Linear in the horizon.
  public mutating func forget(_ payment: Int, merchant: Int, currency: Currency) {
    open[Account(merchant: merchant, currency: currency)]?.removeAll { $0.payment == payment }
  }

  /// The fewest of the newest payments that cover the amount: goes back in time, keeping the four
  /// with most left, until these suffice; then leaves out the smallest that are not needed.
  private static func several(_ payments: ArraySlice<Open>, covering amount: Int64) -> [Int]? {
    var largest: [Int] = []
    for index in payments.indices.reversed() {
      let place = largest.firstIndex { payments[$0].left < payments[index].left }
      largest.insert(index, at: place ?? largest.count)
      if largest.count > mostParts { largest.removeLast() }
      var missing = amount
      for (count, member) in largest.enumerated() {
        missing -= payments[member].left
        if missing <= 0 { return Array(largest[...count]) }
      }
    }
    return nil
  }

  /// Takes `amount` of the payments at these places, the newest first, and forgets those of which
  /// nothing is left.
  private mutating func take(_ amount: Int64, of places: [Int], _ account: Account) -> [Part] {
    var missing = amount
    var parts: [Part] = []
    for place in places.sorted(by: >) {
      let left = open[account]![place].left
      let taken = min(left, missing)
      precondition(taken > 0, "a cancellation takes more payments than it needs")
      missing -= taken
      open[account]![place].left -= taken
      parts.append(
        Part(
          payment: open[account]![place].payment, amount: taken, isFull: taken == left))
      // Going from the newest to the oldest, a removal moves no place that is still to come.
      if taken == left { open[account]!.remove(at: place) }
    }
    precondition(missing == 0, "a cancellation of \(amount) leaves \(missing) untaken")
    return parts
  }
}
