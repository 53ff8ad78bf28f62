/// `results`: what is written into a result beside its figures.
public struct ResultSettings: Sendable, Equatable {
  /// Whether everything is written down that the figures follow from.
  public var details = false
  /// Of so many card payments the way of one is written down; 0 for none.
  public var traceOneIn = 0
  /// Of which payments between banks' customers `payments.csv` tells the end.
  public var payments = PaymentRows.recorded

  /// Which rows `payments.csv` has; a row takes about 100 bytes.
  public enum PaymentRows: String, Sendable, Equatable, CaseIterable {
    /// All of a run that replays recorded ones, else none.
    case recorded
    /// All.
    case all
    /// None: the file is not written.
    case none
  }
  /// The defaults.
  public init() {}
}
