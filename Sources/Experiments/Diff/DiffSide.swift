import Host
import Reporting
import Text

/// One side of a difference: what was run, and what came of it.
public struct DiffSide: Sendable, Equatable {
  /// What the user calls it.
  public var name: String
  /// What was run and its figures.
  public var record: ResultBaseline
  /// Every value of the scenario by its path, overrides included; nil where they are not known, as
  /// of a baseline.
  public var settings: [String: String]?

  /// A side.
  public init(_ name: String, _ record: ResultBaseline, settings: [String: String]? = nil) {
    self.name = name
    self.record = record
    self.settings = settings
  }
}

extension ResultBaseline {
  /// What the result in the directory at `path` came to; `manifest` is the directory's own. The
  /// summary must be the one that the manifest lists.
  ///
  /// - Throws: `.unusable` where the run did not come to its end, or the summary was edited.
  public init(resultIn path: String, _ manifest: ResultManifest) throws(StoredSampleError) {
    let summary = try StoredSample.summary(in: path, manifest)
    self.init(manifest.identity, FigureSheet(summary: summary))
  }
}
