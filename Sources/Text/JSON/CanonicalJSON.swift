/// A JSON value that is always written the same way: keys sorted, two spaces, one final newline.
///
/// Numbers keep their nature: integers are exact, decimals are either scaled integers or doubles in
/// the shortest form that reads back as the same double. So equal values give equal bytes.
public enum CanonicalJSON: Sendable, Equatable {
  /// An object; written in ascending order of the keys' UTF-8 bytes.
  case object([String: CanonicalJSON])
  /// An array, in order.
  case array([CanonicalJSON])
  /// A string.
  case string(String)
  /// An integer from `Int64.min` to `UInt64.max`.
  case integer(Int128)
  /// `scaled` * 10^-`decimals`, written with exactly that many decimals.
  case fixed(scaled: Int64, decimals: Int)
  /// A double in the shortest round-trip form; written as null when it is not finite.
  case decimal(Double)
  /// true or false.
  case boolean(Bool)
  /// null.
  case null

  /// An integer.
  public static func int(_ value: some BinaryInteger) -> CanonicalJSON { .integer(Int128(value)) }

  /// The member `key` of an object; nil when this is no object or has no such key.
  public subscript(key: String) -> CanonicalJSON? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// The text of a string; nil for other values.
  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The value of an integer that fits; nil for other values.
  public func integer<Value: FixedWidthInteger>(as type: Value.Type = Int.self) -> Value? {
    if case .integer(let value) = self { Value(exactly: value) } else { nil }
  }

  /// The elements of an array; nil for other values.
  public var elements: [CanonicalJSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members of an object in the order they are written; nil for other values.
  public var sortedMembers: [(key: String, value: CanonicalJSON)]? {
    guard case .object(let members) = self else { return nil }
    return members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { (key: $0.key, value: $0.value) }
  }
}

extension CanonicalJSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An integer.
  public init(integerLiteral value: Int64) { self = .integer(Int128(value)) }
  /// true or false.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// An array.
  public init(arrayLiteral elements: CanonicalJSON...) { self = .array(elements) }
  /// An object; a key given twice traps.
  public init(dictionaryLiteral elements: (String, CanonicalJSON)...) {
    self = .object(Dictionary(uniqueKeysWithValues: elements))
  }
}
