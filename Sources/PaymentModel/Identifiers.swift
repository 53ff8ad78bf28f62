/// A number that names one kind of thing: numbers of two kinds cannot be taken for each other.
public protocol Identifier: RawRepresentable, Hashable, Comparable, Sendable,
  CustomStringConvertible, ExpressibleByIntegerLiteral
where RawValue: FixedWidthInteger & Sendable, IntegerLiteralType == RawValue {
  /// The thing of this number.
  init(_ rawValue: RawValue)
}

extension Identifier {
  /// The thing of this number.
  @inlinable @inline(__always)
  public init(rawValue: RawValue) { self.init(rawValue) }

  /// The thing of this number.
  @inlinable @inline(__always)
  public init(integerLiteral value: RawValue) { self.init(value) }

  /// The thing of this number.
  /// - Precondition: the number is one of its raw values.
  @inlinable @inline(__always)
  public init(_ position: Int) { self.init(RawValue(position)) }

  /// Hash of the number in one step, as integers have it: tables by identifier are looked up for
  /// every payment.
  @inlinable @inline(__always)
  public func _rawHashValue(seed: Int) -> Int { rawValue._rawHashValue(seed: seed) }

  /// Order of number.
  @inlinable @inline(__always)
  public static func < (first: Self, second: Self) -> Bool { first.rawValue < second.rawValue }

  /// The thing `offset` numbers later.
  @inlinable @inline(__always)
  public static func + (first: Self, offset: Int) -> Self { Self(Int(first) + offset) }

  /// All numbers from 1, in order.
  @inlinable
  public static var all: some Sequence<Self> { (1...).lazy.map { (number: Int) in Self(number) } }

  /// The number alone.
  public var description: String { "\(rawValue)" }
}

extension UInt64 {
  /// The number of an identifier, wide enough for all of them.
  @inlinable @inline(__always)
  public init(_ identifier: some Identifier) { self = UInt64(identifier.rawValue) }
}

extension Int {
  /// The number of an identifier, as a position in a table.
  @inlinable @inline(__always)
  public init(_ identifier: some Identifier) { self = Int(identifier.rawValue) }
}

/// A payment: its number in the store of its cell, from 1; a bank's transfer: its number among
/// those of the run, from 1. Zero is no payment.
@frozen
public struct PaymentID: Identifier {
  /// The number.
  public let rawValue: UInt32
  /// The payment of this number.
  @inlinable @inline(__always)
  public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A merchant's position in its cell, from 0; `MerchantID` is the position in the run.
@frozen
public struct CellMerchant: Identifier {
  /// The position.
  public let rawValue: UInt32
  /// The merchant at this position.
  @inlinable @inline(__always)
  public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A batch (or another entry of a batch book): its number there, from 1. Zero is no batch.
@frozen
public struct BatchID: Identifier {
  /// The number.
  public let rawValue: UInt32
  /// The batch of this number.
  @inlinable @inline(__always)
  public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A currency's position in the run's list of currencies, from 0.
@frozen
public struct CurrencyIndex: Identifier {
  /// The position.
  public let rawValue: UInt8
  /// The currency at this position.
  @inlinable @inline(__always)
  public init(_ rawValue: UInt8) { self.rawValue = rawValue }
}

/// An acquirer's (or the account-to-account scheme's) position among the endpoints, from 0.
@frozen
public struct EndpointIndex: Identifier {
  /// The position.
  public let rawValue: UInt8
  /// The endpoint at this position.
  @inlinable @inline(__always)
  public init(_ rawValue: UInt8) { self.rawValue = rawValue }
}

/// Fingerprint of a merchant and an idempotency key.
@frozen
public struct KeyFingerprint: Identifier {
  /// The 64 bits.
  public let rawValue: UInt64
  /// The key with these bits.
  @inlinable @inline(__always)
  public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

/// A wire of a bank's own transfers: its number among those sent, from 1.
@frozen
public struct WireID: Identifier {
  /// The number.
  public let rawValue: UInt32
  /// The wire of this number.
  @inlinable @inline(__always)
  public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// Wires that carry the same batches: the position of their set among all, from 0.
@frozen
public struct WireSetID: Identifier {
  /// The position.
  public let rawValue: UInt32
  /// The set at this position.
  @inlinable @inline(__always)
  public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}
