import Text
import Reporting

/// The figures of speed when their baseline was made: the file `Results/baselines/speed.json`.
public struct SpeedBaseline: Sendable, Equatable {
  /// A figure as it was.
  public struct Entry: Sendable, Equatable {
    /// The value.
    public var value: Double
    /// The worst value that is still allowed.
    public var limit: Double
  }

  /// Where and with what it was made.
  public struct Origin: Sendable, Equatable {
    /// Model of the processor, as it calls itself.
    public var processor: String
    /// Version of the Swift compiler.
    public var swiftVersion: String
    /// Version of settlesim.
    public var settlesimVersion: String
    /// `release` or `debug`.
    public var configuration: String

    /// An origin; the configuration is that of this build.
    public init(
      processor: String, swiftVersion: String, settlesimVersion: String,
      configuration: String = Origin.configuration
    ) {
      self.processor = processor
      self.swiftVersion = swiftVersion
      self.settlesimVersion = settlesimVersion
      self.configuration = configuration
    }

    /// How this build was made.
    public static var configuration: String {
      #if DEBUG
        "debug"
      #else
        "release"
      #endif
    }
  }

  /// Where and with what it was made.
  public var origin: Origin
  /// Rounds it was made from.
  public var rounds: Int
  /// The figures by name.
  public var entries: [String: Entry]

  static let kind = "settlesim-speed-baseline"
  /// Version of the layout; a reader refuses any other.
  public static let schemaVersion = 1

  /// The baseline that `figures` make, with the limits that follow from them.
  public init(_ figures: [BenchFigure], rounds: Int, origin: Origin) {
    self.origin = origin
    self.rounds = rounds
    entries = Dictionary(
      uniqueKeysWithValues: figures.map {
        ($0.name, Entry(value: Self.rounded($0.value), limit: Self.rounded(Self.limit(of: $0))))
      })
  }

  /// Allocations per payment are counted, and a fifth of one is no noise.
  static let allocationSlack = 0.2
  /// Bytes move a little with the compiler and its library.
  static let memorySlack = 0.05
  /// Timings: as far as the rounds of the baseline scattered, within these bounds. The upper bound
  /// lets no slowdown of a tenth through, which is 9.1 % off the ratio.
  static let timingSlack = 0.06...0.07
  /// Timings on another model of processor: caches and memory differ, and with them the ratio.
  static let foreignSlack = 0.25

  /// The worst value that a baseline of `figure` allows.
  static func limit(of figure: BenchFigure) -> Double {
    let value = figure.value
    if let ceiling = figure.ceiling { return ceiling }
    if figure.unit == BenchFigure.allocationUnit { return value + allocationSlack }
    var slack = memorySlack
    if figure.isTimed, value > 0 {
      let scatter = (figure.interval.upperBound - figure.interval.lowerBound) / (2 * value)
      slack = min(max(scatter, timingSlack.lowerBound), timingSlack.upperBound)
    }
    return figure.lowerIsBetter ? value * (1 + slack) : value * (1 - slack)
  }

  /// Seven digits: more would only make differences longer.
  private static func rounded(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value }
    var unit = 1.0
    while value.magnitude / unit >= 10_000_000 { unit *= 10 }
    while value.magnitude / unit < 1_000_000, unit > 1e-12 { unit /= 10 }
    return (value / unit).rounded() * unit
  }
}

extension SpeedBaseline {
  /// The text of the file.
  public var json: CanonicalJSON {
    [
      "kind": .string(Self.kind),
      "schema_version": .int(Self.schemaVersion),
      "processor": .string(origin.processor),
      "swift_version": .string(origin.swiftVersion),
      "settlesim_version": .string(origin.settlesimVersion),
      "configuration": .string(origin.configuration),
      "rounds": .int(rounds),
      "figures": .object(
        entries.mapValues { ["value": .decimal($0.value), "limit": .decimal($0.limit)] }),
    ]
  }

  /// Reads the baseline from the file at `path`; refuses it with line and column where it is not
  /// what it should be.
  public init(readingFrom path: String) throws(BaselineError) {
    let file = try BaselineFile(path, kind: Self.kind, schemaVersion: Self.schemaVersion)
    origin = Origin(
      processor: try file.text("processor"), swiftVersion: try file.text("swift_version"),
      settlesimVersion: try file.text("settlesim_version"),
      configuration: try file.text("configuration"))
    rounds = try file.integer("rounds")
    entries = [:]
    for (name, entry) in try file.members("figures") {
      func number(_ key: String) -> Double? { entry[key].flatMap(FigureValue.init)?.number }
      guard let value = number("value"), let limit = number("limit"), value > 0, limit > 0 else {
        throw file.refused(name, "expected a value and a limit, both above zero")
      }
      entries[name] = Entry(value: value, limit: limit)
    }
  }
}

extension SpeedBench {
  /// Compares figures with their baseline.
  ///
  /// Timings of another model of processor are held to a quarter instead of the baseline's own
  /// limits: a ratio carries over only roughly. Counts are held to their limits everywhere.
  public init(
    _ figures: [BenchFigure], rounds: Int, origin: SpeedBaseline.Origin, baseline: SpeedBaseline
  ) {
    self.rounds = rounds
    notes = []
    let isForeign = origin.processor != baseline.origin.processor
    rows = figures.map { figure in
      guard let entry = baseline.entries[figure.name] else {
        return Row(figure, baseline: nil, limit: nil)
      }
      var limit = entry.limit
      if let ceiling = figure.ceiling {
        limit = ceiling
      } else if isForeign, figure.isTimed {
        limit = min(limit, entry.value * (1 - SpeedBaseline.foreignSlack))
      }
      return Row(figure, baseline: entry.value, limit: limit)
    }
    if isForeign {
      notes.append(
        "the baseline is of another processor (\(visible(baseline.origin.processor))): timings "
          + "are held to 25 % only; record one here for a sharp comparison")
    }
    if origin.swiftVersion != baseline.origin.swiftVersion {
      notes.append(
        "the baseline is of Swift \(visible(baseline.origin.swiftVersion)), this is "
          + visible(origin.swiftVersion))
    }
    let measured = Set(figures.map(\.name))
    for name in baseline.entries.keys.sorted() where !measured.contains(name) {
      notes.append("\(visible(name)) is in the baseline and was not measured")
    }
  }

  /// Figures that are recorded as the new baseline, beside the former one if there was one.
  public init(
    recording figures: [BenchFigure], rounds: Int, origin: SpeedBaseline.Origin,
    former: SpeedBaseline?
  ) {
    let now = SpeedBaseline(figures, rounds: rounds, origin: origin)
    self.rounds = rounds
    rows = figures.map { figure in
      Row(
        figure, baseline: former?.entries[figure.name]?.value,
        limit: now.entries[figure.name]?.limit)
    }
    notes = former == nil ? ["there was no baseline"] : []
    isRecorded = true
  }
}
