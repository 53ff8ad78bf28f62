import Testing

@testable import Pipeline

@Suite("Partition of the bus")
struct PartitionTests {
  @Test("what is committed ends at the lowest unfinished record", arguments: 0..<30)
  func model(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    var partition = Partition()
    var outstanding: Set<Int> = []
    var appended = 0
    let width = [4, 64, 65, 700][seed % 4]
    for step in 0..<4_000 {
      let mayAppend = partition.end - partition.committed < width
      if outstanding.isEmpty || mayAppend && numbers.once(in: 2) {
        try #require(partition.append() == appended)
        outstanding.insert(appended)
        appended += 1
      } else {
        let offset = outstanding.sorted()[numbers.pick(0...min(outstanding.count, 40) - 1)]
        outstanding.remove(offset)
        partition.complete(offset)
      }
      try #require(partition.end == appended)
      try #require(
        partition.committed == outstanding.min() ?? appended, "seed \(seed), step \(step)")
      try #require(partition.lag == appended - partition.committed)
    }
  }

  @Test("every order of completing five records commits without a gap")
  func permutations() {
    func walk(_ done: [Int]) {
      if done.count == 5 { return check(done) }
      for offset in 0..<5 where !done.contains(offset) { walk(done + [offset]) }
    }
    func check(_ order: [Int]) {
      var partition = Partition()
      for _ in 0..<5 { _ = partition.append() }
      for count in 1...5 {
        partition.complete(order[count - 1])
        let expected = (0..<5).first { !order[..<count].contains($0) } ?? 5
        #expect(partition.committed == expected, "\(order)")
      }
    }
    walk([])
  }

  @Test("one record that hangs holds back the commit of thousands")
  func growth() throws {
    var partition = Partition()
    for offset in 0..<5_000 {
      try #require(partition.append() == offset)
      if offset != 10 { partition.complete(offset) }
    }
    try #require(partition.committed == 10)
    try #require(partition.lag == 4_990)
    partition.complete(10)
    try #require(partition.committed == 5_000)
  }

  @Test("a record that was completed, or never appended, is refused and changes nothing")
  func refused() {
    var partition = Partition()
    let early = partition.complete(0)
    for _ in 0..<3 { _ = partition.append() }
    let once = partition.complete(1)
    let twice = partition.complete(1)
    #expect([early, once, twice] == [false, true, false])
    #expect(partition.committed == 0 && partition.lag == 3)
    let first = partition.complete(0)
    let late = [partition.complete(0), partition.complete(1), partition.complete(3)]
    #expect(first && late == [false, false, false])
    #expect(partition.committed == 2 && partition.lag == 1)
  }
}

@Suite("Backlog")
struct BacklogTests {
  @Test("it is first in, first out, however it fills and drains", arguments: 0..<8)
  func model(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    var backlog = Backlog<Int>()
    var model: [Int] = []
    var head = 0
    for step in 0..<300 {
      if numbers.once(in: 2) {
        for value in 0..<numbers.pick(1...600) {
          backlog.append(step * 1_000 + value)
          model.append(step * 1_000 + value)
        }
      } else {
        for _ in 0..<numbers.pick(1...700) {
          let expected = head < model.count ? model[head] : nil
          let first = backlog.removeFirst()
          if first != expected { try #require(first == expected, "seed \(seed), step \(step)") }
          if expected != nil { head += 1 }
        }
      }
      try #require(backlog.count == model.count - head)
      try #require(backlog.isEmpty == (head == model.count))
    }
  }
}
