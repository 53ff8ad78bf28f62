/// What a key of a scenario moves: the first of these in which another value of it shows.
///
/// The schema carries it with every key as `x-changes`.
public enum SettingEffect: String, Sendable, CaseIterable {
  /// What happens in the run, operators' fees included, and with it the digest.
  case simulation
  /// Figures and tables alone: what things cost, and what is counted.
  case figures
  /// Files of the result alone.
  case files
  /// Whether the run has passed.
  case verdict
  /// Words for people.
  case text

  /// The keyword of the schema.
  public static let keyword = "x-changes"
}
