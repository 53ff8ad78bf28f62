import Scenario
import Testing

@testable import Experiments

@Suite("The points of a sweep")
struct GridTests {
  private func request(
    _ vary: [String], samples: Int? = nil, seeds: String? = nil, set: [String] = []
  ) throws(SweepError) -> SweepRequest {
    var variations: [Variation] = []
    for text in vary { variations.append(try Variation(text)) }
    return try SweepRequest(
      variations: variations, samples: samples, seeds: seeds == nil ? nil : try SeedList(seeds!),
      overrides: set.map { ScenarioOverride(assignment: $0)! })
  }

  @Test("the first variation changes slowest, the seeds fastest, and numbers begin with 1")
  func order() throws {
    let grid = try request(["a=x,y", "b=1..3/1"], seeds: "7,9").grid(seed: 1)
    #expect(grid.pointCount == 12)
    let points = (1...12).map { grid.point($0) }
    #expect(points.map(\.seed) == [7, 9, 7, 9, 7, 9, 7, 9, 7, 9, 7, 9])
    #expect(
      points.map { $0.values.joined() } == [
        "x1", "x1", "x2", "x2", "x3", "x3", "y1", "y1", "y2", "y2", "y3", "y3",
      ])
    #expect(points.map(\.combination) == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    #expect(points[0].name == "000001" && points[11].name == "000012")
    for point in points { #expect(SweepPoint.number(named: point.name) == point.number) }
    for name in ["0", "000000", "00001", "0000001", "00000a", ".00001"] {
      #expect(SweepPoint.number(named: name) == nil, "\(name)")
    }
  }

  @Test("sampled variations go together and are crossed with the others")
  func joint() throws {
    let grid = try request(["a=lhs 1..9", "b=x,y", "c=lhs 1..9"], samples: 3).grid(seed: 5)
    #expect(grid.pointCount == 6)
    let (a, c) = (grid.axes[0].values, grid.axes[2].values)
    let expected = ["x", "y"].flatMap { b in (0..<3).map { [a[$0], b, c[$0]] } }
    #expect((1...6).map { grid.point($0).values } == expected)
    #expect((1...6).allSatisfy { grid.point($0).seed == 5 })
  }

  @Test("100,000 points are allowed, one more is not, and nothing overflows")
  func limit() throws {
    #expect(try request(["a=1..1000/1"], seeds: "1..100").grid(seed: 1).pointCount == 100_000)
    let large = (0..<20).map { "v\($0)=1..100000/1" }
    for vary in [["a=1..1001/1"], large] {
      let error = #expect(throws: SweepError.self) {
        try request(vary, seeds: "1..100").grid(seed: 1)
      }
      #expect(error?.kind == .usage && error?.description.contains("at most 100000 points") == true)
    }
  }

  @Test(
    "a value is varied once, and not replaced as well",
    arguments: [
      (["a=1", "a=2"], [], "a is varied twice"),
      (["a[0].b=1", "a.0.b=2"], [], "varied twice"),
      (["a.b=1,2", "a=3,4"], [], "overlap"),
      (["a=1,2", "a.b=3,4"], [], "overlap"),
      (["a=1,2"], ["a=5"], "--vary a would replace it"),
      (["a=1,2"], ["a.b=5"], "--vary a would replace it"),
      ([], [], "a sweep needs --vary"),
    ])
  func conflicts(_ vary: [String], _ set: [String], _ expected: String) {
    let error = #expect(throws: SweepError.self) { try request(vary, set: set) }
    #expect(error?.kind == .usage && error?.description.contains(expected) == true)
  }

  @Test("an override of the whole may be varied in a part, and names that begin alike are apart")
  func compatible() throws {
    _ = try request(["a.b=1,2"], set: ["a={b: 0, c: 1}"])
    _ = try request(["a.b=1,2", "a.bc=1,2"])
  }

  @Test("samples and sampled variations need each other")
  func samples() {
    #expect(throws: SweepError.self) { try request(["a=lhs 1..5"]) }
    #expect(throws: SweepError.self) { try request(["a=1,2"], samples: 5) }
    #expect(throws: SweepError.self) { try request(["a=lhs 1..5"], samples: 0) }
  }

  @Test("lists of points are written short and read back")
  func lists() throws {
    #expect(PointList.text([1, 2, 5, 6, 7, 9], limit: 9) == "1,2,5-7,9")
    #expect(PointList.text([1, 3, 5], limit: 2) == "1,3,…")
    #expect(try PointList.read("5-7,1,2,9,6", count: 9) == [1, 2, 5, 6, 7, 9])
    for text in ["", "0", "10", "3-1", "1-", "-1", "a", "1,,2", "1-2-3", "9-10"] {
      #expect(throws: SweepError.self, "\(text)") { try PointList.read(text, count: 9) }
    }
  }
}
