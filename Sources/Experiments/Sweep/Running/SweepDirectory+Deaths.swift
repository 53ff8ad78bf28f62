import Glibc
import Host
import Reporting

/// What is known of points whose process died, in a file each under `deaths`, until they have a
/// result.
extension SweepDirectory {
  private func file(_ number: Int) -> String { "deaths/\(SweepPoint.name(number)).txt" }

  /// Keeps what is known of a death. Where it cannot be written it is told all the same.
  func noteDeath(_ number: Int, _ error: SweepError) {
    mkdir("\(path)/deaths", 0o777)
    try? write(file(number), error.lines.joined(separator: "\n") + "\n")
  }

  /// The point has a result now.
  func forgetDeath(_ number: Int) {
    if unlink("\(path)/\(file(number))") == 0 { rmdir("\(path)/deaths") }
  }

  /// How the process of a point died; empty where nothing is known of it.
  func death(of number: Int) -> [String] {
    guard let bytes = try? RegularFile.read("\(path)/\(file(number))", limit: 1 << 16) else {
      return []
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
