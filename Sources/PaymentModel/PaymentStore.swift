import Glibc
import VirtualTime

/// The one compact record of a payment (48 bytes), shared by idempotency, hold, batch and match.
@frozen
public struct PaymentRow {
  /// Fingerprint of (merchant, idempotency key).
  public var fingerprint: KeyFingerprint
  /// Authorised amount in minor units.
  public var amount: Int64
  /// Hash of the request's body.
  public var bodyHash: UInt32
  /// Position of the merchant in its cell.
  public var merchant: CellMerchant
  /// Event time: whole seconds since the start of the run.
  public var createdSecond: UInt32
  /// The acquirer's reference of the authorisation; zero before.
  public var externalReference: UInt32
  /// When it was captured: whole seconds since the start of the run; zero before.
  public var capturedSecond: UInt32
  /// The batch that pays it out; zero before.
  public var batch: BatchID
  /// Where it stands; it moves along legal edges only.
  public var state: PaymentState
  /// Position in the run's list of currencies.
  public var currency: CurrencyIndex
  /// The acquirer (or the account-to-account scheme) that has it.
  public var endpoint: EndpointIndex
  /// Position of the issuer, or of the source bank.
  public var issuer: UInt8
  /// The named steps it has taken.
  public var steps: PaymentSteps
  /// What was drawn for it, and what it has met on its way.
  public var traits: PaymentTraits

  /// A payment that the gateway has accepted.
  public init(_ request: PaymentRequest, createdSecond: UInt32) {
    fingerprint = request.fingerprint
    amount = request.amount
    bodyHash = request.bodyHash
    merchant = request.merchant
    self.createdSecond = createdSecond
    externalReference = 0
    capturedSecond = 0
    batch = 0
    state = .accepted
    currency = request.currency
    endpoint = 0
    issuer = request.issuer
    steps = [.validated, .keyClaimed]
    traits = request.traits
  }
}

/// All payments of a cell, by number from 1, in chunks that never move.
///
/// Confined to its island: actors of one cell share it, and none of another.
public final class PaymentStore: @unchecked Sendable {
  @usableFromInline static let chunkBits: UInt32 = 17
  @usableFromInline static let chunkMask: UInt32 = 1 << 17 - 1
  /// Room for the addresses of all chunks that 32-bit numbers can name; untouched pages of it take
  /// no memory.
  @usableFromInline let chunks = UnsafeMutablePointer<UnsafeMutablePointer<PaymentRow>>.allocate(
    capacity: 1 << 15)
  private var chunkCount = 0
  private let memory = MemoryShare(of: .payments)
  /// Payments stored.
  public private(set) var count: UInt32 = 0
  /// Amounts captured where they differ from the authorised amount, by payment.
  private var partialCaptures: [PaymentID: Int64] = [:]
  /// Amounts given back after capture, by payment: refunds and voids.
  private var refunds: [PaymentID: Int64] = [:]

  /// An empty store.
  public init() {}

  deinit {
    for i in 0..<chunkCount { free(chunks[i]) }
    chunks.deallocate()
  }

  /// Adds a payment and returns its number.
  public func append(_ row: PaymentRow) -> PaymentID {
    precondition(count < .max - 1, "a cell holds fewer than 2^32 payments")
    count += 1
    let index = count
    if Int(index >> Self.chunkBits) == chunkCount {
      let bytes = MemoryLayout<PaymentRow>.stride << Int(Self.chunkBits)  // three huge pages
      chunks[chunkCount] = Memory.allocateTable(bytes: bytes, zeroed: false)
        .assumingMemoryBound(to: PaymentRow.self)
      chunkCount += 1
      memory.grow(to: chunkCount * bytes)
    }
    self[PaymentID(index)] = row
    return PaymentID(index)
  }

  /// The payment with this number.
  @inlinable
  public subscript(_ payment: PaymentID) -> PaymentRow {
    unsafeAddress {
      let index = payment.rawValue
      precondition(index <= count, "no payment has this number")
      return UnsafePointer(chunks[Int(index >> Self.chunkBits)] + Int(index & Self.chunkMask))
    }
    unsafeMutableAddress {
      let index = payment.rawValue
      precondition(index <= count, "no payment has this number")
      return chunks[Int(index >> Self.chunkBits)] + Int(index & Self.chunkMask)
    }
  }

  /// The payments stored, in the order in which they came.
  @inlinable
  public var payments: some Sequence<PaymentID> {
    (0..<count).lazy.map { PaymentID($0 + 1) }
  }

  /// Whether a payment has this number.
  @inlinable
  public func contains(_ payment: PaymentID) -> Bool {
    payment.rawValue > 0 && payment.rawValue <= count
  }

  /// Begins to load a payment that will be needed soon.
  public func prefetch(_ payment: PaymentID) {
    let index = payment.rawValue
    Memory.prefetch(chunks[Int(index >> Self.chunkBits)] + Int(index & Self.chunkMask))
  }

  /// What the merchant has taken of the payment, in minor units.
  public func capturedAmount(_ payment: PaymentID) -> Int64 {
    let row = self[payment]
    return row.traits.contains(.partialCapture)
      ? partialCaptures[payment] ?? row.amount : row.amount
  }

  /// Notes that the merchant takes only so much of the payment.
  public func capture(_ payment: PaymentID, only amount: Int64) {
    partialCaptures[payment] = amount
    self[payment].traits.insert(.partialCapture)
  }

  /// What has gone back of the payment after capture, in minor units.
  public func refundedAmount(_ payment: PaymentID) -> Int64 {
    self[payment].traits.contains(.givenBack) ? refunds[payment] ?? 0 : 0
  }

  /// Notes how much has gone back of the payment, in all.
  public func giveBack(_ payment: PaymentID, inAll amount: Int64) {
    refunds[payment] = amount
    self[payment].traits.insert(.givenBack)
  }
}
