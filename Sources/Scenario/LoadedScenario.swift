import Declared

/// A scenario that passed every check, with the nodes it came from.
public struct LoadedScenario: Sendable {
  /// The checked values.
  public let settings: ScenarioSettings
  /// The file's nodes with the overrides applied: where each given value stands.
  public let root: ScenarioNode
  /// Name of the file, as given.
  public let file: String
  /// The file's bytes, for its digest.
  public let source: [UInt8]
  /// Flags and variables that replaced values of the file, in the order applied.
  public let overrides: [ScenarioOverride]
  /// What is no problem of the file, and its reader should know: one line each.
  public let remarks: [String]
  let strategies: [StrategyDeclaration]
  let modes: [StrategyDeclaration]
  let figures: [FigureDeclaration]

  /// Reads, overrides and checks a scenario file.
  ///
  /// 1. Read the file, if it is a small regular file, and parse it.
  /// 2. Put the overrides into the nodes.
  /// 3. Turn the nodes into settings, noting every problem.
  /// 4. Check the relations between the settings.
  ///
  /// - `strategies`: what `settlement` may choose from; empty takes any name.
  /// - `modes`: what `interbank.mode` may choose from; empty takes any name.
  /// - `figures`: what thresholds may name; empty takes any name.
  /// - Throws: `.missing` (exit code 66) or `.invalid` (65), with up to 20 problems.
  public static func load(
    path: String, overrides: [ScenarioOverride] = [], strategies: [StrategyDeclaration] = [],
    modes: [StrategyDeclaration] = [], figures: [FigureDeclaration] = []
  ) throws(ScenarioError) -> LoadedScenario {
    try load(
      try ScenarioFile.read(path), file: path, overrides: overrides, strategies: strategies,
      modes: modes, figures: figures)
  }

  /// As `load(path:)`, for bytes at hand; `file` names them in messages.
  public static func load(
    _ bytes: [UInt8], file: String, overrides: [ScenarioOverride] = [],
    strategies: [StrategyDeclaration] = [], modes: [StrategyDeclaration] = [],
    figures: [FigureDeclaration] = []
  ) throws(ScenarioError) -> LoadedScenario {
    let section = Section<ScenarioSettings>.scenario(
      strategies, modes: modes, figures: figures)
    let defaults = ScenarioSettings(name: "")
    var root = try ScenarioParser.parse(bytes, file: file)
    let shown = section.show(defaults)
    for override in overrides { root = try override.applied(to: root, defaults: shown) }
    var decoding = Decoding()
    var settings = section.decode(root, over: defaults, &decoding)
    try decoding.check()
    if let name = settings?.banks.file {
      settings?.banks.listed = try BankFile.read(
        path(name, beside: file), place: root.deepest(["banks", "file"].map { .key($0) }).node)
    }
    settings?.fill(over: root)
    guard let settings else { preconditionFailure("a scenario without problems has settings") }
    ScenarioChecks.run(settings, root, &decoding)
    if !figures.isEmpty { ThresholdChecks.run(settings, figures, root, &decoding) }
    try decoding.check()
    return LoadedScenario(
      settings: settings, root: root, file: file, source: bytes, overrides: overrides,
      remarks: decoding.notes.map(\.description),
      strategies: strategies, modes: modes, figures: figures)
  }

  /// Every value of the scenario with its origin, in the order of the sections.
  public func resolved() -> [ResolvedValue] {
    ResolvedValue.list(
      Section<ScenarioSettings>.scenario(strategies, modes: modes, figures: figures).show(settings),
      in: root)
  }

  /// Where the value under these keys stands, or the nearest mapping around it that is given.
  public func position(of keys: String...) -> SourcePosition { position(of: keys) }

  /// The same for keys in a list.
  public func position(of keys: [String]) -> SourcePosition {
    root.deepest(keys.map { .key($0) }).node.position
  }

  /// Path of the trace: relative names are relative to the directory of the scenario file.
  public var tracePath: String? {
    guard case .trace(let trace) = settings.workload.source else { return nil }
    return beside(trace.file)
  }

  /// Path of the file of recorded payments between banks, likewise.
  public var transferTracePath: String? {
    settings.workload.transfers.trace.map { beside($0.rows.file) }
  }

  /// Path of the file of banks, likewise.
  public var bankPath: String? { settings.banks.file.map { beside($0) } }

  /// Path of the file of daily reference rates, likewise.
  public var ecbPath: String? { settings.fx.ecb.map { beside($0.file) } }

  /// Every file that the run of this scenario reads, the scenario's own first.
  public var files: [String] {
    [file] + [tracePath, transferTracePath, bankPath, ecbPath].compactMap { $0 }
  }

  private func beside(_ path: String) -> String { Self.path(path, beside: file) }

  /// A name that is relative to the directory of `file`, unless it is absolute.
  static func path(_ path: String, beside file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }
}
