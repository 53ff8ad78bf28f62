import Glibc

/// Keeps two runs out of one result directory: an advisory lock on a file beside it.
///
/// The kernel drops the lock when its holder dies, so a killed run blocks nobody; the empty file it
/// leaves is reused.
package final class DirectoryLock {
  private let path: String
  private var descriptor: Int32
  /// Whether the lock file was there already: its holder was killed, or has only just let go.
  package let isLeftOver: Bool

  /// Locks for writing `target`; `path` is the lock file. Fails at once when another run holds it.
  package init(path: String, target: String) throws(OutputError) {
    self.path = path
    while true {
      let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
      var opened = Int32(Posix.retrying { Int(open(path, flags | O_EXCL, 0o666)) })
      let exists = opened < 0 && errno == EEXIST
      if exists { opened = Int32(Posix.retrying { Int(open(path, flags, 0o666)) }) }
      guard opened >= 0 else { throw OutputError("create the lock file", path, errno: errno) }
      guard Posix.retrying({ Int(flock(opened, LOCK_EX | LOCK_NB)) }) == 0 else {
        let code = errno
        _ = Glibc.close(opened)
        guard code == EWOULDBLOCK else { throw OutputError("lock", path, errno: code) }
        throw OutputError(.busy, target, "another run is writing to it")
      }
      // The holder before us may have removed the file between our open and our lock.
      var held = stat()
      var named = stat()
      if fstat(opened, &held) == 0, lstat(path, &named) == 0, held.st_ino == named.st_ino,
        held.st_dev == named.st_dev
      {
        descriptor = opened
        isLeftOver = exists
        return
      }
      _ = Glibc.close(opened)
    }
  }

  deinit { release() }

  /// Removes the lock file and lets go. Does nothing the second time.
  package func release() {
    guard descriptor >= 0 else { return }
    unlink(path)
    _ = Glibc.close(descriptor)
    descriptor = -1
  }
}
