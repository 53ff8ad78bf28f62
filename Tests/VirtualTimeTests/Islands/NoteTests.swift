import CRuntimeHooks
import Testing
import VirtualTime

@Suite struct NoteTests {
  /// The notes that the thread's island keeps, the last first, as a signal handler reads them.
  private static func kept() -> [String] {
    guard let position = settlesim_current_position() else { return ["no island"] }
    let count = min(position.pointee.count, UInt64(SETTLESIM_KEPT_NOTES))
    return (0..<count).map {
      let note = settlesim_last_note(position, $0)
      return "\(String(cString: note.station)) \(note.number)"
    }
  }

  @Test("What stations note can be read where they act, with island and time")
  func notes() {
    let world = World(islands: 3, seed: 1)
    let island = world.islands[2]
    var seen: [[String]] = []
    var place: [Int64] = []
    for time in 1...10 as ClosedRange<Int64> {
      island.schedule(at: .ns(time)) {
        island.note("desk, customer", Int(time))
        if time > 5 { island.note("till, coin", -Int(time)) }
        seen.append(Self.kept())
        let position = settlesim_current_position()!.pointee
        place = [position.id, position.now]
      }
    }
    world.run()
    #expect(seen[0] == ["desk, customer 1"])
    #expect(seen[1] == ["desk, customer 2", "desk, customer 1"])
    #expect(
      seen[9] == [
        "till, coin -10", "desk, customer 10", "till, coin -9", "desk, customer 9",
        "till, coin -8", "desk, customer 8", "till, coin -7", "desk, customer 7",
      ])
    #expect(place == [2, 10])
    #expect(Self.kept() == ["no island"])
  }
}
