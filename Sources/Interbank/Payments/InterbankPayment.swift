/// How urgent a payment is to the one who sends it; ascending, so that the most urgent sorts first.
///
/// As in T2: `urgent` stands for *highly urgent*, `high` for *urgent*.
public enum PaymentPriority: UInt8, Sendable, Equatable, CaseIterable, Comparable {
  /// Must settle at its time: other systems' settlements, for instance.
  case urgent
  /// Goes before normal payments; may use what is reserved for urgent ones.
  case high
  /// Everything else.
  case normal

  /// The more urgent is the smaller.
  @inlinable
  public static func < (left: PaymentPriority, right: PaymentPriority) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// A payment from one participant of a settlement system to another.
public struct InterbankPayment: Sendable, Equatable {
  /// The caller's handle, given back in events; unique among the payments of a system.
  public var id: Int64
  /// Position of the participant that sends.
  public var payer: Int
  /// Position of the participant that receives.
  public var payee: Int
  /// Minor units of the system's currency, at least 1.
  public var amount: Int64
  /// How urgent it is to the payer.
  public var priority: PaymentPriority
  /// When it came about (ns); delay counts from here.
  public var submitted: Int64
  /// When it should be settled at the latest (ns); a time-specific obligation in BCBS 248.
  public var deadline: Int64?
  /// Whether the payer sends it for a correspondent bank (BCBS 248, tool B).
  public var forCorrespondent: Bool

  /// A payment.
  public init(
    id: Int64, payer: Int, payee: Int, amount: Int64, priority: PaymentPriority = .normal,
    submitted: Int64, deadline: Int64? = nil, forCorrespondent: Bool = false
  ) {
    self.id = id
    self.payer = payer
    self.payee = payee
    self.amount = amount
    self.priority = priority
    self.submitted = submitted
    self.deadline = deadline
    self.forCorrespondent = forCorrespondent
  }

  /// The largest amount that a system takes: 2^50 minor units, 11 trillion dollars.
  public static let maximumAmount: Int64 = 1 << 50
}
