import CRuntimeHooks
import Glibc

/// What the process tells should it die: where in virtual time it was, what was noted last, and the
/// command that shows it again.
public enum CrashReport {
  /// From now on a crash is reported on standard error, and ends the process with code 1. Called
  /// once, by the first thread.
  ///
  /// - Parameter command: the command line of this process.
  public static func install(command: String) {
    // Kept for the life of the process.
    guard let text = strdup(command) else { return }
    settlesim_install_crash_handler(text)
  }

  /// Ends the process with `code` at once, from whatever thread. The text goes where the report of
  /// a crash would go: to standard error or, from a child, to its parent.
  public static func end(_ text: String, code: Int32) -> Never {
    settlesim_end_with_report(text, code)
  }

  /// Runs `body`, which `command` shows again: a crash of this thread, or of those that run a world
  /// for it, names the command.
  public static func reproducible<Result>(
    by command: String, _ body: () throws -> Result
  ) rethrows -> Result {
    let former = settlesim_thread_command()
    let text = strdup(command)
    settlesim_set_thread_command(text)
    defer {
      settlesim_set_thread_command(former)
      free(text)
    }
    return try body()
  }
}
