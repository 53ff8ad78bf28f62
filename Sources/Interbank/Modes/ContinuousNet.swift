import Declared
import Scenario

/// Continuous net settlement: each payment is final at once against a running net position, which
/// is paid at the end of a window.
public struct ContinuousNet: SettlementMode {
  /// `continuous_net`.
  public static let name = "continuous_net"
  /// One line for people.
  public static let summary =
    "Payments are final at once against capped net positions, which are paid by window"
  /// A page for people.
  public static let explanation = """
    Every payment is final at once and changes the running net positions of payer and payee;
    no money moves on accounts until the positions of a settlement window are paid. A
    payment needs two things, which have codes of their own:
      liquidity_cover_missing   balance, position and credit of the payer do not cover it
      net_debit_cap_exceeded    the payer's net debit of the day would exceed its cap,
                                though there is cover
    Because cover is required, the positions can always be paid: there is no unwinding.

    at_cap: a payment that lacks either waits in the payer's queue (queue), or is refused
    (reject).

    window is the length of a settlement window, counted from the start of the day; the last
    one ends at the close. With settlement_lag a window is paid that long after its end,
    while the next one is open. Then a participant may have spent in window 2 what it
    received in window 1: so what it can take out of its account is what is left under every
    order in which windows can still be paid.

    Used by: CHIPS (prefunded, continuous), instant payment and mobile money switches such
    as Mojaloop.
    """
  /// What happens to a payment without cover or above the cap.
  public enum AtCap: String, Sendable, CaseIterable {
    /// It waits.
    case queue
    /// It is refused.
    case reject
  }
  /// See `explanation`.
  public static let parameters = [
    atCapParameter, windowParameter, lagParameter, ModeParameters.queueOrder(default: .fifo),
    ModeParameters.atClose,
  ]

  private static let atCapParameter = ParameterDeclaration(
    name: "at_cap", kind: .choice(AtCap.allCases.map(\.rawValue)),
    defaultValue: .choice(AtCap.queue.rawValue),
    description: "What happens to a payment without cover or above the cap")
  private static let windowParameter = ModeParameters.interval(
    "window", default: .seconds(86_400), "Length of a settlement window")
  private static let lagParameter = ModeParameters.lag(
    "Time from the end of a window to the payment of its positions")

  /// How waiting payments are taken.
  public let queueRule: QueueRule
  /// What happens at the close.
  public let closingRule: ClosingRule
  /// What happens to a payment without cover or above the cap.
  public let atCap: AtCap
  private let window: Int64
  private let lag: Int64

  /// The mode with these parameters.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    queueRule = QueueRule(order: try ModeParameters.queueOrder(in: parameters))
    closingRule = try ModeParameters.closingRule(in: parameters)
    window = ModeParameters.nanoseconds(try Self.windowParameter.duration(in: parameters))
    lag = try ModeParameters.lag(in: parameters)
    let word = try Self.atCapParameter.choice(in: parameters)
    guard let atCap = AtCap(rawValue: word) else { preconditionFailure(word) }
    self.atCap = atCap
    guard atCap == .queue || closingRule == .carryOver else {
      throw ParameterError(
        name: ModeParameters.atClose.name,
        expected: "\(ClosingRule.carryOver.rawValue) with at_cap: \(AtCap.reject.rawValue), under "
          + "which no payment waits for the close")
    }
  }

  /// Strict orders are kept.
  public var promise: QueuePromise {
    queueRule.order.isStrict ? .strict(queueRule.order) : .none
  }

  /// Yes.
  public var keepsPositions: Bool { true }

  /// Settles the payment against the positions.
  public func accept(_ payment: InterbankPayment, in state: inout SettlementState) {
    switch atCap {
    case .queue: _ = state.settleOrQueue(payment)
    case .reject:
      if let reason = state.settleNow(payment) { state.reject(payment, reason) }
    }
  }

  /// The end of the open window, or when a closed one is to be paid.
  public func nextTick(in state: SettlementState) -> Int64? {
    let end = state.openWindowHasPayments ? state.nextMultiple(of: window) : nil
    guard let due = state.firstWindowDue else { return end }
    return min(due, end ?? due)
  }

  /// Ends the window if it is its end, and pays what is due.
  public func tick(in state: inout SettlementState) {
    if state.openWindowHasPayments, state.isMultiple(of: window) {
      state.closeWindow(due: state.now + lag)
    }
    state.payWindows(dueBy: state.now)
  }

  /// All windows are paid.
  public func close(in state: inout SettlementState) {
    if state.openWindowHasPayments { state.closeWindow(due: state.now + lag) }
    state.payWindows(dueBy: .max)
  }
}
