import Declared

/// The figures that a threshold may name, as their declarations give them.
public enum MetricCatalog {
  /// Every figure, in the order of reading.
  public static let figures: [FigureDeclaration] = RunFigures.figures.flatMap(\.declarations)

  /// All names, sorted.
  public static let names: [String] = figures.map(\.name).sorted()

  /// What is known of the figure `name`; nil where there is none.
  public static func figure(_ name: String) -> FigureDeclaration? { byName[name] }

  /// The names of the latencies, as in results, in the order of reading.
  public static let latencies: [String] = RunFigures.figures.flatMap(\.distributions).map {
    String($0.stem.dropLast("_latency".count))
  }

  private static let byName = Dictionary(uniqueKeysWithValues: figures.map { ($0.name, $0) })
}
