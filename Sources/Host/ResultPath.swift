import Glibc

/// The final place of a result, and the names beside it that are used on the way there.
package struct ResultPath: Sendable {
  /// The directory as given, without slashes at its end.
  package let target: String
  /// The directory it stands in.
  package let parent: String
  /// Its last component.
  package let name: String

  package init(_ path: String) throws(OutputError) {
    guard !path.utf8.contains(0) else {
      throw OutputError(.refused, path, "the name holds a NUL character")
    }
    var trimmed = Substring(path)
    while trimmed.last == "/" { trimmed.removeLast() }
    guard !trimmed.isEmpty else {
      throw OutputError(.refused, path, "a result needs a directory of its own")
    }
    target = String(trimmed)
    let slash = trimmed.lastIndex(of: "/")
    name = String(slash.map { trimmed[trimmed.index(after: $0)...] } ?? trimmed)
    parent = slash.map { $0 == trimmed.startIndex ? "/" : String(trimmed[..<$0]) } ?? "."
    guard name != "." && name != ".." else {
      throw OutputError(.refused, path, "a result needs a directory of its own")
    }
  }

  /// The temporary directory of this process.
  package var partial: String { "\(parent)/\(partialPrefix)\(getpid())" }

  /// The lock file.
  package var lock: String { "\(parent)/.\(name).lock" }

  /// A place for a former result while the new one moves in.
  package var former: String { "\(parent)/\(formerPrefix)\(getpid())" }

  /// Removes temporary directories of runs that were killed, and puts a former result back that one
  /// of them had moved aside; only under the lock.
  package func removeLeftovers() throws(OutputError) {
    let names = try Posix.names(in: parent)
    for name in names where Self.isNumbered(name, formerPrefix) {
      let path = parent + "/" + name
      if try Posix.status(target) != nil || rename(path, target) != 0 { Posix.removeAll(path) }
    }
    for name in names where Self.isNumbered(name, partialPrefix) {
      Posix.removeAll(parent + "/" + name)
    }
  }

  /// Whether a name is `prefix` and the number of a process.
  package static func isNumbered(_ name: String, _ prefix: String) -> Bool {
    guard name.hasPrefix(prefix) else { return false }
    let digits = name.dropFirst(prefix.count)
    return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// Makes the directories above the target that are missing; returns those made, outermost first.
  package func makeParents() throws(OutputError) -> [String] {
    var made: [String] = []
    var path = parent.hasPrefix("/") ? "" : "."
    for component in parent.split(separator: "/") where component != "." {
      path += "/" + component
      if mkdir(path, 0o777) == 0 {
        made.append(path)
      } else if errno != EEXIST {
        let code = errno
        for path in made.reversed() { rmdir(path) }
        throw OutputError("create the directory", path, errno: code)
      }
    }
    return made
  }

  private var partialPrefix: String { ".\(name).partial-" }
  private var formerPrefix: String { ".\(name).former-" }

  /// Refuses names of files that would leave the result or hide in it.
  package static func check(fileName: String) throws(OutputError) {
    let parts = fileName.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain =
      parts.count <= 4
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.count <= 200 && part.first != "."
          && !part.unicodeScalars.contains { $0.isInvisible || $0 == "\\" }
      }
    guard isPlain else {
      throw OutputError(.refused, fileName, "not a plain relative name for a file of a result")
    }
  }
}
