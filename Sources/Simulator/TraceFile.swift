import Host
import Reporting
import Scenario
import Text

/// What loading any file of payments has in common.
enum TraceFile {
  /// What `read` makes of the file at `path`, with name, size and hash for the manifest.
  ///
  /// - Parameters:
  ///   - name: as the scenario gives it.
  ///   - keys: the key that names it.
  /// - Throws: `RunError` with the place of the key if there is nothing to read, with the file and
  ///   its row if what is read is wrong.
  static func load<Contents>(
    _ path: String, named name: String, at keys: [String], of scenario: LoadedScenario,
    _ read: () throws(TraceError) -> Contents
  ) throws(RunError) -> (Contents, InputFile) {
    let contents: Contents
    do throws(TraceError) {
      contents = try read()
    } catch {
      switch error {
      case .missing: throw .missingTrace(unread(path, "no such file", keys, scenario))
      case .unreadable(_, let reason): throw .trace(unread(path, reason, keys, scenario))
      case .empty, .damagedGzip, .column, .broken, .refused: throw .trace("\(error)")
      }
    }
    return (contents, try input(path, named: name))
  }

  /// Name, size and hash of a file.
  static func input(_ path: String, named name: String) throws(RunError) -> InputFile {
    do {
      let bytes = try RegularFile.read(path, limit: 1 << 32)
      return InputFile(name: name, sha256: SHA256.hexDigest(of: bytes), size: bytes.count)
    } catch { throw .trace("\(error)") }
  }

  /// What keeps the file from being read is a problem of the key that names it.
  private static func unread(
    _ path: String, _ reason: String, _ keys: [String], _ scenario: LoadedScenario
  ) -> String {
    "\(scenario.position(of: keys)): \(keys.joined(separator: ".")): "
      + "expected a CSV file of payments, found `\(printable(path, limit: 4_096))`: \(reason); "
      + "give a path that is absolute or relative to the scenario file"
  }

  /// What a reader left out or put in order, for the result.
  static func notes(_ notes: TraceNotes, of what: String) -> [String] {
    [
      ("malformed rows left out", notes.malformed), ("repeated ids left out", notes.duplicate),
      ("rows put in order", notes.unordered),
    ].filter { $0.1.count > 0 }.map { title, problems in
      let first = problems.first.map { "\($0)" }.joined(separator: "; ")
      let more = problems.count - problems.first.count
      return "\(what): \(problems.count) \(title): \(first)\(more > 0 ? "; and \(more) more" : "")"
    }
  }
}
