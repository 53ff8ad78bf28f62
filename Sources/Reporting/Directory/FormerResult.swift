import Host
import Glibc

/// What stands at the target of a result, and how it is replaced.
enum FormerResult {
  enum State: Equatable {
    case absent, empty
    /// A whole result, of a run that came to its end or of one that did not.
    case result(isComplete: Bool)
    /// What is left of a result: its manifest is missing or damaged. With the names of all files.
    case torn([String])
  }

  /// What may be replaced beside a result.
  enum Replaceable { case results, tornResultsToo }

  /// Looks at `target`; throws when it must not be replaced.
  static func inspect(
    _ target: String, _ replaceable: Replaceable = .results
  ) throws(OutputError) -> State {
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
      if replaceable == .tornResultsToo { return .torn(try files(in: target)) }
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
      if replaceable == .tornResultsToo { return .torn(try files(in: target)) }
      throw OutputError(
        .refused, target, "the directory exists and its manifest cannot be read: \(error)")
    }
    var known = Set(manifest.files.map(\.name))
    known.formUnion([ResultManifest.fileName, "environment.json"])
    try refuseForeign(in: target, files(in: target), known)
    return .result(isComplete: manifest.isComplete)
  }

  private static func refuseForeign(
    in target: String, _ files: [String], _ known: Set<String>
  ) throws(OutputError) {
    guard let foreign = files.first(where: { !known.contains($0) }) else { return }
    throw OutputError(
      .refused, target, "it holds \(foreign), which is not part of the result there")
  }

  /// All files below `root`, by their names relative to it.
  private static func files(
    in root: String, below: String = ""
  ) throws(OutputError) -> [String] {
    var files: [String] = []
    for name in try Posix.names(in: root + below) {
      let relative = below.isEmpty ? name : String(below.dropFirst()) + "/" + name
      let status = try Posix.status(root + "/" + relative)
      if status?.isDirectory == true {
        files += try Self.files(in: root, below: "/" + relative)
      } else {
        files.append(relative)
      }
    }
    return files
  }

  /// Moves the temporary directory `partial`, which holds files of the names `new`, to `place` in
  /// one step; a former result is exchanged with it and then removed. What is left of a result is
  /// replaced where it holds nothing but files that the new one has too.
  static func replace(
    _ place: ResultPath, by partial: String, with new: [String] = [],
    _ replaceable: Replaceable = .results
  ) throws(OutputError) {
    switch try inspect(place.target, replaceable) {
    case .absent, .empty:
      guard rename(partial, place.target) == 0 else {
        throw OutputError("rename", place.target, errno: errno)
      }
      return
    case .torn(let files): try refuseForeign(in: place.target, files, Set(new))
    case .result: break
    }
    if exchange(partial, place.target) {
      Posix.removeAll(partial)
    } else {
      try replaceInTwoSteps(place, by: partial)
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
  static func replaceInTwoSteps(_ place: ResultPath, by partial: String) throws(OutputError) {
    Posix.removeAll(place.former)
    guard rename(place.target, place.former) == 0 else {
      throw OutputError("move the former result aside", place.target, errno: errno)
    }
    guard rename(partial, place.target) == 0 else {
      let code = errno
      _ = rename(place.former, place.target)
      throw OutputError("rename", place.target, errno: code)
    }
    Posix.removeAll(place.former)
  }
}
