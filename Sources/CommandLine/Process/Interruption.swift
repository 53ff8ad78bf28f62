import Glibc
import Synchronization
import VirtualTime

/// SIGINT, SIGTERM, SIGHUP and SIGXFSZ: the first asks the run to stop, which it does within a few
/// thousand events; the second ends the process at once.
enum Interruption {
  private static let caught = Atomic<Int32>(0)

  /// The first signal caught; nil if none was.
  static var signal: Int32? {
    let number = caught.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Begins to catch. A shell that starts a job in the background lets it ignore SIGINT; it is
  /// caught nevertheless, since who sends it means this process. SIGHUP stays ignored where it is:
  /// that is what `nohup` is for.
  static func watch() {
    // Touched before a handler can: a global is initialised under a lock.
    _ = caught.load(ordering: .relaxed)
    var mask = sigset_t()
    sigemptyset(&mask)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGXFSZ] {
      if number == SIGHUP, isIgnored(number) { continue }
      sigaddset(&mask, number)
      var action = sigaction()
      action.__sigaction_handler.sa_sigaction = { number, information, _ in
        // The kernel tells a process so that its write passes the limit of a file's size: the write
        // fails too, and says more.
        if number == SIGXFSZ, information?.pointee._sifields._kill.si_pid == getpid() { return }
        if Interruption.caught.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
        StopRequest.make()
      }
      action.sa_flags = SA_RESTART | SA_SIGINFO
      _ = sigaction(number, &action, nil)
    }
    // Whoever started this process may have left them blocked.
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  }
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
