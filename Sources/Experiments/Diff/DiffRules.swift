/// Which figures of a difference are told.
public struct DiffRules: Sendable, Equatable {
  /// A tolerance for the figures that a pattern names.
  public struct Tolerance: Sendable, Equatable {
    /// Names, with `*` for any characters; `*` alone is every figure.
    public var pattern: String
    /// A relative difference of no more is not told.
    public var share: Double

    /// A tolerance.
    public init(pattern: String, share: Double) {
      self.pattern = pattern
      self.share = share
    }
  }

  /// Of several that name a figure the last counts.
  public var tolerances: [Tolerance]
  /// Figures that are not told whatever they say.
  public var ignored: [String]

  /// Rules; without any every difference is told.
  public init(tolerances: [Tolerance] = [], ignored: [String] = []) {
    self.tolerances = tolerances
    self.ignored = ignored
  }

  func ignores(_ difference: FigureDifference) -> Bool {
    ignored.contains { Self.matches(difference.name, $0) }
  }

  /// Whether a difference of two numbers is too small to be told. One from zero, of words or of a
  /// finding never is.
  func tolerates(_ difference: FigureDifference) -> Bool {
    guard let relative = difference.relative?.magnitude,
      let tolerance = tolerances.last(where: { Self.matches(difference.name, $0.pattern) })
    else { return false }
    return relative <= tolerance.share
  }

  /// Whether `name` is of the form of `pattern`, in which `*` stands for any characters.
  public static func matches(_ name: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return name == pattern }
    guard name.hasPrefix(parts[0]) else { return false }
    var rest = name.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(parts[parts.count - 1])
  }
}
