import Declared
import Scenario

/// What the order of a mode's queue promises to every payer.
public enum QueuePromise: Sendable, Equatable {
  /// Nothing.
  case none
  /// No payment settles while one that goes before it in this order waits.
  case strict(QueueOrder)
  /// The same among urgent payments, in order of arrival.
  case strictAmongUrgent
}

/// What happens at the close to payments that wait.
public enum ClosingRule: String, Sendable, Equatable, CaseIterable {
  /// They stay and go on when the system opens again.
  case carryOver = "carry_over"
  /// They go back to the payer.
  case giveBack = "return"
}

/// A rule by which banks' payments to each other become final.
///
/// A new mode is one file in `Modes` with a type that conforms to this protocol, and one line in
/// `SettlementModeRegistry.all`. A mode is a value without memory: what changes is in the
/// `SettlementState` it is handed, which also keeps the rules that hold for all (cover, caps,
/// causality). It is called while time stands still, at `state.now`.
public protocol SettlementMode: FamilyMember {
  /// How waiting payments are handled between the mode's own steps.
  var queueRule: QueueRule { get }
  /// What the queue's order promises.
  var promise: QueuePromise { get }
  /// What happens at the close to payments that wait.
  var closingRule: ClosingRule { get }
  /// Whether payments move running positions, which are paid later, instead of balances.
  var keepsPositions: Bool { get }
  /// Whether a queue can be stuck, in gridlock or in deadlock; it cannot where payments wait by
  /// design.
  var watchesStalls: Bool { get }

  /// A payment has been given to the system, which is open.
  func accept(_ payment: InterbankPayment, in state: inout SettlementState)
  /// `participant` has received money, or can send more for another reason.
  func retry(_ participant: Int, in state: inout SettlementState)
  /// When `tick` is to be called next, later than now (or now, for something that has come due);
  /// nil: not before something else happens.
  func nextTick(in state: SettlementState) -> Int64?
  /// The time that `nextTick` gave has come.
  func tick(in state: inout SettlementState)
  /// The system closes; what has not settled then waits for the next day or goes back.
  func close(in state: inout SettlementState)
}

extension SettlementMode {
  /// Balances.
  public var keepsPositions: Bool { false }
  /// Yes.
  public var watchesStalls: Bool { true }
  /// Settles what can settle by itself.
  public func retry(_ participant: Int, in state: inout SettlementState) {
    state.settleQueue(of: participant)
  }
}

extension SettlementState {
  /// The first time after now that is a multiple of `interval` (ns) after the day's opening, plus
  /// `lag`.
  public func nextMultiple(of interval: Int64, lag: Int64 = 0) -> Int64 {
    let elapsed = now - day.opening - lag
    guard elapsed >= 0 else { return day.opening + lag + interval }
    return day.opening + lag + (elapsed / interval + 1) * interval
  }

  /// Whether now is a multiple of `interval` (ns) after the day's opening.
  public func isMultiple(of interval: Int64) -> Bool { (now - day.opening) % interval == 0 }
}
