/// In which order a participant's waiting payments are taken.
///
/// All but `fifoBypass` are strict: what comes first and cannot settle stops those behind it.
public enum QueueOrder: String, Sendable, Equatable, CaseIterable {
  /// First in, first out.
  case fifo
  /// The most urgent first; first in, first out among equals.
  case priority
  /// First in, first out, but what cannot settle lets those behind it pass.
  case fifoBypass = "fifo_bypass"
  /// The earliest deadline first; those without one last.
  case earliestDeadline = "earliest_deadline"
  /// The smallest amount first.
  case smallestFirst = "smallest_first"

  /// Whether a payment that cannot settle stops those behind it.
  public var isStrict: Bool { self != .fifoBypass }

  /// What payments are sorted by; equal ranks keep their order of arrival.
  public func rank(of payment: InterbankPayment) -> Int64 {
    switch self {
    case .fifo, .fifoBypass: 0
    case .priority: Int64(payment.priority.rawValue)
    case .earliestDeadline: payment.deadline ?? .max
    case .smallestFirst: payment.amount
    }
  }
}

/// How a mode wants waiting payments handled between its own steps.
public struct QueueRule: Sendable, Equatable {
  /// The order of the queue.
  public var order: QueueOrder
  /// Payments settle by themselves, in parts of at most this (minor units); nil: in one piece.
  public var maximumPart: Int64?
  /// Whether payments settle by themselves when the payer's liquidity suffices.
  public var settlesGross: Bool
  /// How long (ns) a payment that is not urgent waits for others before it may settle by itself;
  /// nil: not at all.
  public var patience: Int64?
  /// Whether waiting payments are settled together in parts, in any order.
  public var netsInParts: Bool
  /// Whether payments that are not urgent are collected in batches before they may settle by
  /// themselves.
  public var collects: Bool

  /// A rule.
  public init(
    order: QueueOrder, maximumPart: Int64? = nil, settlesGross: Bool = true, patience: Int64? = nil,
    netsInParts: Bool = false, collects: Bool = false
  ) {
    self.order = order
    self.maximumPart = maximumPart
    self.settlesGross = settlesGross
    self.patience = patience
    self.netsInParts = netsInParts
    self.collects = collects
  }
}
