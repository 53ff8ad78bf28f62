import Chance

/// What is peculiar about a payment: drawn when it is created, or met on its way.
public struct PaymentTraits: OptionSet, Sendable {
  /// One bit for each trait.
  public var rawValue: UInt16
  /// The set with these bits.
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Account to account instead of card.
  public static let accountToAccount = PaymentTraits(rawValue: 1 << 0)
  /// In a currency of another market than the merchant's.
  public static let foreign = PaymentTraits(rawValue: 1 << 1)
  /// Fraud in truth: the fraud score is drawn from it, and nothing else reads it.
  public static let fraud = PaymentTraits(rawValue: 1 << 2)
  /// Malformed: must be refused.
  public static let invalid = PaymentTraits(rawValue: 1 << 3)
  /// The client sends it again with the same key.
  public static let duplicate = PaymentTraits(rawValue: 1 << 4)
  /// Captured later, not with the authorisation.
  public static let delayedCapture = PaymentTraits(rawValue: 1 << 5)
  /// Captured in part.
  public static let partialCapture = PaymentTraits(rawValue: 1 << 6)
  /// This request is the second one of its key.
  public static let resent = PaymentTraits(rawValue: 1 << 7)
  /// The cardholder has passed the challenge.
  public static let challengePassed = PaymentTraits(rawValue: 1 << 8)
  /// Allowed, and queued for review by people.
  public static let underReview = PaymentTraits(rawValue: 1 << 9)
  /// Taken back after capture and before the cut-off of its day: the fee goes back too.
  public static let voided = PaymentTraits(rawValue: 1 << 10)
  /// The key is in the ledger's unique index.
  public static let keyInDatabase = PaymentTraits(rawValue: 1 << 11)
  /// An acquirer has approved it, and said so in time.
  public static let approved = PaymentTraits(rawValue: 1 << 12)
  /// Some or all of it has gone back after capture.
  public static let givenBack = PaymentTraits(rawValue: 1 << 13)
  /// Its way is written down; nothing else reads it.
  public static let traced = PaymentTraits(rawValue: 1 << 14)
}

/// A request to create a payment, as it reaches the gateway.
public struct PaymentRequest: Sendable {
  /// Fingerprint of (merchant, idempotency key).
  public var fingerprint: KeyFingerprint
  /// Minor units.
  public var amount: Int64
  /// Position of the merchant in its cell.
  public var merchant: CellMerchant
  /// Hash of the body: same key with another hash is refused.
  public var bodyHash: UInt32
  /// Position of the currency in the scenario's list; `unknownCurrency` when it is not in it.
  public var currency: CurrencyIndex
  /// Position of the issuer, or of the source bank.
  public var issuer: UInt8
  /// What was drawn for the payment.
  public var traits: PaymentTraits
  /// How often the client has sent it before.
  public var attempt: UInt8 = 0
  /// When the client sent it, nanoseconds since the start of the run.
  public var sent: Int64

  /// Stands for a currency that the scenario does not know.
  public static let unknownCurrency = CurrencyIndex(UInt8.max)

  /// A first attempt.
  public init(
    fingerprint: KeyFingerprint, amount: Int64, merchant: CellMerchant, bodyHash: UInt32,
    currency: CurrencyIndex, issuer: UInt8, traits: PaymentTraits, sent: Int64
  ) {
    self.fingerprint = fingerprint
    self.amount = amount
    self.merchant = merchant
    self.bodyHash = bodyHash
    self.currency = currency
    self.issuer = issuer
    self.traits = traits
    self.sent = sent
  }

  /// Hash of what a request says: two requests with one key and different hashes are in conflict.
  public static func bodyHash(
    amount: Int64, merchant: CellMerchant, currency: CurrencyIndex
  ) -> UInt32 {
    UInt32(
      truncatingIfNeeded: mix64(
        UInt64(bitPattern: amount) ^ UInt64(merchant) << 40 ^ UInt64(currency) << 32))
  }
}
