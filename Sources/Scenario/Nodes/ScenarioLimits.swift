/// Limits on a scenario file, so that a hostile or mistaken one is refused at once.
public enum ScenarioLimits {
  /// Bytes of a file.
  public static let bytes = 4 << 20
  /// Bytes of one scalar.
  public static let scalarBytes = 64 << 10
  /// Bytes of one key.
  public static let keyBytes = 128
  /// Mappings and lists within each other.
  public static let depth = 32
  /// Scalars, lists and mappings of a file, keys not counted.
  public static let nodes = 100_000
}
