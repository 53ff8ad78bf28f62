import CRuntimeHooks
import Synchronization

/// A number that threads wait at: they spin a little, then sleep until somebody who changes it
/// wakes them. Costs nothing to change while nobody sleeps.
final class SleepingWord: @unchecked Sendable {
  private let word: UnsafeMutablePointer<Atomic<UInt32>>
  private let sleepers = Atomic<Int>(0)

  /// Spins before a thread sleeps, some ten microseconds: about what falling asleep and being woken
  /// cost.
  private static let patience = 300

  init(_ value: UInt32 = 0) {
    word = .allocate(capacity: 1)
    word.initialize(to: Atomic(value))
  }

  deinit {
    word.deinitialize(count: 1)
    word.deallocate()
  }

  var value: UInt32 { word.pointee.load(ordering: .acquiring) }

  /// Sets the number; nobody is woken.
  func set(_ value: UInt32) { word.pointee.store(value, ordering: .sequentiallyConsistent) }

  /// Adds one and wakes up to `count` of those who sleep.
  func raise(waking count: Int) {
    word.pointee.wrappingAdd(1, ordering: .sequentiallyConsistent)
    wake(count)
  }

  /// Takes one off; who brings it to zero wakes all who sleep.
  func lower() {
    let left = word.pointee.wrappingSubtract(1, ordering: .sequentiallyConsistent).newValue
    if left == 0 { wake(Int(Int32.max)) }
  }

  /// Returns when the number is another than `value`, and which.
  func wait(while value: UInt32) -> UInt32 {
    for _ in 0..<Self.patience {
      let now = word.pointee.load(ordering: .acquiring)
      if now != value { return now }
      settlesim_relax()
    }
    sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    defer { sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent) }
    while true {
      let now = word.pointee.load(ordering: .sequentiallyConsistent)
      if now != value { return now }
      settlesim_sleep_while(word, value)
    }
  }

  /// Returns when the number is zero.
  func waitForZero() {
    var now = value
    while now != 0 { now = wait(while: now) }
  }

  private func wake(_ count: Int) {
    guard count > 0, sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    settlesim_wake(word, Int32(clamping: count))
  }
}
