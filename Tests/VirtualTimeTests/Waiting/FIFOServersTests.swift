import Chance
import Testing
import VirtualTime

@Suite struct FIFOServersTests {
  @Test("Each customer gets the server that is free first")
  func order() {
    var station = FIFOServers(count: 2)
    #expect(station.serve(at: .ns(0), service: 10) == (.ns(0), .ns(10)))
    #expect(station.serve(at: .ns(0), service: 4) == (.ns(0), .ns(4)))
    #expect(station.wait(at: .ns(1)) == 3)
    #expect(station.serve(at: .ns(1), service: 20) == (.ns(4), .ns(24)))
    #expect(station.serve(at: .ns(1), service: 1) == (.ns(10), .ns(11)))
    #expect(station.serve(at: .ns(50), service: 1) == (.ns(50), .ns(51)))
    #expect(station.busyNanoseconds == 36)
    #expect(station.served == 5)
  }

  @Test("Service beyond what 64 bits count is counted as their largest number")
  func longService() {
    var station = FIFOServers(count: 3)
    let long = Int64.max / 2
    for _ in 0..<3 { _ = station.serve(at: .ns(0), service: long) }
    #expect(station.busyNanoseconds == .max)
    #expect(station.wait(at: .ns(0)) == long)
  }

  @Test(
    "The heap of free times agrees with a sorted list", arguments: 1...10 as ClosedRange<UInt64>)
  func model(seed: UInt64) {
    var random = RandomStream(seed: seed, component: "test", purpose: "servers")
    let servers = 1 + Int(random.below(12))
    var station = FIFOServers(count: servers)
    var free = Array(repeating: Int64(0), count: servers)
    var now: Int64 = 0
    for _ in 0..<2_000 {
      now += Int64(random.below(20))
      let service = Int64(random.below(UInt64(20 * servers)))
      free.sort()
      let begin = max(now, free[0])
      free[0] = begin + service
      #expect(station.wait(at: .ns(now)) == begin - now)
      #expect(station.serve(at: .ns(now), service: service) == (.ns(begin), .ns(begin + service)))
    }
  }

  @Test("A negative service time is a programming error")
  func negative() async {
    await #expect(processExitsWith: .failure) {
      var station = FIFOServers(count: 1)
      _ = station.serve(at: .start, service: -1)
    }
  }
}
