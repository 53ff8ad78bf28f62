import Text
import Reporting
import Simulator

/// A result on disk against the same result made again.
struct ResultComparison {
  /// Each on a line: the file, and what differs.
  private(set) var differences: [String] = []
  /// Files that were compared.
  private(set) var fileCount = 0

  /// - Parameter path: the directory of the result on disk.
  init(_ manifest: ResultManifest, _ path: String, _ outcome: RunOutcome) {
    let old = manifest.identity
    let new = outcome.result.identity
    compare("digest", old.digestHex, new.digestHex)
    compare("event count", "\(old.eventCount)", "\(new.eventCount)")
    compare("verdict", manifest.verdict.words, outcome.result.verdict.words)
    compare("version of settlesim", old.settlesimVersion, new.settlesimVersion)
    compare("time-zone database", old.timeZoneDatabaseVersion, new.timeZoneDatabaseVersion)
    let contents = outcome.result.contents(with: outcome.files)
    for file in contents {
      fileCount += 1
      do throws(ResultReadError) {
        let stored = try RegularFile.read(path + "/" + file.name, limit: Int.max - 1)
        if let difference = Self.difference(stored, file.bytes) {
          differences.append("\(visible(file.name)): \(difference)")
        }
      } catch { differences.append("\(visible(file.name)): \(error)") }
    }
    for file in manifest.files where !contents.contains(where: { $0.name == file.name }) {
      differences.append("\(visible(file.name)): the replay has no such file")
    }
  }

  private mutating func compare(_ name: String, _ old: String, _ new: String) {
    guard old != new else { return }
    differences.append(
      "\(ResultManifest.fileName): \(name): the result has \(quoted(old)), "
        + "the replay \(quoted(new))")
  }

  /// Where two files begin to differ; nil if they are the same.
  static func difference(_ old: [UInt8], _ new: [UInt8]) -> String? {
    guard old != new else { return nil }
    let same = zip(old, new).prefix { $0 == $1 }.count
    let line = old[..<same].count { $0 == 0x0A } + 1
    if same == old.count || same == new.count {
      let (short, long) = same == old.count ? ("result", "replay") : ("replay", "result")
      return "the \(short) ends in line \(line), after \(same) bytes; the \(long) goes on"
    }
    return "line \(line): the result has \(excerpt(old, same)), the replay \(excerpt(new, same))"
  }

  /// The line around a byte, cut to a piece that shows the difference.
  private static func excerpt(_ bytes: [UInt8], _ position: Int) -> String {
    let lineStart = bytes[..<position].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let lineEnd = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
    let start = max(lineStart, position - 30)
    let end = min(lineEnd, position + 30)
    let text = String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
    return quoted((start > lineStart ? "…" : "") + text + (end < lineEnd ? "…" : ""))
  }
}
