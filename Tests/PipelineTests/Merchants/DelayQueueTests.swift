import Testing

@testable import Pipeline

@Suite("Delay queue")
struct DelayQueueTests {
  @Test("records come out by time, then in the order of going in", arguments: 0..<30)
  func model(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    var queue = DelayQueue<Int>()
    // Kept in order by a stable insertion.
    var model: [(time: Int64, record: Int)] = []
    var now: Int64 = 0
    for step in 0..<3_000 {
      if numbers.pick(0...9) < (step < 1_500 ? 6 : 4) {
        let time = now + Int64(numbers.pick(0...20))
        let position = model.firstIndex { $0.time > time } ?? model.count
        model.insert((time, step), at: position)
        try #require(queue.push(step, at: time) == (position == 0), "seed \(seed), step \(step)")
      } else {
        now += Int64(numbers.pick(0...2))
        let isDue = model.first.map { $0.time <= now } ?? false
        let expected = isDue ? model.removeFirst().record : nil
        try #require(queue.pop(dueAt: now) == expected, "seed \(seed), step \(step)")
      }
      try #require(queue.nextTime == model.first?.time)
      try #require(queue.count == model.count && queue.isEmpty == model.isEmpty)
    }
  }

  @Test("equal times come out first in, first out")
  func equalTimes() throws {
    var queue = DelayQueue<Int>()
    for record in 0..<1_000 { queue.push(record, at: 5) }
    try #require(queue.pop(dueAt: 4) == nil)
    for record in 0..<1_000 { try #require(queue.pop(dueAt: 5) == record) }
    try #require(queue.pop(dueAt: .max) == nil)
  }
}
