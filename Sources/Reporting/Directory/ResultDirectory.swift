import Host
import Text
import Glibc

/// A result on its way to disk.
///
/// 1. `init` checks the target, locks it against other runs and makes a temporary sibling
///    directory.
/// 2. `write` and `file` put extra files there: acquirers' and banks' files, a journal.
/// 3. `publish` adds the standard files, brings everything to the disk and renames the directory
///    into place, exchanging it with a former result of ours if there is one.
///
/// A run that fails or is killed before the rename leaves the target as it was. The result of a run
/// that did not come to its end never replaces one that did: it is put beside it. After an error,
/// after `abandon` and when the value goes away unpublished, nothing of it stays behind. Used by
/// one thread at a time.
public final class ResultDirectory {
  /// The final directory.
  public var path: String { place.target }
  /// Added to the name of the directory for an incomplete result beside a complete one.
  public static let incompleteSuffix = ".incomplete"

  let place: ResultPath
  private let replaceable: FormerResult.Replaceable
  private let lock: DirectoryLock
  private let madeParents: [String]
  private var files: [ResultFile] = []
  private var subdirectories: [String] = []
  private var isOpen = true

  /// Starts a result that will stand at `path`. Fails without a trace when the target is a file, a
  /// symbolic link or a directory that is neither empty nor a former result, when another run is
  /// writing there, or when the place cannot be written.
  ///
  /// - Parameter replacesTorn: whether what is left of a result, without a manifest that can be
  ///   read, is replaced as a result is; only for places where nothing else is ever put.
  public init(path: String, replacesTorn: Bool = false) throws(OutputError) {
    place = try ResultPath(path)
    replaceable = replacesTorn ? .tornResultsToo : .results
    _ = try FormerResult.inspect(place.target, replaceable)
    let made = try place.makeParents()
    do throws(OutputError) {
      lock = try DirectoryLock(path: place.lock, target: place.target)
      madeParents = made
    } catch {
      for path in made.reversed() { rmdir(path) }
      throw error
    }
    do throws(OutputError) {
      // To look for them takes as long as the parent has entries, of a sweep very many.
      if lock.isLeftOver { try place.removeLeftovers() }
      guard mkdir(place.partial, 0o777) == 0 else {
        throw OutputError("create the directory", place.partial, errno: errno)
      }
    } catch {
      isOpen = false
      lock.release()
      for path in made.reversed() { rmdir(path) }
      throw error
    }
  }

  deinit { abandon() }

  /// Opens a file to be written piece by piece. `name` is relative, with `/` between components;
  /// the directories it needs are made. A name can be used once.
  public func file(_ name: String) throws(OutputError) -> ResultFile {
    precondition(isOpen, "a file is opened after the end of the result")
    try ResultPath.check(fileName: name)
    var directory = ""
    for component in name.split(separator: "/").dropLast() {
      directory += directory.isEmpty ? String(component) : "/" + component
      guard !subdirectories.contains(directory) else { continue }
      guard mkdir(place.partial + "/" + directory, 0o777) == 0 else {
        throw OutputError("create the directory", directory, errno: errno)
      }
      subdirectories.append(directory)
    }
    let file = try ResultFile(name: name, path: place.partial + "/" + name)
    files.append(file)
    return file
  }

  /// Writes a whole file.
  public func write(_ name: String, _ bytes: [UInt8]) throws(OutputError) {
    let file = try file(name)
    try file.write(bytes)
    try file.finish()
  }

  /// Writes a whole file of text.
  public func write(_ name: String, _ text: String) throws(OutputError) {
    try write(name, Array(text.utf8))
  }

  private func write(_ standard: StandardFile) throws(OutputError) {
    let file = try file(standard.name)
    for piece in standard.pieces { try file.write(piece) }
    try file.finish()
  }

  /// Writes the standard files of `result` and moves the result into place. On failure everything
  /// is removed and the error thrown; a former result then stands as it stood.
  ///
  /// - Returns: where the result stands: at `path` or, if it is incomplete and a complete one
  ///   stands there, beside it.
  @discardableResult
  public func publish(
    _ result: RunResult, environment: RunEnvironment
  ) throws(OutputError) -> String {
    try publish(
      StandardFiles.deterministic(result), environment: environment, isComplete: result.isComplete
    ) { files in
      ResultManifest(result, files: files).json
    }
  }

  /// Writes the standard files of a comparison and moves it into place, as a result of a run.
  public func publish(
    _ result: ComparisonResult, environment: RunEnvironment
  ) throws(OutputError) {
    let files = ComparisonFiles.deterministic(result).map { StandardFile($0.name, $0.text) }
    _ = try publish(files, environment: environment, isComplete: true) { files in
      ComparisonManifest.json(result, files: files)
    }
  }

  private func publish(
    _ standard: [StandardFile], environment: RunEnvironment, isComplete: Bool,
    manifest: ([InputFile]) -> CanonicalJSON
  ) throws(OutputError) -> String {
    precondition(isOpen, "a result is published after its end")
    let target: ResultPath
    do {
      for file in standard { try write(file) }
      for file in files { try file.finish() }
      let listed = files.map { InputFile(name: $0.name, sha256: $0.sha256, size: $0.size) }
      try write("environment.json", StandardFiles.environment(environment).encoded())
      try write(ResultManifest.fileName, manifest(listed).encoded())
      for name in subdirectories.reversed() {
        try Posix.synchronizeDirectory(place.partial + "/" + name)
      }
      try Posix.synchronizeDirectory(place.partial)
      target = try move(isComplete: isComplete)
    } catch {
      abandon()
      throw error
    }
    isOpen = false
    files = []
    lock.release()
    try Posix.synchronizeDirectory(place.parent)
    return target.target
  }

  /// Moves the result to its place, or beside a complete one if it is not; where it stands now.
  private func move(isComplete: Bool) throws(OutputError) -> ResultPath {
    let names = files.map(\.name)
    guard !isComplete,
      try FormerResult.inspect(place.target, replaceable) == .result(isComplete: true)
    else {
      try FormerResult.replace(place, by: place.partial, with: names, replaceable)
      return place
    }
    let beside = try ResultPath(place.target + Self.incompleteSuffix)
    let besideLock = try DirectoryLock(path: beside.lock, target: beside.target)
    defer { besideLock.release() }
    try FormerResult.replace(beside, by: place.partial)
    return beside
  }

  /// Gives the result up and removes everything of it. Does nothing after `publish`.
  public func abandon() {
    guard isOpen else { return }
    isOpen = false
    for file in files { file.close() }
    files = []
    Posix.removeAll(place.partial)
    lock.release()
    for path in madeParents.reversed() { rmdir(path) }
  }
}
