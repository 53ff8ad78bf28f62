/// A rule that a settlement system has broken.
public struct InterbankViolation: Error, Sendable, Equatable, CustomStringConvertible {
  /// What holds in every mode, and what a queue order promises.
  public enum Rule: String, Sendable, Equatable, CaseIterable {
    /// Events come in the order of time, and the members of a group at once.
    case time
    /// Nothing settles before it was handed in, or without having been.
    case causality
    /// No payment settles beyond its amount, or after it has ended.
    case amount
    /// No account is below its credit.
    case cover
    /// Normal payments do not use what is reserved for urgent ones.
    case reservation
    /// No net debit is above its cap.
    case netDebitCap = "net_debit_cap"
    /// No net amount between two participants is above its limit.
    case bilateralLimit = "bilateral_limit"
    /// No payment goes before one that the queue order puts first.
    case order
    /// What is paid into accounts is what the payments come to, and balances sum to what was put
    /// in.
    case conservation
    /// The liquidity used is not below what was sent, net, at the close.
    case liquidity
    /// At the end of a day positions are paid and payments carried over or given back.
    case closing
  }
  /// The rule.
  public var rule: Rule
  /// The payment or participant it was seen at, and the numbers.
  public var detail: String
  /// When (ns).
  public var at: Int64

  /// One line: the rule, what was seen, when.
  public var description: String { "\(rule.rawValue): \(detail) at \(at) ns" }
}
