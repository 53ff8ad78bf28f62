import Glibc

/// Processes that keep processors busy, to see how something fares beside them. They end with
/// `end()`, and by themselves soon after this process has ended.
public final class BusyNeighbours {
  private var processes: [pid_t] = []

  /// A loop that looks now and then whether whoever started it is still there.
  private static let script = """
    while kill -0 $PPID 2>/dev/null; do i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; done
    """

  /// Starts `count` of them, or as many as the system grants.
  public init(_ count: Int) {
    for _ in 0..<count {
      let texts: [String] = ["sh", "-c", Self.script]
      let arguments: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
      defer { for argument in arguments { free(argument) } }
      var process: pid_t = 0
      let code = posix_spawn(&process, "/bin/sh", nil, nil, arguments + [nil], environ)
      if code == 0 { processes.append(process) }
    }
  }

  deinit { end() }

  /// How many run.
  public var count: Int { processes.count }

  /// Ends them.
  public func end() {
    for process in processes {
      kill(process, SIGKILL)
      _ = Posix.retrying { Int(waitpid(process, nil, 0)) }
    }
    processes = []
  }
}
