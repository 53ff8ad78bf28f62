/// A fault of the scenario, and what it came to over all times at which it held (ns).
public struct FaultRow: Sendable, Equatable {
  /// As the scenario calls it.
  public var id: String
  /// Its kind: `acquirer_down`.
  public var kind: String
  /// Whom it befell; empty: the stations of all cells.
  public var target: String
  /// When it held, from the start of the run.
  public var windows: [Range<Int64>]
  /// Payments it touched.
  public var touched = 0
  /// Among them, those that a breaker it had opened kept from their acquirer first of all.
  public var rerouted = 0
  /// Touched payments that it cost time.
  public var delayed = 0
  /// Touched payments that were declined because of it.
  public var declined = 0
  /// What the touched are worth, in the reporting currency.
  public var atRisk: ReportedAmount
  /// What the declined are worth.
  public var declinedValue: ReportedAmount
  /// Breakers it opened.
  public var openings = 0
  /// Those that no answer has closed since.
  public var stillOpen = 0
  /// Longest time from its beginning to the opening of a breaker.
  public var detection: Int64?
  /// Longest time from its beginning until payments and breakers were done with it.
  public var degraded: Int64?
  /// Longest time from its end until the payments it touched were decided.
  public var drain: Int64?
  /// The same, and its breakers closed; nil while one is open.
  public var recovery: Int64?
  /// Longest authorisation of a payment it touched.
  public var slowest: Int64?

  /// A fault that has touched nothing.
  public init(
    _ id: String, kind: String, target: String, windows: [Range<Int64>], nothing: ReportedAmount
  ) {
    self.id = id
    self.kind = kind
    self.target = target
    self.windows = windows
    atRisk = nothing
    declinedValue = nothing
  }
}
