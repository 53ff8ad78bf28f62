import Glibc
import Synchronization
import Testing
import VirtualTime

@testable import Experiments

@Suite("Child processes")
struct ChildProcessTests {
  private final class Counter: Sendable {
    let value = Mutex(0)
    func add() { for _ in 0..<300_000 { value.withLock { $0 += 1 } } }
  }

  /// Forked in a process of its own, since the one that runs the tests has threads.
  @Test("threads of a child may meet at a lock, those that the parent has held included")
  func locks() async {
    await #expect(processExitsWith: .success) {
      let counter = Counter()
      counter.add()
      var results: [Int: [UInt8]] = [:]
      let children = ChildProcesses(
        processes: 2, count: 4,
        process: ForkingProcess(shouldStop: { false }, clock: { 0 }),
        work: { number, _ in
          let thread = NativeThread { counter.add() }
          counter.add()
          thread?.join()
          return [UInt8(number), counter.value.withLock { $0 } >= 900_000 ? 1 : 0]
        },
        receive: { number, message in
          if case .result(let bytes) = message { results[number] = bytes }
          return 3
        })
      children.run()
      exit(results == [0: [0, 1], 1: [1, 1], 2: [2, 1], 3: [3, 1]] ? 0 : 1)
    }
  }
}
