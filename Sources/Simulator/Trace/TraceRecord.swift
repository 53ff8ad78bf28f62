import Money

/// A payment, or the cancellation of earlier ones, as a trace has it.
public struct TraceRecord: Sendable, Equatable {
  /// Row of the file; the header is row 1.
  public var row: Int
  /// Stands for the id: different ids of one trace have different fingerprints.
  public var id: UInt64
  /// Nanoseconds since the run's start.
  public var time: Int64
  /// Minor units of `currency`, more than zero, of a cancellation too.
  public var amount: Int64
  /// Where the id's text is, for `Trace.id(of:)`.
  var idIndex: UInt32
  /// Index into `Trace.merchants`.
  public var merchant: Int32
  /// Of `amount`.
  public var currency: Currency
  /// Whether it takes back earlier payments of the merchant.
  public var isCancellation: Bool
}

/// A trace read to its end.
public struct Trace: Sendable {
  /// In order of time; records of the same time in the order of the file.
  public internal(set) var records: [TraceRecord] = []
  /// Names of merchants, in the order in which they first occur in a record.
  public internal(set) var merchants: [String] = []
  /// Civil time zero of the records, in nanoseconds since 1970-01-01T00:00:00Z; a midnight.
  public internal(set) var start: Int64 = 0
  /// Rows of data in the file, those left out included and blank lines not.
  public internal(set) var rows = 0
  /// What was left out or sorted in.
  public internal(set) var notes = TraceNotes()
  var ids = ByteStringTable()

  /// The id of a record as the file has it, for a report.
  public func id(of record: TraceRecord) -> String { ids[Int(record.idIndex)] }
}
