/// Whether a queue is stuck, and what would help.
///
/// The time that a system spends in each state is an indicator of its own: a gridlock is undone by
/// an algorithm, a deadlock by liquidity only (Bech and Soramäki 2001).
public enum Gridlock {
  /// The state of a queue.
  public enum State: Sendable, Hashable, CaseIterable {
    /// Nothing waits, or a payment can settle by itself.
    case none
    /// No payment can settle by itself, but several can at one moment.
    case gridlock
    /// Nothing can settle, by itself or together, without more liquidity.
    case deadlock
    /// No set was found that can settle, and it was not proven that there is none.
    case unknown
  }

  /// Which sets of payments may settle.
  public enum Order: Sendable, Hashable, CaseIterable {
    /// Those that hold with each payment all earlier ones of its payer.
    case firstInFirstOut
    /// Any whole payments.
    case free
  }

  /// A state, and what shows it.
  public struct Finding: Sendable, Hashable {
    /// The state.
    public var state: State
    /// In a gridlock: positions, ascending, of payments that can settle at one moment.
    public var set: [Int]

    init(_ state: State, set: [Int] = []) {
      self.state = state
      self.set = set
    }
  }

  /// The state of a queue.
  ///
  /// In order the answer is exact, by `BechSoramaki`. Without order it is NP-hard to tell a
  /// gridlock from a deadlock: a gridlock is what `WholePaymentGridlock.settleable` finds a set
  /// for, and a deadlock is proven if even payments in part could not settle (`bound` is zero) or
  /// the search of `WholePaymentGridlock.optimum` ends within its steps; else the state is unknown.
  ///
  /// - Parameters:
  ///   - queue: payments in order.
  ///   - available: what each participant may still pay, in minor units, as in `BechSoramaki`.
  ///   - limits: multilateral and bilateral limits to keep.
  ///   - order: which sets may settle.
  ///   - maximumSteps: of the exact search without order.
  public static func classify(
    queue: [NettablePayment], available: [Int64], limits: SettlementLimits? = nil,
    order: Order = .firstInFirstOut, maximumSteps: Int = 100_000
  ) -> Finding {
    if queue.isEmpty || someSettlesAlone(queue, available, limits, order) { return Finding(.none) }
    let set = BechSoramaki.settleable(queue: queue, available: available, limits: limits)
    if !set.isEmpty { return Finding(.gridlock, set: set) }
    if order == .firstInFirstOut { return Finding(.deadlock) }
    return classifyFree(
      queue: queue, available: available, limits: limits, maximumSteps: maximumSteps)
  }

  /// As `classify` without order, of a queue in which no set that keeps the order can settle.
  /// - Parameter maximumPayments: a longer queue is not searched.
  static func classifyFree(
    queue: [NettablePayment], available: [Int64], limits: SettlementLimits?,
    maximumPayments: Int = .max, maximumSteps: Int
  ) -> Finding {
    let bound = WholePaymentGridlock.bound(queue: queue, available: available, limits: limits)
    if bound == 0 { return Finding(.deadlock) }
    guard queue.count <= maximumPayments else { return Finding(.unknown) }
    let set = WholePaymentGridlock.settleable(queue: queue, available: available, limits: limits)
    if !set.isEmpty { return Finding(.gridlock, set: set) }
    let optimum = WholePaymentGridlock.optimum(
      queue: queue, available: available, limits: limits, maximumSteps: maximumSteps)
    guard let optimum else { return Finding(.unknown) }
    return optimum.isEmpty ? Finding(.deadlock) : Finding(.gridlock, set: optimum)
  }

  private static func someSettlesAlone(
    _ queue: [NettablePayment], _ available: [Int64], _ limits: SettlementLimits?, _ order: Order
  ) -> Bool {
    let none = SimultaneousSettlement(queue: queue, available: available, limits: limits)
    var hasEarlier = [Bool](repeating: false, count: available.count)
    return queue.indices.contains { position in
      let payer = queue[position].payer
      defer { hasEarlier[payer] = true }
      return !(order == .firstInFirstOut && hasEarlier[payer]) && none.fits(position)
    }
  }
}
