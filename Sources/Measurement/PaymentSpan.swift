/// A stretch of a payment's way: what was done, from when to when.
public struct PaymentSpan: Sendable, Equatable {
  /// What a span can be of. Main ones follow one another; the others lie within one of those.
  public enum Kind: String, Sendable, CaseIterable {
    /// The whole way: request sent to money at the merchant's bank, or to another end.
    case payment
    /// Request sent to request at the gateway.
    case network
    /// Request at the gateway to its answer.
    case gateway
    /// Key looked up to known or new.
    case idempotency
    /// Handed to the bus to durable on its replicas.
    case publication
    /// On the bus to taken by a worker.
    case busWait = "bus wait"
    /// Taken by a worker to decision durable.
    case authorization
    /// Token looked up, fraud score drawn.
    case scoring
    /// Call of an acquirer to its answer, or to the deadline.
    case attempt
    /// Acquirer told to undo what it may have decided, to its answer.
    case reversal
    /// Write to the ledger to durable.
    case commit
    /// Cardholder asked to answered or gone.
    case challenge
    /// Amount held to captured, voided or expired.
    case hold
    /// The merchant takes the amount: no time passes.
    case capture
    /// The ledger posts it: no time passes.
    case posting
    /// Captured to due for batching: the cut-off, or the end of a window.
    case windowWait = "window wait"
    /// Due to instructed: what the settlement workers take.
    case batching
    /// Instructed to money at the merchant's bank.
    case batch
    /// Instruction at the interbank network to executed by its rail.
    case wire
    /// Money goes back to the payer: no time passes.
    case refund
    /// Captured to stated by the acquirer's settlement file.
    case acquirerStatement = "acquirer statement"
    /// Money moved to stated by the bank.
    case bankStatement = "bank statement"

    /// The part of the deployment that does it.
    public var service: String {
      switch self {
      case .payment, .network: "merchants"
      case .gateway: "gateway"
      case .idempotency: "idempotency store"
      case .publication, .busWait: "bus"
      case .authorization, .scoring: "authorization workers"
      case .attempt, .reversal: "acquirers"
      case .challenge: "cardholders"
      case .commit, .posting: "ledger"
      case .hold, .capture, .refund: "holds"
      case .windowWait: "stream processor"
      case .batching, .batch: "settlement workers"
      case .wire: "rails"
      case .acquirerStatement, .bankStatement: "reconciliation"
      }
    }

    /// Whether it may lie across others, and is told apart from them.
    public var isApart: Bool { self == .acquirerStatement || self == .bankStatement }

    /// The services, in the order in which a payment meets them.
    public static let services: [String] = allCases.reduce(into: []) { services, kind in
      if !services.contains(kind.service) { services.append(kind.service) }
    }
  }

  /// What is said of a span.
  public struct Attribute: Sendable, Equatable {
    /// Name in snake case.
    public var name: String
    /// Value in words.
    public var value: String

    /// `value` under `name`.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What it is of.
  public var kind: Kind
  /// Virtual time at which it begins (ns).
  public var start: Int64
  /// Virtual time at which it ends (ns); that of the end of the run where it did not.
  public var end: Int64
  /// Whether it had not ended when the run did.
  public var isOpen: Bool
  /// Position of the span that it lies in, among those of the payment; nil for the whole way.
  public var parent: Int?
  /// What is said of it, in order.
  public var attributes: [Attribute]

  /// A span that ends at `end`; nil: it does not.
  public init(
    _ kind: Kind, start: Int64, end: Int64?, parent: Int?, attributes: [Attribute] = []
  ) {
    self.kind = kind
    self.start = start
    self.end = end ?? start
    isOpen = end == nil
    self.parent = parent
    self.attributes = attributes
  }
}

/// A payment whose way was written down.
public struct TracedPayment: Sendable, Equatable {
  /// Its key, by which it was chosen: the same payment in every run of the seed.
  public var key: UInt64
  /// The cell that it went through.
  public var cell: Int
  /// Its number there, as in `obligations.csv`.
  public var number: UInt32
  /// Its spans, the whole way first, others in the order in which they came about.
  public var spans: [PaymentSpan]

  /// The payment `number` of a cell, without spans yet.
  public init(key: UInt64, cell: Int, number: UInt32) {
    self.key = key
    self.cell = cell
    self.number = number
    spans = []
  }
}
