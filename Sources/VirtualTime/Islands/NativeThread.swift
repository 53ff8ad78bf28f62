import CRuntimeHooks
import Glibc

/// A thread of the system, of which a crash report can tell as of the thread that has started it.
public struct NativeThread: @unchecked Sendable {
  private let handle: pthread_t

  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  /// Starts a thread that does `body`; nil where the system grants none.
  public init?(_ body: @escaping () -> Void) {
    let command = settlesim_thread_command()
    let start = Unmanaged.passRetained(
      Body {
        settlesim_begin_thread(command)
        body()
        settlesim_end_thread()
      })
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      {
        Unmanaged<Body>.fromOpaque($0!).takeRetainedValue().run()
        return nil
      }, start.toOpaque())
    guard code == 0 else {
      start.release()
      return nil
    }
    handle = thread
  }

  /// Returns when the thread has ended; called once.
  public func join() { pthread_join(handle, nil) }
}
