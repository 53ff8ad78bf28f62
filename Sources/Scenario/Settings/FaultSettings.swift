/// One entry of `faults`: something that goes wrong at its time and is mended.
public struct FaultSetting: Sendable, Equatable {
  /// Names it in results, and its random stream.
  public var id = ""
  /// Name of a `FaultKind`.
  public var kind = ""
  /// Which of the kind's stations; empty: all of them, where they are the cells'.
  public var target: String?
  /// When it begins, if it does so once.
  public var at: ScheduleTime?
  /// How long from one beginning to the next, if it comes again.
  public var every: Duration?
  /// How often it comes on average, if by chance.
  public var rate: FaultRate?
  /// How long it lasts.
  public var lasts: Duration = .zero
  /// The part of the calls that it concerns.
  public var share = 1.0
  /// By how much it slows down, where its kind does.
  public var factor: Double?

  /// The defaults.
  public init() {}
}

/// So many times in a unit of time, on average.
public struct FaultRate: Sendable, Equatable {
  /// How many times.
  public var count: Int
  /// The unit: `h`.
  public var unit: String

  /// The units of time, with their seconds.
  static let units: [(name: String, seconds: Int)] = [("min", 60), ("h", 3_600), ("d", 86_400)]

  /// Mean time from the end of one to the beginning of the next.
  public var mean: Duration {
    .seconds(Self.units.first { $0.name == unit }!.seconds) / count
  }
}
