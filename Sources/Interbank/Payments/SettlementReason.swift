/// Why a payment waits, is refused or comes back; each code is distinct, so that a participant
/// knows whether to bring money, to ask for a higher cap, or to wait.
public enum SettlementReason: String, Sendable, Equatable, CaseIterable {
  /// Balance and credit of the payer do not cover it.
  case liquidityCoverMissing = "liquidity_cover_missing"
  /// Only what is reserved for urgent payments would cover it.
  case liquidityReserved = "liquidity_reserved"
  /// The payer's net debit of the day would exceed its cap, whatever its liquidity.
  case netDebitCapExceeded = "net_debit_cap_exceeded"
  /// What the payer has sent to this payee, net, would exceed its limit.
  case bilateralLimitExceeded = "bilateral_limit_exceeded"
  /// The payer's payments before it in the queue order wait.
  case behindOthers = "behind_others"
  /// It waits for the end of the cycle.
  case awaitingCycle = "awaiting_cycle"
  /// It waits for payments that offset it.
  case awaitingOffset = "awaiting_offset"
  /// It waits for its batch to be reordered.
  case awaitingBatch = "awaiting_batch"
  /// The payer has not released it yet.
  case heldByPayer = "held_by_payer"
  /// The system is closed; the payment is taken up when it opens.
  case systemClosed = "system_closed"
  /// The system closed before the payment could settle.
  case unsettledAtClose = "unsettled_at_close"
  /// The caller took it back.
  case cancelled = "cancelled"
  /// The amount is not positive, or too large.
  case invalidAmount = "invalid_amount"
  /// Payer or payee is no participant, or both are the same.
  case invalidParticipants = "invalid_participants"
  /// It is said to come about later than it was handed in.
  case submittedInFuture = "submitted_in_future"

  /// Whether the same payment may settle on another day: nothing is wrong with the payment itself.
  public var isOfTheDay: Bool {
    switch self {
    case .invalidAmount, .invalidParticipants, .submittedInFuture: false
    default: true
    }
  }

  /// One line for people: what is the matter.
  public var description: String {
    switch self {
    case .liquidityCoverMissing: "balance and credit do not cover the payment"
    case .liquidityReserved: "only liquidity reserved for urgent payments would cover it"
    case .netDebitCapExceeded: "the payer's net debit would exceed its cap"
    case .bilateralLimitExceeded: "the net amount sent to this payee would exceed the limit"
    case .behindOthers: "payments of the same payer go before it"
    case .awaitingCycle: "waits for the end of the cycle"
    case .awaitingOffset: "waits for payments that offset it"
    case .awaitingBatch: "waits for its batch to be reordered"
    case .heldByPayer: "not yet released by the payer"
    case .systemClosed: "the system is closed"
    case .unsettledAtClose: "not settled when the system closed"
    case .cancelled: "cancelled"
    case .invalidAmount: "the amount is not positive or too large"
    case .invalidParticipants: "payer and payee are not two participants"
    case .submittedInFuture: "handed in before it came about"
    }
  }
}
