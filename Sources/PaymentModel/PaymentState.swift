/// Where a payment stands. Every edge that moves money posts balanced entries.
public enum PaymentState: UInt8, Sendable, CaseIterable {
  /// Accepted by the gateway and on the bus.
  case accepted
  /// A worker has it, or an acquirer.
  case authorizing
  /// Waits for the cardholder's 3-D Secure challenge.
  case challenged
  /// The acquirer did not answer by the deadline; a reversal is on its way.
  case unknown
  /// Approved: the amount is held.
  case authorized
  /// The merchant has taken the amount, or a part of it.
  case captured
  /// In a batch for the merchant's bank. Settled when the batch is confirmed.
  case batched
  /// Refused: by the issuer, the fraud score or an abandoned challenge, or for want of an acquirer.
  case declined
  /// Taken back by the merchant before capture.
  case voided
  /// Not captured while the hold was valid.
  case expired

  /// States that may follow; a payment that takes any other edge breaks an invariant.
  public var successors: [PaymentState] {
    switch self {
    case .accepted: [.authorizing]
    case .authorizing: [.authorized, .declined, .challenged, .unknown]
    case .challenged: [.authorizing, .declined]
    case .unknown: [.authorizing, .declined]
    case .authorized: [.captured, .voided, .expired]
    case .captured: [.batched]
    case .batched, .declined, .voided, .expired: []
    }
  }

  /// Whether the edge to `next` is legal.
  @inlinable
  public func allows(_ next: PaymentState) -> Bool {
    PaymentState.legal[Int(rawValue)] & (1 << UInt16(next.rawValue)) != 0
  }

  /// A bit set of successors for each state.
  public static let legal: [UInt16] = allCases.map { state in
    state.successors.reduce(0) { $0 | 1 << UInt16($1.rawValue) }
  }
}

/// Why a payment was declined.
public enum DeclineReason: UInt8, Sendable, CaseIterable {
  case issuer, fraudScore, challengeAbandoned, acquirersUnavailable
  /// The name used in results.
  public var name: String {
    switch self {
    case .issuer: "issuer"
    case .fraudScore: "fraud_score"
    case .challengeAbandoned: "challenge_abandoned"
    case .acquirersUnavailable: "acquirers_unavailable"
    }
  }
}

/// The named steps of a payment, in the order in which it takes them. A settled payment has taken
/// all.
public struct PaymentSteps: OptionSet, Sendable {
  /// One bit for each step, in the order of `names`.
  public var rawValue: UInt16
  /// The set with these bits.
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The gateway found the request well-formed and within its limits.
  public static let validated = PaymentSteps(rawValue: 1 << 0)
  /// Its idempotency key was new and belongs to it.
  public static let keyClaimed = PaymentSteps(rawValue: 1 << 1)
  /// Its record is durable on the bus.
  public static let published = PaymentSteps(rawValue: 1 << 2)
  /// An authorisation worker has taken the record.
  public static let consumed = PaymentSteps(rawValue: 1 << 3)
  /// The fraud score was drawn.
  public static let scored = PaymentSteps(rawValue: 1 << 4)
  /// It was sent to an acquirer.
  public static let routed = PaymentSteps(rawValue: 1 << 5)
  /// The acquirer approved it, and the decision is durable.
  public static let authorized = PaymentSteps(rawValue: 1 << 6)
  /// The ledger holds the amount.
  public static let held = PaymentSteps(rawValue: 1 << 7)
  /// The merchant has taken the amount, or a part of it.
  public static let captured = PaymentSteps(rawValue: 1 << 8)
  /// The ledger has posted the capture.
  public static let posted = PaymentSteps(rawValue: 1 << 9)
  /// The stream processor has it, for a business day or at once.
  public static let windowed = PaymentSteps(rawValue: 1 << 10)
  /// It is in a batch.
  public static let batched = PaymentSteps(rawValue: 1 << 11)
  /// The acquirer's settlement file reports its capture as it was.
  public static let stated = PaymentSteps(rawValue: 1 << 12)

  /// What a payment has been through when its batch goes to the bank and the acquirer has reported
  /// it.
  public static let whole = PaymentSteps(rawValue: 1 << 13 - 1)
  /// The names used in results, by bit.
  public static let names = [
    "validated", "key_claimed", "published", "consumed", "scored", "routed", "authorized", "held",
    "captured", "posted", "windowed", "batched", "stated_by_acquirer",
  ]
}
