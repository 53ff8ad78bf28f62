import Chance
import Testing
import VirtualTime

@testable import Experiments

@Suite("Latin hypercubes")
struct LatinHypercubeTests {
  private func numbers(_ specification: String, _ samples: Int, seed: UInt64 = 1) throws -> [Double]
  {
    try Variation("a=" + specification).values(samples: samples, seed: seed).map { Double($0)! }
  }

  @Test(
    "every dimension has exactly one sample in each stratum",
    arguments: [2, 3, 7, 10, 64, 1_000], [UInt64(0), 1, 99])
  func stratified(_ samples: Int, _ seed: UInt64) throws {
    let values = try numbers("lhs 0.1..0.9", samples, seed: seed)
    let strata = values.map { Int((($0 - 0.1) / 0.8 * Double(samples)).rounded(.down)) }
    #expect(strata.sorted() == Array(0..<samples))
  }

  @Test("a logarithmic dimension is stratified by ratio")
  func logarithmic() throws {
    let values = try numbers("lhs log 0.001..1", 30)
    let strata = values.map { Int((PortableMath.ln($0 / 0.001) / PortableMath.ln(1_000) * 30)) }
    #expect(strata.sorted() == Array(0..<30))
  }

  @Test("whole numbers and lists come up equally often")
  func discrete() throws {
    let values = try numbers("lhs 3..7", 50)
    for value in 3...7 { #expect(values.count { $0 == Double(value) } == 10) }
    let names = try Variation("a=lhs x,y,z").values(samples: 9, seed: 5)
    for name in ["x", "y", "z"] { #expect(names.count { $0 == name } == 3) }
    #expect(try numbers("lhs 3..7", 3).allSatisfy { (3...7).contains($0) })
  }

  @Test("the samples of a dimension depend on seed and path, and on no other dimension")
  func streams() throws {
    func axes(_ texts: [String], seed: UInt64 = 1) throws -> [SweepGrid.Axis] {
      try SweepRequest(
        variations: try texts.map { try Variation($0) }, samples: 20, seeds: nil, overrides: []
      ).grid(seed: seed).axes
    }
    let (a, b) = ("a=lhs 0.0..1", "b=lhs 0.0..1")
    let both = try axes([a, b])
    #expect(both[0].values != both[1].values)
    #expect(try axes([b])[0] == both[1])
    #expect(try axes([b, a])[1] == both[0])
    #expect(try axes([a], seed: 2)[0].values != both[0].values)
  }

  @Test("the samples keep their values: another order of draws would change published sweeps")
  func pinned() throws {
    #expect(
      try Variation("merchants.count=lhs 1..100").values(samples: 5, seed: 7)
        == ["58", "64", "18", "22", "99"])
  }

  @Test("a place lies in its stratum, for small worlds exhaustively")
  func places() {
    var stream = RandomStream(seed: 3, component: "test", purpose: "places")
    for count in 1...12 {
      for size in 1...40 {
        for stratum in 0..<count {
          let place = Strata.place(stratum, of: count, size: Int128(size), &stream)
          #expect((0..<Int128(size)).contains(place))
          if size >= count { #expect(Int(place) * count / size == stratum) }
        }
      }
    }
  }
}
