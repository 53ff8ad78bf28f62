import Text

/// `manifest.json` of a comparison: what it is made of, and all that is needed to make any of its
/// runs again.
public enum ComparisonManifest {
  /// The value of `kind` by which it is known.
  public static let kind = "settlesim comparison"
  /// Version of the layout of `comparison.json` and of this file: that of all results.
  public static let schemaVersion = RunIdentity.schemaVersion

  /// The manifest of `result` with `files`.
  static func json(_ result: ComparisonResult, files: [InputFile]) -> CanonicalJSON {
    let identity = result.identity
    return [
      "kind": .string(kind),
      "schema_version": .int(schemaVersion),
      "scenario": [
        "name": .string(identity.scenarioName),
        "description": .string(identity.scenarioDescription),
        "reference": .string(identity.scenarioReference),
        "sha256": .string(identity.scenarioSHA256),
        "text": .string(identity.scenarioText),
      ],
      "command": .string(result.reproducingCommand),
      "pairing": .string(result.pairing.rawValue),
      "seed": .int(identity.seed),
      "replications": .int(result.replications),
      "overrides": SummaryDocument.overrides(identity.overrides),
      "strategies": .array(result.strategies.map(ComparisonDocument.strategy)),
      "baseline": .string(result.strategies[result.baseline].name),
      "inputs": list(identity.inputs),
      "runs": .array(result.runs.map { ComparisonDocument.run($0, result) }),
      "digest": .string(identity.digestHex),
      "arrival_digest": .string(identity.arrivalDigestHex),
      "event_count": .int(identity.eventCount),
      "settlesim_version": .string(identity.settlesimVersion),
      "time_zone_database": .string(identity.timeZoneDatabaseVersion),
      "files": list(
        files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }),
    ]
  }

  private static func list(_ files: [InputFile]) -> CanonicalJSON {
    .array(
      files.map {
        ["name": .string($0.name), "sha256": .string($0.sha256), "size": .int($0.size)]
      })
  }
}

/// What every manifest of ours says about its directory, whatever kind it is.
struct DirectoryManifest {
  /// The files that belong to it, manifest and environment excepted.
  let files: [InputFile]
  /// Whether what was run came to its end; a comparison is written only then.
  let isComplete: Bool

  /// Reads the manifest in `directory`.
  init(readingFrom directory: String) throws(ResultReadError) {
    let path = directory + "/" + ResultManifest.fileName
    let bytes = try RegularFile.read(path, limit: 64 << 20)
    let json: CanonicalJSON
    do { json = try CanonicalJSON(parsing: bytes, file: path) } catch { throw .malformed(error) }
    if json["kind"]?.text == ComparisonManifest.kind {
      let fields = ManifestFields(json: json, file: path)
      try ResultSchema.check(fields.integer("schema_version"), file: path)
      files = try fields.files("files")
      isComplete = true
    } else {
      let manifest = try ResultManifest(json, file: path)
      (files, isComplete) = (manifest.files, manifest.isComplete)
    }
  }
}
