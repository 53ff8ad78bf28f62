import Glibc

/// System calls with every result checked and interrupted calls repeated.
package enum Posix {
  /// Repeats `call` while it is interrupted by a signal.
  package static func retrying(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }

  /// Opens a new file for writing; fails if anything of that name exists, a dangling link included.
  package static func create(_ path: String) throws(OutputError) -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = Int32(retrying { Int(open(path, flags, 0o666)) })
    guard descriptor >= 0 else { throw OutputError("create", path, errno: errno) }
    return descriptor
  }

  /// Writes all of `bytes`, over as many calls as it takes; waits where the descriptor does not
  /// block.
  package static func writeAll(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String
  ) throws(OutputError) {
    var offset = 0
    while offset < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
      let written = retrying { write(descriptor, rest.baseAddress, min(rest.count, 1 << 30)) }
      if written > 0 {
        offset += written
      } else if written < 0 && errno == EAGAIN {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, 1_000)
      } else {
        throw OutputError("write", path, errno: written == 0 ? EIO : errno)
      }
    }
  }

  /// Brings a file's content to the disk. A pipe or a device that cannot is left alone.
  package static func synchronize(_ descriptor: Int32, path: String) throws(OutputError) {
    let result = retrying { Int(fsync(descriptor)) }
    guard result == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw OutputError("fsync", path, errno: errno)
    }
  }

  /// Closes `descriptor`, which is gone afterwards in any case.
  package static func close(_ descriptor: Int32, path: String) throws(OutputError) {
    guard Glibc.close(descriptor) == 0 || errno == EINTR else {
      throw OutputError("close", path, errno: errno)
    }
  }

  /// Brings the names inside directory `path` to the disk.
  package static func synchronizeDirectory(_ path: String) throws(OutputError) {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    let descriptor = Int32(retrying { Int(open(path, flags)) })
    guard descriptor >= 0 else { throw OutputError("open", path, errno: errno) }
    do {
      try synchronize(descriptor, path: path)
    } catch {
      _ = Glibc.close(descriptor)
      throw error
    }
    try close(descriptor, path: path)
  }

  /// What stands at `path`, links not followed; nil when nothing does.
  package static func status(_ path: String) throws(OutputError) -> stat? {
    var information = stat()
    if lstat(path, &information) == 0 { return information }
    guard errno == ENOENT else { throw OutputError("look at", path, errno: errno) }
    return nil
  }

  /// The names in directory `path`, sorted, without `.` and `..`.
  package static func names(in path: String) throws(OutputError) -> [String] {
    guard let stream = opendir(path) else { throw OutputError("list", path, errno: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw OutputError("list", path, errno: errno) }
    return names.sorted()
  }

  /// Removes `path` and, where it is a directory, all below it; links are removed, not followed.
  /// What cannot be removed is left.
  package static func removeAll(_ path: String) {
    var information = stat()
    guard lstat(path, &information) == 0 else { return }
    guard information.isDirectory else {
      unlink(path)
      return
    }
    for name in (try? names(in: path)) ?? [] { removeAll(path + "/" + name) }
    rmdir(path)
  }
}

extension stat {
  package var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
  package var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
  package var isSymbolicLink: Bool { st_mode & S_IFMT == S_IFLNK }
}
