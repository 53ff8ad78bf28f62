import Glibc
import Testing

@testable import Simulator

/// The shipped trace scenario, and texts of traces made by the tests.
enum TraceReplay {
  /// Text and path of `Scenarios/trace-replay.yaml`.
  static func shipped() throws -> (text: String, path: String) {
    let path = TraceFiles.root + "/Scenarios/trace-replay.yaml"
    return (String(decoding: try read(path), as: UTF8.self), path)
  }

  /// Settings under which every payment is approved and captured at once.
  static let sure = [
    "acquirers.northbank.approval_rate=1", "acquirers.southpay.approval_rate=1",
    "authorization.block_score=100", "authorization.challenge_score=99",
    "workload.capture.immediate_share=1",
  ]

  static func read(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "rb"), "\(path)")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&part, 1, part.count, file)
      guard count > 0 else { return bytes }
      bytes += part[..<count]
    }
  }

  /// A world that replays `rows` (id, second since the start and within a week, merchant, amount in
  /// pence).
  static func world(
    _ rows: [(id: String, second: Int, merchant: String, amount: Int)], in fixture: TraceFixture,
    _ settings: [String] = []
  ) throws -> SmallWorld {
    var text = "InvoiceNo,ts,customer,amount_pence,cancel\n"
    for row in rows {
      let time = [row.second / 3_600 % 24, row.second / 60 % 60, row.second % 60]
        .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
      let cancel = row.amount < 0 ? 1 : 0
      let day = "2026-03-0\(2 + row.second / 86_400)"
      text += "\(row.id),\(day)T\(time),\(row.merchant),\(row.amount),\(cancel)\n"
    }
    var world = SmallWorld.kept(settings)
    world.settings.append("workload.trace.file=\(fixture.write(Array(text.utf8)))")
    (world.scenario, world.file) = try shipped()
    return world
  }
}
