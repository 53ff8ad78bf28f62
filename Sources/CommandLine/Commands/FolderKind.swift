import Experiments
import Glibc
import Host
import Reporting
import Text

/// What a directory holds that is to be the result of a run.
enum FolderKind {
  case run, comparison, sweep, file

  /// By the files that make each.
  init(_ path: String) {
    var status = stat()
    if stat(path, &status) == 0, !status.isDirectory {
      self = .file
    } else if stat(path + "/" + SweepDirectory.definitionName, &status) == 0 {
      self = .sweep
    } else if let bytes = try? RegularFile.read(
      path + "/" + ResultManifest.fileName, limit: 64 << 20),
      let json = try? CanonicalJSON(parsing: bytes, file: path),
      json["kind"]?.text == ComparisonManifest.kind
    {
      self = .comparison
    } else {
      self = .run
    }
  }

  /// Why it is none, and what to give instead; nil for what may be a run's.
  func refusal(_ path: String) -> String? {
    switch self {
    case .run: nil
    case .file: "\(visible(path)): expected the directory of a result, found a file"
    case .comparison:
      "\(visible(path)): a comparison is many runs; make the one in question a result of its own: "
        + "the command of manifest.json as `settlesim run`, with its strategy, seed and --output "
        + "DIR, and give that DIR"
    case .sweep:
      "\(visible(path)): a sweep is many runs; give the result of one point: a directory below "
        + "\(visible(path))/points"
    }
  }
}
