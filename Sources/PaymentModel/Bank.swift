/// A participant of the rails: an issuer, an acquirer's settlement bank, a merchant's bank.
public struct BankID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Position among the banks of a run, from 0.
  public let rawValue: UInt16

  /// The bank at a position.
  @inlinable
  public init(_ rawValue: UInt16) { self.rawValue = rawValue }

  /// Order of position.
  @inlinable
  public static func < (first: BankID, second: BankID) -> Bool { first.rawValue < second.rawValue }

  /// The position behind `bank-`.
  public var description: String { "bank-\(rawValue)" }
}

/// Someone who is paid.
public struct MerchantID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Position among the merchants of a run, from 0.
  public let rawValue: UInt32

  /// The merchant at a position.
  @inlinable
  public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// Order of position.
  @inlinable
  public static func < (first: MerchantID, second: MerchantID) -> Bool {
    first.rawValue < second.rawValue
  }

  /// The position behind `merchant-`.
  public var description: String { "merchant-\(rawValue)" }
}
