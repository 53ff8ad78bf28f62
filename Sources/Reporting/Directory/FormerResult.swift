import Host
import Glibc

/// What stands at the target of a result, and how it is replaced.
enum FormerResult {
  enum State { case absent, empty, result }

  /// Looks at `target`; throws when it must not be replaced.
  static func inspect(_ target: String) throws(OutputError) -> State {
    guard let status = try Posix.status(target) else { return .absent }
    if status.isSymbolicLink {
      throw OutputError(.refused, target, "it is a symbolic link; name the directory itself")
    }
    guard status.isDirectory else {
      throw OutputError(.refused, target, "a file is in the way")
    }
    let names = try Posix.names(in: target)
    if names.isEmpty { return .empty }
    guard names.contains(ResultManifest.fileName) else {
      throw OutputError(.refused, target, "the directory exists and holds no result of settlesim")
    }
    let manifest: DirectoryManifest
    do {
      manifest = try DirectoryManifest(readingFrom: target)
    } catch {
      if case .otherVersion(let path, let version) = error {
        throw OutputError(
          .otherVersion, target,
          "\(path): \(ResultSchema.sentence(version)), or name another directory, or remove it")
      }
      throw OutputError(
        .refused, target, "the directory exists and its manifest cannot be read: \(error)")
    }
    var known = Set(manifest.files.map(\.name))
    known.formUnion([ResultManifest.fileName, "environment.json"])
    if let foreign = try firstForeign(in: target, below: "", known) {
      throw OutputError(
        .refused, target, "it holds \(foreign), which is not part of the result there")
    }
    return .result
  }

  private static func firstForeign(
    in root: String, below: String, _ known: Set<String>
  ) throws(OutputError) -> String? {
    for name in try Posix.names(in: root + below) {
      let relative = below.isEmpty ? name : String(below.dropFirst()) + "/" + name
      let status = try Posix.status(root + "/" + relative)
      if status?.isDirectory == true {
        if let found = try firstForeign(in: root, below: "/" + relative, known) { return found }
      } else if !known.contains(relative) {
        return relative
      }
    }
    return nil
  }

  /// Moves the temporary directory of `place` to its target in one step; a former result is
  /// exchanged with it and then removed.
  static func replace(_ place: ResultPath) throws(OutputError) {
    switch try inspect(place.target) {
    case .absent, .empty:
      guard rename(place.partial, place.target) == 0 else {
        throw OutputError("rename", place.target, errno: errno)
      }
    case .result:
      if exchange(place.partial, place.target) {
        Posix.removeAll(place.partial)
      } else {
        try replaceInTwoSteps(place)
      }
    }
  }

  /// Swaps two names atomically; false where the file system or the C library cannot. The function
  /// is looked up by name because Swift's Glibc overlay does not declare it.
  private static func exchange(_ first: String, _ second: String) -> Bool {
    typealias Function =
      @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    guard let symbol = dlsym(nil, "renameat2") else { return false }
    let renameat2 = unsafeBitCast(symbol, to: Function.self)
    let exchangeFlag: UInt32 = 2
    return renameat2(AT_FDCWD, first, AT_FDCWD, second, exchangeFlag) == 0
  }

  /// Where names cannot be exchanged: the former result steps aside, and back if the new one fails.
  static func replaceInTwoSteps(_ place: ResultPath) throws(OutputError) {
    Posix.removeAll(place.former)
    guard rename(place.target, place.former) == 0 else {
      throw OutputError("move the former result aside", place.target, errno: errno)
    }
    guard rename(place.partial, place.target) == 0 else {
      let code = errno
      _ = rename(place.former, place.target)
      throw OutputError("rename", place.target, errno: code)
    }
    Posix.removeAll(place.former)
  }
}
