import Text

/// `manifest.json`: what a result is made of, and all that is needed to make it again.
///
/// Deterministic like the summary; `environment.json` is the one file it does not list.
public struct ResultManifest: Sendable, Equatable {
  /// What was run.
  public var identity: RunIdentity
  /// The outcome.
  public var verdict: Verdict
  /// Whether the run went to its natural end.
  public var isComplete: Bool
  /// The files of the result with their hashes, sorted by name, manifest and environment excepted.
  public var files: [InputFile]

  /// The name of the file within a result.
  public static let fileName = "manifest.json"
  /// The value of `kind` by which a manifest of ours is known.
  static let kind = "settlesim result"

  /// The manifest of `result` with `files`.
  public init(_ result: RunResult, files: [InputFile]) {
    identity = result.identity
    verdict = result.verdict
    isComplete = result.isComplete
    self.files = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// The manifest as canonical JSON.
  public var json: CanonicalJSON {
    [
      "kind": .string(ResultManifest.kind),
      "schema_version": .int(RunIdentity.schemaVersion),
      "scenario": [
        "name": .string(identity.scenarioName),
        "description": .string(identity.scenarioDescription),
        "reference": .string(identity.scenarioReference),
        "sha256": .string(identity.scenarioSHA256),
        "text": .string(identity.scenarioText),
      ],
      "seed": .int(identity.seed),
      "overrides": SummaryDocument.overrides(identity.overrides),
      "inputs": list(identity.inputs),
      "digest": .string(identity.digestHex),
      "arrival_digest": .string(identity.arrivalDigestHex),
      "event_count": .int(identity.eventCount),
      "settlesim_version": .string(identity.settlesimVersion),
      "time_zone_database": .string(identity.timeZoneDatabaseVersion),
      "verdict": .string(verdict.rawValue),
      "complete": .boolean(isComplete),
      "files": list(files),
    ]
  }

  private func list(_ files: [InputFile]) -> CanonicalJSON {
    .array(
      files.map {
        ["name": .string($0.name), "sha256": .string($0.sha256), "size": .int($0.size)]
      })
  }
}
