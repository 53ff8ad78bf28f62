import Foundation
import Interbank
import Testing

/// OR-tools' min-cost flow, run by the Python environment that `make test` makes.
enum CirculationJudge {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
  static let python = root + "/.venv/bin/python3"
  static let isAtHand = FileManager.default.isExecutableFile(atPath: python)

  struct Instance: Encodable {
    var participants: Int
    var liquidity: [Int64]
    var obligations: [[Int64]]
  }

  /// The total cleared and the liquidity used of each instance.
  static func optima(_ instances: [Instance]) throws -> [[Int64]] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [root + "/Tests/Reference/circulation.py"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // The judge reads everything before it writes anything.
    try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(instances))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "the judge failed")
    return text.split(separator: "\n").map { $0.split(separator: " ").compactMap { Int64($0) } }
  }
}

@Suite(
  "Maximum circulation against OR-tools",
  .enabled(if: CirculationJudge.isAtHand, "needs .venv of Tests/requirements.txt: make test"))
struct CirculationJudgeTests {
  @Test("total and liquidity equal OR-tools' on 50 seeded networks")
  func equalsTheJudge() throws {
    let sizes = [(8, 300), (25, 120), (50, 1_000), (120, 600), (200, 3_000)]
    let cases = (0..<50).map { seed in
      let (participants, obligations) = sizes[seed % sizes.count]
      let instance = NettingInstance.seeded(
        seed: UInt64(seed), participants: participants, obligations: obligations,
        exponent: seed % 3 == 0 ? 0 : 0.86, sigma: [0, 1.2, 3][seed / 5 % 3])
      return (instance, instance.liquidity(perThousand: [0, 20, 50, 300][seed / 2 % 4]))
    }
    let optima = try CirculationJudge.optima(
      cases.map { instance, liquidity in
        CirculationJudge.Instance(
          participants: instance.participants, liquidity: liquidity,
          obligations: instance.obligations.map { [Int64($0.payer), Int64($0.payee), $0.amount] })
      })
    try #require(optima.count == cases.count)
    for (seed, (instance, liquidity)) in cases.enumerated() {
      let clearing = MaximumCirculation.clear(
        obligations: instance.obligations, participants: instance.participants,
        liquidity: liquidity)
      #expect(
        [clearing.totalCleared, clearing.totalLiquidityUsed] == optima[seed].map { Int128($0) },
        "seed \(seed)")
      MaximumCirculationTests.expectClearing(
        clearing, of: instance.obligations, liquidity: liquidity, "seed \(seed)")
    }
  }
}
