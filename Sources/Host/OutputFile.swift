import Glibc

/// One file beside the results: an export, a new scenario. It is written whole or not at all.
///
/// 1. `init` checks the place and opens a temporary sibling, so that trouble shows before a long
///    run and not after it.
/// 2. `publish` writes, brings the bytes to the disk and renames the sibling into place.
///
/// Devices and pipes are written directly. Unpublished, nothing of it stays behind; what a killed
/// process leaves is removed by the next that writes the same file.
public final class OutputFile {
  /// What happens when there is such a file already.
  public enum Policy: Sendable {
    /// It is replaced in one step.
    case replace
    /// It is kept, and the new one refused.
    case refuse
  }

  /// The path as given.
  public let path: String
  private let target: String
  /// What is written first; nil where the target is written directly.
  private let partial: String?
  private var descriptor: Int32

  /// Opens the file that will stand at `path`.
  public init(path: String, policy: Policy) throws(OutputError) {
    self.path = path
    guard !path.isEmpty, !path.utf8.contains(0), path.last != "/" else {
      throw OutputError(.refused, path, "expected the name of a file")
    }
    var status = stat()
    let exists = stat(path, &status) == 0
    guard !exists || policy == .replace else {
      throw OutputError(.refused, path, "it exists and is not replaced")
    }
    let link = try Posix.status(path)
    guard exists || link == nil else {
      throw OutputError(.refused, path, "it is a symbolic link that leads nowhere")
    }
    guard !exists || !status.isDirectory else {
      throw OutputError(.refused, path, "it is a directory")
    }
    if exists && (!status.isRegularFile || path.hasPrefix("/dev/")) {
      (target, partial) = (path, nil)
      descriptor = try Self.openDirectly(path)
    } else {
      let place = exists ? Self.resolved(path) : path
      target = place
      let slash = place.lastIndex(of: "/")
      let name = slash.map { place[place.index(after: $0)...] } ?? place[...]
      let parent = slash.map { String(place[...$0]) } ?? ""
      Self.removeLeftovers(of: String(name), in: parent)
      let sibling = "\(parent).\(name).partial-\(getpid())"
      partial = sibling
      unlink(sibling)
      do throws(OutputError) { descriptor = try Self.createLocked(sibling) } catch {
        throw OutputError(error.kind, path, error.reason)
      }
    }
  }

  /// Creates a file that nobody takes for a leftover: locked, and still of that name.
  private static func createLocked(_ path: String) throws(OutputError) -> Int32 {
    while true {
      let descriptor = try Posix.create(path)
      _ = Posix.retrying { Int(flock(descriptor, LOCK_EX | LOCK_NB)) }
      var status = stat()
      if fstat(descriptor, &status) != 0 || status.st_nlink > 0 { return descriptor }
      _ = Glibc.close(descriptor)
    }
  }

  /// Removes what processes that were killed have left of the file `name`: what nobody has locked.
  private static func removeLeftovers(of name: String, in parent: String) {
    let prefix = ".\(name).partial-"
    for sibling in (try? Posix.names(in: parent.isEmpty ? "." : parent)) ?? []
    where ResultPath.isNumbered(sibling, prefix) {
      let path = parent + sibling
      let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
      _ = Glibc.close(descriptor)
    }
  }

  deinit { abandon() }

  /// Makes the directories above `path` that are missing.
  public static func makeDirectories(above path: String) throws(OutputError) {
    _ = try ResultPath(path).makeParents()
  }

  /// Writes `text` and moves the file into place. Afterwards the file is closed, also on an error.
  public func publish(_ text: String) throws(OutputError) { try publish(Array(text.utf8)) }

  /// Writes `bytes`, likewise.
  public func publish(_ bytes: [UInt8]) throws(OutputError) {
    precondition(descriptor >= 0, "a file is published once")
    do {
      try CheckedOutput(descriptor: descriptor, name: path).write(bytes)
      try Posix.synchronize(descriptor, path: path)
    } catch {
      abandon()
      throw error
    }
    let open = descriptor
    descriptor = -1
    do throws(OutputError) {
      try Posix.close(open, path: path)
      if let partial, rename(partial, target) != 0 {
        throw OutputError("rename", path, errno: errno)
      }
    } catch {
      if let partial { unlink(partial) }
      throw error
    }
  }

  /// Gives the file up. Does nothing after `publish`.
  public func abandon() {
    guard descriptor >= 0 else { return }
    _ = Glibc.close(descriptor)
    descriptor = -1
    if let partial { unlink(partial) }
  }

  private static func openDirectly(_ path: String) throws(OutputError) -> Int32 {
    let flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let descriptor = Int32(Posix.retrying { Int(open(path, flags)) })
    guard descriptor >= 0 else { throw OutputError("open", path, errno: errno) }
    return descriptor
  }

  /// The file behind links, so that a link stays one.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
