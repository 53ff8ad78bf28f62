import Declared

/// The JSON Schema of scenario files, generated from the declarations that the loader reads.
public enum ScenarioSchema {
  /// The title, by which a schema of settlesim is known.
  public static let title = "settlesim scenario"

  /// The schema's text (draft-07): sorted keys, two spaces, a line end.
  ///
  /// - Parameters:
  ///   - strategies: what `settlement` may choose from, with their parameters.
  ///   - modes: what `interbank.mode` may choose from, likewise; empty takes any name.
  ///   - figures: what thresholds may name; empty takes any name.
  public static func json(
    strategies: [StrategyDeclaration], modes: [StrategyDeclaration] = [],
    figures: [FigureDeclaration] = []
  ) -> String {
    let section = Section<ScenarioSettings>.scenario(
      strategies, modes: modes, figures: figures)
    let schema = section.schema(defaults: ScenarioSettings(name: "")).adding([
      .init("$schema", .string("http://json-schema.org/draft-07/schema#")),
      .init("title", .string(title)),
    ])
    return schema.text() + "\n"
  }
}
