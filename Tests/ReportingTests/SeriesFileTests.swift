import Measurement
import Testing

@testable import Reporting

@Suite("series.csv")
struct SeriesFileTests {
  private func rows(_ series: ArrivalSeries) -> [[String]] {
    SeriesFile.pieces(series).joined().split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test("counts stand in every row, percentiles and lag where their slot begins")
  func layout() throws {
    let rows = rows(SeriesFile.fitting(sampleArrivals(acquirers: ["northbank"])))
    let header = rows[0]
    #expect(rows.count == 1 + 360 && rows.allSatisfy { $0.count == header.count })
    #expect(header[..<4] == ["slot_start_s", "slot_s", "requests", "answer_202_accepted"])
    let latency = try #require(header.firstIndex(of: "latency_slot_s"))
    let lag = try #require(header.firstIndex(of: "lag_slot_s"))
    #expect(
      header[latency + 1..<latency + 5]
        == ["acceptance_count", "acceptance_p50_ns", "acceptance_p95_ns", "acceptance_p99_ns"])
    #expect(
      header[(lag + 1)...]
        == ["1", "2", "3", "4", "7", "9"].map { "lag_partition_\($0)" }[...])
    for (index, row) in rows.dropFirst().enumerated() {
      #expect(row[0] == "\(index * 10)" && row[1] == "10" && row[2] == "120")
      let begins = index % 6 == 0
      #expect(row[latency] == (begins ? "60" : "") && row[lag] == (begins ? "60" : ""))
      #expect(row[latency + 1] == (begins ? "60" : "") && row[lag + 2].isEmpty != begins)
    }
  }

  @Test("the file is never larger than it may be: slots grow, and no event is lost")
  func limit() {
    var series = ArrivalSeries(counts: ["requests"], latencies: ["authorization"], parts: 1)
    for second in stride(from: Int64(0), to: 3 * 86_400, by: 5) {
      series.counts.add(0, at: second * 1_000_000_000, 1_234_567)
      series.latencies[0].slots.record(second * 1_000_000, at: second * 1_000_000_000)
    }
    for bytes in [2_000, 20_000, 100_000, 8 << 20] {
      let fitted = SeriesFile.fitting(series, within: bytes)
      let text = SeriesFile.pieces(fitted).joined()
      #expect(text.utf8.count <= bytes, "\(bytes)")
      #expect(text.utf8.count > bytes / 8 || bytes > 1 << 20)
      let sum = rows(fitted).dropFirst().reduce(0) { $0 + Int($1[2])! }
      #expect(sum == 3 * 17_280 * 1_234_567)
    }
  }

  @Test("a run without payments has the names alone")
  func empty() {
    #expect(SeriesFile.pieces(nil).joined() == "slot_start_s,slot_s\n")
  }

  @Test("of a curve that is folded the smallest and the largest value stay, in their order")
  func extremes() {
    func value(_ index: Int) -> Double {
      if index == 7_001 { return 500 }
      return index == 3_333 ? -7 : Double(index % 13)
    }
    let points = (0..<10_000).map { LineChart.Point(time: Int64($0), value: value($0)) }
    let kept = Extremes.kept(points, atMost: 720)
    #expect(kept.count <= 720 && kept.count > 600)
    #expect(kept.contains { $0.value == 500 && $0.time == 7_001 })
    #expect(kept.contains { $0.value == -7 && $0.time == 3_333 })
    #expect(kept.map(\.time) == kept.map(\.time).sorted())
    #expect(Extremes.kept(Array(points[..<720]), atMost: 720).count == 720)
  }
}
