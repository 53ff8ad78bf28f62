/// One value of a table, typed: every renderer writes it in its own way, none computes.
public struct TableCell: Sendable, Equatable {
  /// The value as it was measured.
  public enum Value: Sendable, Equatable {
    /// Nothing was measured, or nothing is there to be said.
    case absent
    /// Words; those of a scenario are escaped by the renderers.
    case text(String)
    /// A property that a row has or has not.
    case flag(Bool)
    /// Whole things.
    case count(Int)
    /// Virtual time in nanoseconds.
    case nanoseconds(Int64)
    /// Money in minor units of its currency, which has `decimals` decimals.
    case money(Int64, currency: String, decimals: Int)
    /// Money finer than a minor unit: `scaled` * 10^-`decimals`.
    case fineMoney(scaled: Int64, currency: String, decimals: Int)
    /// A part of a whole, 1 for all of it.
    case ratio(Double)
    /// Things in a second of virtual time.
    case perSecond(Double)
    /// A bare number.
    case number(Double)
    /// Whether something is as it should be; nil where nothing could be judged.
    case verdict(Bool?)
  }

  /// How a cell stands out for people.
  public enum Mark: Sendable, Equatable { case plain, good, bad, strong, muted }

  /// The value.
  public var value: Value
  /// What people read in its place, where the value alone would not do; files have the value.
  public var label: String?
  /// How it stands out, beside what follows from its value.
  public var mark: Mark

  /// A cell with `value`, absent where there is none.
  public init(_ value: Value?, label: String? = nil, _ mark: Mark = .plain) {
    self.value = value ?? .absent
    self.label = label
    self.mark = mark
  }

  /// Whether the value says something: a figure that is not zero, a judgement. Words do not, they
  /// say what is measured.
  public var isNews: Bool {
    switch value {
    case .absent, .text, .flag: false
    case .count(let value): value != 0
    case .nanoseconds(let value), .money(let value, _, _), .fineMoney(let value, _, _): value != 0
    case .ratio(let value), .perSecond(let value), .number(let value): value != 0
    case .verdict(let isGood): isGood != nil
    }
  }

  /// The words of a cell of words; empty for other values.
  public var text: String {
    if case .text(let text) = value { text } else { "" }
  }
}
