import Reporting

/// What stands in the place of a point's result.
enum PointResult {
  /// Nothing.
  case absent
  /// The result of the point, whole.
  case finished(ResultManifest)
  /// Something else; why it is not the result of the point.
  case unusable(String)

  /// Looks at the place of `point`. Every byte of a result is checked against its manifest.
  init(of point: SweepPoint, _ definition: SweepDefinition, in directory: SweepDirectory) {
    let path = directory.result(of: point)
    let manifest: ResultManifest
    do throws(ResultReadError) {
      manifest = try ResultManifest(readingFrom: path)
    } catch {
      if case .missing = error { self = .absent } else { self = .unusable("\(error)") }
      return
    }
    let reasons =
      Self.differences(manifest, point, definition) + manifest.differences(in: path)
    self = reasons.isEmpty ? .finished(manifest) : .unusable(reasons.joined(separator: "; "))
  }

  /// Why a manifest is not that of `point`.
  private static func differences(
    _ manifest: ResultManifest, _ point: SweepPoint, _ definition: SweepDefinition
  ) -> [String] {
    let identity = manifest.identity
    let checks: [(Bool, String)] = [
      (identity.scenarioSHA256 == definition.scenarioSHA256, "of another scenario"),
      (identity.overrides == definition.overrides(of: point), "of other values"),
      (identity.seed == point.seed, "of another seed"),
      (identity.settlesimVersion == definition.settlesimVersion, "of another version"),
      (
        identity.timeZoneDatabaseVersion == definition.timeZoneDatabase,
        "of another time-zone database"
      ),
      (manifest.verdict != .interrupted, "of a run that was stopped"),
    ]
    return checks.filter { !$0.0 }.map(\.1)
  }
}
