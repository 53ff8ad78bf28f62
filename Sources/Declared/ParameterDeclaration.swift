import Money
import Text

/// A value given to a parameter that a strategy, a rail or a fault declares.
public enum ParameterValue: Sendable, Equatable, CustomStringConvertible {
  /// A span of time.
  case duration(Duration)
  /// A whole number.
  case integer(Int)
  /// A number.
  case decimal(Double)
  /// One of several words.
  case choice(String)
  /// Members of a family, in order.
  case members([MemberChoice])
  /// Times of day.
  case times([TimeOfDay])
  /// A time zone of the IANA database, by its name.
  case timeZone(String)

  /// The value for people, as it is written in a scenario.
  public var description: String {
    switch self {
    case .duration(let value): DurationText.text(value)
    case .integer(let value): "\(value)"
    case .decimal(let value): "\(value)"
    case .choice(let value), .timeZone(let value): value
    case .members(let entries): "[\(entries.map(\.description).joined(separator: ", "))]"
    case .times(let values): "[\(values.map { "\"\($0)\"" }.joined(separator: ", "))]"
    }
  }
}

/// A parameter that cannot be used.
public struct ParameterError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Name of the parameter.
  public var name: String
  /// What was expected, as in `expected ...`.
  public var expected: String

  /// An error about the parameter `name`.
  public init(name: String, expected: String) {
    self.name = name
    self.expected = expected
  }

  /// One line: the name and what was expected.
  public var description: String { "\(name): expected \(expected)" }
}

/// What a strategy, a rail or a fault says about one of its own parameters.
///
/// A scenario's nodes are decoded against it, and the schema is generated from it.
public struct ParameterDeclaration: Sendable, Equatable {
  /// Which values are accepted.
  public enum Kind: Sendable, Equatable {
    /// A span of time within the range.
    case duration(ClosedRange<Duration>)
    /// A whole number within the range.
    case integer(ClosedRange<Int>)
    /// A finite number within the range.
    case decimal(ClosedRange<Double>)
    /// One of the words.
    case choice([String])
    /// A word, or a list of members of a family.
    case members(MemberList)
    /// Different times of day, at least one and at most so many.
    case times(Int)
    /// A time zone of the IANA database.
    case timeZone
  }
  /// Key in the scenario, in snake case.
  public let name: String
  /// Accepted values.
  public let kind: Kind
  /// Value of a scenario that leaves the key out; nil: none.
  public let defaultValue: ParameterValue?
  /// One line for people, with what the range does not say.
  public let description: String
  /// What another value shows in.
  public private(set) var effect = SettingEffect.simulation
  /// Of the parameters with the same mark a scenario gives at most one, and the default of another
  /// then counts for nothing.
  public private(set) var exclusive: String?

  /// A declaration.
  /// - Precondition: `defaultValue` is an accepted value, or none.
  public init(name: String, kind: Kind, defaultValue: ParameterValue?, description: String) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.description = description
    if let defaultValue {
      precondition(
        accepts(defaultValue), "the default of \(name) is not accepted: \(defaultValue)")
    }
  }

  /// The declaration of one of several parameters that exclude each other.
  public func excluding(_ mark: String) -> ParameterDeclaration {
    var declaration = self
    declaration.exclusive = mark
    return declaration
  }

  /// The default for people.
  public var defaultText: String { defaultValue.map { "\($0)" } ?? "none" }

  /// The declaration of a parameter that moves less than the simulation.
  public func changing(_ effect: SettingEffect) -> ParameterDeclaration {
    var declaration = self
    declaration.effect = effect
    return declaration
  }

  /// Whether `value` has the declared kind and is within the range.
  public func accepts(_ value: ParameterValue) -> Bool {
    switch (kind, value) {
    case (.duration(let range), .duration(let duration)): range.contains(duration)
    case (.integer(let range), .integer(let integer)): range.contains(integer)
    case (.decimal(let range), .decimal(let decimal)): range.contains(decimal)
    case (.choice(let words), .choice(let word)): words.contains(word)
    case (.members(let list), .choice(let word)): list.words.contains(word)
    case (.members(let list), .members(let entries)): list.accepts(entries)
    case (.times(let most), .times(let times)):
      (1...most).contains(times.count) && Set(times).count == times.count
    case (.timeZone, .timeZone(let name)): CivilTimeZone(identifier: name) != nil
    default: false
    }
  }

  /// Which values are accepted, as in `expected ...`.
  public var expected: String {
    switch kind {
    case .duration(let range):
      "a duration of \(DurationText.text(range.lowerBound)) to "
        + DurationText.text(range.upperBound)
    case .integer(let range): "a whole number of \(range.lowerBound) to \(range.upperBound)"
    case .decimal(let range): "a number of \(range.lowerBound) to \(range.upperBound)"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .members(let list):
      "one of \(list.words.joined(separator: ", ")), or \(list.expectedList)"
    case .times(let most): "a list of 1 to \(most) different times of day such as [\"11:59\"]"
    case .timeZone: "an IANA time zone such as America/New_York"
    }
  }

  /// The value given for this parameter, or the default, or nil if there is neither; an error if it
  /// is not accepted.
  public func optionalValue(
    in given: [String: ParameterValue]
  ) throws(ParameterError) -> ParameterValue? {
    guard let value = given[name] ?? defaultValue else { return nil }
    guard accepts(value) else { throw ParameterError(name: name, expected: expected) }
    return value
  }

  /// The value given for this parameter, or the default; an error if it is not accepted.
  /// - Precondition: the parameter has a default, or is given.
  public func value(in given: [String: ParameterValue]) throws(ParameterError) -> ParameterValue {
    guard let value = try optionalValue(in: given) else {
      preconditionFailure("\(name) is not given and has no default")
    }
    return value
  }
}

extension ParameterDeclaration {
  /// The given or default span of time, checked.
  /// - Precondition: the parameter is declared as a duration.
  public func duration(in given: [String: ParameterValue]) throws(ParameterError) -> Duration {
    guard case .duration(let value) = try value(in: given) else { wrongKind() }
    return value
  }

  /// The given or default whole number, checked.
  /// - Precondition: the parameter is declared as an integer.
  public func integer(in given: [String: ParameterValue]) throws(ParameterError) -> Int {
    guard case .integer(let value) = try value(in: given) else { wrongKind() }
    return value
  }

  /// The given or default number, checked.
  /// - Precondition: the parameter is declared as a decimal.
  public func decimal(in given: [String: ParameterValue]) throws(ParameterError) -> Double {
    guard case .decimal(let value) = try value(in: given) else { wrongKind() }
    return value
  }

  /// The given or default word, checked.
  /// - Precondition: the parameter is declared as a choice.
  public func choice(in given: [String: ParameterValue]) throws(ParameterError) -> String {
    guard case .choice(let value) = try value(in: given) else { wrongKind() }
    return value
  }

  private func wrongKind() -> Never {
    preconditionFailure("\(name) is declared as \(kind)")
  }
}
