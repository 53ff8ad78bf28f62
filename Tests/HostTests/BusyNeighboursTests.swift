import Host
import Testing

@Suite("Busy neighbours")
struct BusyNeighboursTests {
  @Test("as many run as were asked for, until they are ended")
  func life() {
    let neighbours = BusyNeighbours(2)
    #expect(neighbours.count == 2)
    neighbours.end()
    #expect(neighbours.count == 0)
    neighbours.end()
  }
}
