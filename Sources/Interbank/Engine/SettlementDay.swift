/// What a settlement system is told of the business day that begins.
public struct SettlementDay: Sendable, Equatable {
  /// When the system opens by its hours (ns): cycles, intervals and hours count from here, whenever
  /// its first payment comes.
  public var opening: Int64
  /// When participants that release at a time of day do so (ns), by participant. On days on which
  /// clocks are set this is not always as long after the opening. Empty: as their terms say.
  public var releases: [Int64?]
  /// Business days before it, since the last that was started or since the run's start, on which
  /// nothing came in, so that the system was not told of them.
  public var silentDays: Int
  /// How long those were open by the system's hours, in all (ns).
  public var silentTime: Int64

  /// A day.
  public init(
    opening: Int64, releases: [Int64?] = [], silentDays: Int = 0, silentTime: Int64 = 0
  ) {
    self.opening = opening
    self.releases = releases
    self.silentDays = silentDays
    self.silentTime = silentTime
  }

  /// When `participant` releases what it holds until `wait` ns after the opening (ns).
  func release(of participant: Int, wait: Int64) -> Int64 {
    let told = participant < releases.count ? releases[participant] : nil
    return told ?? opening + wait
  }
}
