import Glibc
import Host

/// Which result a file belongs to, so that nothing is written over it.
public enum ResultOwner {
  /// The directory of the result that lists the file at `path`, links followed; nil where none
  /// does. A result has files at most three directories deep.
  public static func directory(of path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    let parts = String(cString: real).split(separator: "/").map(String.init)
    for depth in 1...min(4, max(1, parts.count)) where depth <= parts.count {
      let directory = "/" + parts.dropLast(depth).joined(separator: "/")
      guard let manifest = try? DirectoryManifest(readingFrom: directory) else { continue }
      let name = parts.suffix(depth).joined(separator: "/")
      let own = manifest.files.map(\.name) + [ResultManifest.fileName, "environment.json"]
      if own.contains(name) { return directory }
    }
    return nil
  }
}
