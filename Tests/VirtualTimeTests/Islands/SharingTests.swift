// What decides is internal, and release builds do not open the module to tests.
#if DEBUG
  import Foundation
  import Synchronization
  import Testing

  @testable import VirtualTime

  @Suite struct SharingTests {
    /// Runs windows whose cost is known; the part of them that was shared, and the time taken as a
    /// multiple of what one thread would take.
    static func play(
      _ sharing: inout Sharing, windows: Int, steps: Int, stepTime: Double, factor: Double
    ) -> (shared: Double, time: Double) {
      var shared = 0
      var time = 0.0
      for _ in 0..<windows {
        let isShared = sharing.shares(8)
        let cost = Double(steps) * stepTime * (isShared ? factor : 1)
        sharing.note(wasShared: isShared, time: Int64(cost), steps: steps)
        shared += isShared ? 1 : 0
        time += cost
      }
      return (Double(shared) / Double(windows), time / (Double(windows * steps) * stepTime))
    }

    @Test("Windows of a few events are never shared, however fast sharing were")
    func tiny() {
      var sharing = Sharing()
      let outcome = Self.play(&sharing, windows: 20_000, steps: 5, stepTime: 500, factor: 0.1)
      #expect(outcome.shared == 0)
    }

    @Test("Small windows that other processes interrupt are not taken for large ones")
    func interrupted() {
      var sharing = Sharing()
      var shared = 0
      for window in 0..<20_000 {
        let isShared = sharing.shares(8)
        shared += isShared ? 1 : 0
        // One in forty waits for its processor, a time slice long; sharing would even seem faster.
        let waits: Int64 = window.isMultiple(of: 40) ? 4_000_000 : 0
        sharing.note(wasShared: isShared, time: isShared ? 2_000 : 5_000 + waits, steps: 10)
      }
      #expect(shared == 0)
    }

    @Test("Windows that become large are shared soon, however small those before were")
    func growth() {
      var sharing = Sharing()
      _ = Self.play(&sharing, windows: 4_000, steps: 5, stepTime: 500, factor: 0.5)
      _ = Self.play(&sharing, windows: 50, steps: 20_000, stepTime: 500, factor: 0.5)
      let outcome = Self.play(&sharing, windows: 50, steps: 20_000, stepTime: 500, factor: 0.5)
      #expect(outcome.shared > 0.9)
    }

    @Test("Large windows are shared where that is faster", arguments: [0.5, 0.7, 0.78])
    func gain(factor: Double) {
      var sharing = Sharing()
      let outcome = Self.play(
        &sharing, windows: 4_000, steps: 2_000, stepTime: 500, factor: factor)
      #expect(outcome.shared > 0.9)
    }

    @Test(
      "Where sharing is slower or saves next to nothing it is only tried",
      arguments: [0.83, 0.95, 1.0, 1.3, 2, 10, 100])
    func loss(factor: Double) {
      var sharing = Sharing()
      _ = Self.play(&sharing, windows: 10, steps: 2_000, stepTime: 500, factor: factor)
      let outcome = Self.play(
        &sharing, windows: 10_000, steps: 2_000, stepTime: 500, factor: factor)
      #expect(outcome.shared < 0.12)
      if factor <= 10 { #expect(outcome.time < 1.05) }
    }

    @Test("It changes its mind with the machine")
    func change() {
      var sharing = Sharing()
      for factor in [0.5, 3, 0.5, 3, 0.5] {
        _ = Self.play(&sharing, windows: 4_000, steps: 2_000, stepTime: 500, factor: factor)
        let outcome = Self.play(
          &sharing, windows: 4_000, steps: 2_000, stepTime: 500, factor: factor)
        #expect(factor < 1 ? outcome.shared > 0.9 : outcome.shared < 0.1)
      }
    }

    @Test("A window of one island is never shared")
    func alone() {
      var sharing = Sharing()
      _ = Self.play(&sharing, windows: 4_000, steps: 2_000, stepTime: 500, factor: 0.5)
      #expect(sharing.shares(2))
      #expect(!sharing.shares(1))
    }

    @Test("Sleepers at a number wake when it changes, with many more threads than processors")
    func sleepers() {
      let threads = 48
      let rounds: UInt32 = 200
      let go = SleepingWord()
      let left = SleepingWord()
      let sum = Atomic<Int>(0)
      var crew: [Thread] = []
      left.set(UInt32(threads))
      for index in 0..<threads {
        let thread = Thread {
          for round in 0..<rounds {
            var now = go.value
            while now <= round { now = go.wait(while: now) }
            sum.wrappingAdd(index, ordering: .relaxed)
            left.lower()
          }
        }
        thread.start()
        crew.append(thread)
      }
      let perRound = threads * (threads - 1) / 2
      for round in 1...rounds {
        go.raise(waking: threads)
        left.waitForZero()
        #expect(sum.load(ordering: .relaxed) == perRound * Int(round))
        left.set(UInt32(threads))
      }
    }
  }
#endif
