/// How money came to move.
public enum SettlementMechanism: UInt8, Sendable, Equatable, CaseIterable {
  /// At once when submitted, by itself.
  case gross
  /// By itself, after it had waited in the queue.
  case queue
  /// A part of a payment cut at the maximum part, by itself.
  case split
  /// Together with payments in the opposite direction between the same two participants.
  case bilateralOffset
  /// Together with queued payments of many participants (Bech and Soramäki).
  case gridlockResolution
  /// As part of a circulation of largest value among the queued obligations.
  case circulation
  /// In the net settlement of a cycle.
  case netCycle
  /// Final at once against the running net position.
  case continuousNet
  /// In a batch that another rail handed in, net and all or nothing.
  case batch
  /// Together with any payments between the same two participants, in both directions.
  case bilateral
  /// Together with whole payments of many participants, in any order.
  case wholePayment
  /// By itself, in its place in a reordered batch.
  case reordering

  /// Name in results, in snake case.
  public var name: String {
    switch self {
    case .gross: "gross"
    case .queue: "queue"
    case .split: "split"
    case .bilateralOffset: "bilateral_offset"
    case .gridlockResolution: "gridlock_resolution"
    case .circulation: "circulation"
    case .netCycle: "net_cycle"
    case .continuousNet: "continuous_net"
    case .batch: "batch"
    case .bilateral: "bilateral"
    case .wholePayment: "whole_payment"
    case .reordering: "reordering"
    }
  }
}

/// Money of one payment that has moved, finally.
public struct Settlement: Sendable, Equatable {
  /// The payment.
  public var id: Int64
  /// What moved, in minor units; less than the payment's amount if it settles in parts.
  public var amount: Int64
  /// What of the payment remains unsettled, in minor units; 0: the payment is settled.
  public var remaining: Int64
  /// How.
  public var mechanism: SettlementMechanism
  /// Settlements with the same number moved at once, all or none.
  public var group: Int64
}

/// What a system has done, in the order in which it did it.
public enum SettlementEvent: Sendable, Equatable {
  /// Money has moved, finally.
  case settled(Settlement, at: Int64)
  /// The payment waits.
  case queued(id: Int64, SettlementReason, at: Int64)
  /// The payer has released a payment that it held back.
  case released(id: Int64, at: Int64)
  /// The payment was part of a cycle and is moved to the next one.
  case deferred(id: Int64, SettlementReason, at: Int64)
  /// Nothing of the payment was or will be settled: it was never taken up.
  case rejected(id: Int64, SettlementReason, at: Int64)
  /// What remained of a payment that waited goes back to the payer, in minor units.
  case returned(id: Int64, amount: Int64, SettlementReason, at: Int64)
  /// A payment that waits has another priority.
  case reprioritised(id: Int64, PaymentPriority, at: Int64)
  /// A payment that waits has been handed in once more, and goes behind those that came since.
  case resubmitted(id: Int64, at: Int64)
  /// A net position was paid into (or, negative, from) the participant's account, in minor units.
  case positionSettled(participant: Int, amount: Int64, at: Int64)

  /// When it happened (ns).
  public var instant: Int64 {
    switch self {
    case .settled(_, let at), .queued(_, _, let at), .released(_, let at), .deferred(_, _, let at),
      .rejected(_, _, let at), .returned(_, _, _, let at), .reprioritised(_, _, let at),
      .resubmitted(_, let at), .positionSettled(_, _, let at):
      at
    }
  }
}
