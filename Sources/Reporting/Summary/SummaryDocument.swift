import Text

/// `summary.json`: the whole result as canonical JSON, without clock, host, path or real duration.
///
/// Durations are integers in ns and end in `_ns`; money is an object with its currency, the amount
/// in major units as an exact decimal, and in minor units as an integer.
public enum SummaryDocument {
  /// The document of `result`: who and what, then every table of `RunTables` under its name.
  /// `more_rows` counts what the limits of tables leave to their files.
  public static func json(_ result: RunResult) -> CanonicalJSON {
    var members: [String: CanonicalJSON] = [
      "schema_version": .int(RunIdentity.schemaVersion),
      "identity": identity(result.identity),
      "verdict": .string(result.verdict.rawValue),
      "complete": .boolean(result.isComplete),
      "levels_decide": .boolean(result.levelsDecide),
      "virtual_time_ns": .int(result.virtualTimeNanoseconds),
      "notes": .array(result.notes.map(CanonicalJSON.string)),
    ]
    var more: [String: CanonicalJSON] = [:]
    for table in RunTables.all {
      precondition(members[table.id] == nil, "\(table.id) stands twice in the summary")
      members[table.id] = table.json(result)
      let leftOut = table.leftOut(result)
      if leftOut > 0 { more[table.id] = .int(leftOut) }
    }
    members["more_rows"] = .object(more)
    return .object(members)
  }

  static func identity(_ identity: RunIdentity) -> CanonicalJSON {
    [
      "scenario": .string(identity.scenarioName),
      "description": .string(identity.scenarioDescription),
      "scenario_sha256": .string(identity.scenarioSHA256),
      "seed": .int(identity.seed),
      "overrides": overrides(identity.overrides),
      "digest": .string(identity.digestHex),
      "arrival_digest": .string(identity.arrivalDigestHex),
      "event_count": .int(identity.eventCount),
      "settlesim_version": .string(identity.settlesimVersion),
      "time_zone_database": .string(identity.timeZoneDatabaseVersion),
    ]
  }

  static func overrides(_ overrides: [SettingOverride]) -> CanonicalJSON {
    .array(overrides.map { ["path": .string($0.path), "value": .string($0.value)] })
  }
}
