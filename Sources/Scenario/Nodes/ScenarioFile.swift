import Glibc
import Host

/// Reads a scenario file without trusting it: type and size are known before the first byte is
/// read.
enum ScenarioFile {
  /// The bytes of a regular file of at most `ScenarioLimits.bytes`.
  static func read(_ path: String) throws(ScenarioError) -> [UInt8] {
    let place = SourcePosition(origin: .file(path), line: 1, column: 1)
    do {
      return try FileReader.bytes(of: path, limit: ScenarioLimits.bytes)
    } catch {
      switch error {
      case .badName:
        throw ScenarioError(kind: .missing, at: place, "expected the name of a scenario file")
      case .open(let code):
        // A socket cannot be opened at all; it is no more a scenario than a FIFO.
        let kind: ScenarioError.Kind = code == ENXIO || code == ENODEV ? .invalid : .missing
        throw ScenarioError(kind: kind, at: place, "cannot open: \(reason(code))")
      case .read(let code):
        throw ScenarioError(kind: .missing, at: place, "cannot read: \(reason(code))")
      case .notRegular(let found):
        throw ScenarioError(at: place, "expected a regular file, found \(found)")
      case .tooLarge(let size): throw tooLarge(at: place, size: size)
      }
    }
  }

  static func tooLarge(at place: SourcePosition, size: Int) -> ScenarioError {
    ScenarioError(
      at: place,
      "expected at most \(ScenarioLimits.bytes) bytes (4 MiB), found \(size)")
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "no such file"
    case EACCES, EPERM: "permission denied"
    case ENOTDIR: "a part of the path is not a directory"
    case ENAMETOOLONG: "the name is too long"
    case ELOOP: "too many symbolic links"
    case ENXIO, ENODEV: "not a regular file"
    default: "system error \(code)"
    }
  }
}
