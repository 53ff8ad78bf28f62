/// Something that happened to what a story is about, as the engine recorded it.
public struct StoryEntry: Sendable, Equatable {
  /// What part of the way it belongs to.
  public enum Kind: String, Sendable, CaseIterable {
    case request, state, decision, attempt, ledger, hold, refund, window, batch, file, instruction
    case rail, reconciliation
  }
  /// A name and a value, for programs.
  public struct Fact: Sendable, Equatable {
    /// Letters and `_`.
    public var name: String
    /// Numbers are written in decimal.
    public var value: String

    /// A fact.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }
  /// What a ledger has written.
  public struct Posting: Sendable, Equatable {
    /// As in `journal.csv`.
    public var kind: String
    /// Account.
    public var debit: String
    /// Account.
    public var credit: String
    /// ISO 4217 code.
    public var currency: String
    /// Minor units, above zero.
    public var amount: Int64
    /// Whether others share the amount: it belongs to a batch or a file.
    public var isShared: Bool

    /// A posting with all its parts.
    public init(
      kind: String, debit: String, credit: String, currency: String, amount: Int64, isShared: Bool
    ) {
      self.kind = kind
      self.debit = debit
      self.credit = credit
      self.currency = currency
      self.amount = amount
      self.isShared = isShared
    }
  }

  /// Nanoseconds since the start of the run.
  public var time: Int64
  /// The station that acts.
  public var from: String
  /// The station that it acts upon; the same for what concerns it alone.
  public var to: String
  /// What part of the way it belongs to.
  public var kind: Kind
  /// A sentence.
  public var text: String
  /// The same and more, for programs.
  public var facts: [Fact] = []
  /// The state that begins with it.
  public var state: String?
  /// What a ledger has written.
  public var posting: Posting?

  /// An entry without state and posting, of what one station does to another.
  public init(
    _ kind: Kind, at time: Int64, _ from: String, _ to: String, _ text: String,
    _ facts: [Fact] = []
  ) {
    self.kind = kind
    self.time = time
    self.from = from
    self.to = to
    self.text = text
    self.facts = facts
  }

  /// An entry without state and posting, of what concerns one station alone.
  public init(
    _ kind: Kind, at time: Int64, _ from: String, _ text: String, _ facts: [Fact] = []
  ) {
    self.init(kind, at: time, from, from, text, facts)
  }
}
