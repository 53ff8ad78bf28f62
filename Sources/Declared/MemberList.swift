import Text

/// A member of a family, chosen as an entry of a list, with a value for each of its parameters.
public struct MemberChoice: Sendable, Equatable, CustomStringConvertible {
  /// Name of the member.
  public var name: String
  /// Values of its parameters by name; one that is left out has its default.
  public var parameters: [String: ParameterValue]

  /// A member with these values.
  public init(_ name: String, _ parameters: [String: ParameterValue] = [:]) {
    self.name = name
    self.parameters = parameters
  }

  /// `fifo`, or `fifo(every=1min)`.
  public var description: String {
    guard !parameters.isEmpty else { return name }
    let values = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return "\(name)(\(values.joined(separator: ", ")))"
  }
}

/// What may stand in a list of members: the members of a family, each with parameters of its own.
public struct MemberList: Sendable, Equatable {
  /// A member as a scenario sees it.
  public struct Member: Sendable, Equatable {
    /// Name in scenarios.
    public var name: String
    /// One line for people.
    public var description: String
    /// Its parameters.
    public var parameters: [ParameterDeclaration]

    /// Declares a member.
    public init(name: String, description: String, parameters: [ParameterDeclaration]) {
      self.name = name
      self.description = description
      self.parameters = parameters
    }
  }
  /// Key of an entry that holds the member's name.
  public var key: String
  /// What the members are, in the plural.
  public var noun: String
  /// The members, in the order in which they are listed.
  public var members: [Member]
  /// Words that may stand in the place of a list and name no member.
  public var otherWords: [String]
  /// How long a list may be.
  public var count: ClosedRange<Int>

  /// Declares a list.
  public init(
    key: String, noun: String, members: [Member], otherWords: [String] = [],
    count: ClosedRange<Int> = 1...16
  ) {
    self.key = key
    self.noun = noun
    self.members = members
    self.otherWords = otherWords
    self.count = count
  }

  /// The names of the members.
  public var names: [String] { members.map(\.name) }

  /// Words that may stand in the place of a list.
  public var words: [String] { otherWords + names }

  /// The member with this name; nil if there is none.
  public func member(_ name: String) -> Member? { members.first { $0.name == name } }

  /// What a list is, as in `expected ...`.
  public var expectedList: String {
    "a list of \(count.lowerBound) to \(count.upperBound) \(noun)"
  }

  /// Whether every entry is a member with values that its parameters accept.
  func accepts(_ entries: [MemberChoice]) -> Bool {
    count.contains(entries.count)
      && entries.allSatisfy { entry in
        guard let member = member(entry.name) else { return false }
        return entry.parameters.allSatisfy { name, value in  // ordered: all of them
          member.parameters.first { $0.name == name }?.accepts(value) ?? false
        }
      }
  }
}
