import Foundation
import Money
import Testing

@testable import Scenario

@Suite("Rates of a run")
struct RateSeriesTests {
  /// A folder of the test's own, with files by name.
  private func folder(_ files: [String: [UInt8]]) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "rates-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in files.keys.sorted() {
      try Data(files[name]!).write(to: folder.appending(path: name))
    }
    return folder
  }

  private static let header = "Date,USD,JPY,GBP,CHF,\n"
  private static let rows = """
    2026-03-04,1.2000,180.0,0.80,0.9200,
    2026-03-03,1.1000,N/A,0.85,0.9300,
    2026-02-27,1.1700,183.5,0.8750,0.9400,

    """

  /// The series of a scenario whose ECB file holds `text`; or how it was refused.
  private func series(
    _ text: String, fx: String = "", time: String = "date: 2026-03-02, duration: 48h",
    process: String = ""
  ) throws -> Result<RateSeries, ScenarioError> {
    let folder = try folder(["rates.csv": Array(text.utf8)])
    defer { try? FileManager.default.removeItem(at: folder) }
    let scenario = """
      name: x
      time: {\(time), drain_limit: 24h}
      fx:
        ecb: {file: rates.csv}
        usd_per_unit: {EUR: 1.1, GBP: 1.3, USD: 1\(fx)}
        spreads: {USD/EUR: 1, USD/GBP: 1\(fx.isEmpty ? "" : ", USD/JPY: 1")}\(process)
      merchants:
        markets:
          - country: DE
            region: e
            time_zone: UTC
            currency: EUR
            settlement_currency: EUR
            share: 1
      workload: {generated: {amounts: {scale: {EUR: 1}}}}
      rails: [t2]
      """
    let loaded = try LoadedScenario.load(
      Array(scenario.utf8), file: folder.path + "/s.yaml")
    do throws(ScenarioError) { return .success(try loaded.rateSeries()) } catch {
      return .failure(error)
    }
  }

  /// The refusal without the folder.
  private func refusal(_ text: String, fx: String = "", time: String? = nil) throws -> String {
    let result = try time.map { try series(text, fx: fx, time: $0) } ?? series(text, fx: fx)
    guard case .failure(let error) = result else { return "accepted" }
    #expect(error.exitCode == 65)
    return error.description.replacing(/^[^:]*\/(rates\.csv|s\.yaml)/) { "\($0.output.1)" }
      .replacing(/`[^`]*\/rates\.csv`/, with: "`rates.csv`")
  }

  @Test("fixed rates are one step that holds for ever")
  func fixed() throws {
    let series = try load("name: x").rateSeries()
    #expect(series.count == 1)
    #expect(series.table(atUTC: .max).midRate(from: .eur, to: .usd) == 1.1684)
  }

  @Test("reference rates hold from their day to the next listed one, crossed exactly")
  func daily() throws {
    let series = try series(Self.header + Self.rows).get()
    func day(_ date: String) -> Int64 { Int64(CivilDate(date)!.dayNumber) * 86_400 }
    #expect(series.starts == [day("2026-03-02"), day("2026-03-03"), day("2026-03-04")])
    #expect(series.currencies == [.eur, .gbp])
    let noon = series.table(atUTC: day("2026-03-02") + 43_200)
    #expect(noon.trillionths(of: .eur) == 1_170_000_000_000)
    // 1.17 / 0.875 = 1.337142857142857...
    #expect(noon.trillionths(of: .gbp) == 1_337_142_857_143)
    let next = series.table(atUTC: day("2026-03-03"))
    #expect(next.trillionths(of: .eur) == 1_100_000_000_000)
    #expect(series.table(atUTC: .max).trillionths(of: .gbp) == 1_500_000_000_000)
    #expect(series.table(atUTC: 0).trillionths(of: .eur) == 1_170_000_000_000)
  }

  @Test("a process moves around the reference rate of its day, by the same factors")
  func movedDaily() throws {
    let text = Self.header + Self.rows
    let process = "\n  process: {step: daily, volatility: {EUR: 0.2}}"
    let moved = try series(text, process: process).get()
    let still = try series(text).get()
    #expect(moved.count == 4 && Array(moved.starts.prefix(3)) == still.starts)
    let factors = RateProcessTests.factors(2, seed: 1, volatility: 0.2, step: .daily)
    for (step, factor) in ([1] + factors).enumerated() {
      let mid = still.table(step: step).trillionths(of: .eur)
      #expect(
        moved.table(step: step).trillionths(of: .eur) == Int64((Double(mid) * factor).rounded()))
      #expect(
        moved.table(step: step).trillionths(of: .gbp)
          == still.table(step: step).trillionths(of: .gbp))
    }
  }

  @Test("the order of rows, their last comma and their line ends do not matter")
  func forms() throws {
    let descending = try series(Self.header + Self.rows).get()
    let lines = (Self.header + Self.rows).split(separator: "\n")
    let ascending = ([lines[0]] + lines.dropFirst().reversed()).map { String($0.dropLast()) }
      .joined(separator: "\r\n")
    let other = try series(ascending).get()
    #expect(other.starts == descending.starts)
    for step in 0..<other.count {
      for currency in [Currency.eur, .gbp] {
        #expect(
          other.table(step: step).trillionths(of: currency)
            == descending.table(step: step).trillionths(of: currency))
      }
    }
  }

  @Test("what is wrong with the file is named by its row")
  func refused() throws {
    #expect(
      try refusal("") == "rates.csv:1:1: fx.ecb.file: expected a header `Date,USD,JPY,...`")
    #expect(
      try refusal(Self.header)
        == "rates.csv:1:1: fx.ecb.file: expected a row of rates below the header")
    #expect(
      try refusal(Self.header + "2026-02-27,1.1,180\n")
        == "rates.csv:2:1: fx.ecb.file: expected 5 columns as in the header, found 3")
    #expect(
      try refusal(Self.header + "27.2.2026,1.1,180,0.8,0.9,\n")
        == "rates.csv:2:1: fx.ecb.file: expected a date such as 2026-03-02, found `27.2.2026`")
    for cell in ["N/A", "", "0", "-0.8", "0,8", "1e3", "0.8.1", "1234567890123"] {
      let found = try refusal(Self.header + "2026-02-27,1.1,180,\(cell),0.9,\n")
      #expect(found.hasPrefix("rates.csv:2:1: fx.ecb.file: expected "), "\(cell): \(found)")
    }
    #expect(
      try refusal(Self.header + "2026-02-27,1.1,180,x,0.9,\n")
        == "rates.csv:2:1: fx.ecb.file: expected a rate of GBP above zero such as 1.1684, found `x`"
    )
    #expect(
      try refusal(Self.header + Self.rows + "2026-02-28,1.1,180,0.8,0.9,\n")
        == "rates.csv:5:1: fx.ecb.file: expected dates in order, each once, found 2026-02-28 after "
        + "2026-02-27")
    #expect(
      try refusal(Self.header + Self.rows + "2026-02-27,1.1,180,0.8,0.9,\n").contains("each once"))
    #expect(
      try refusal("Date,USD,JPY,CHF\n2026-02-27,1.1,180,0.9\n")
        == "rates.csv:1:1: fx.ecb.file: expected a column GBP, found USD, JPY, CHF")
    #expect(
      try refusal(Self.header + Self.rows, fx: ", JPY: 0.006")
        == "rates.csv:3:1: fx.ecb.file: expected a rate of JPY above zero such as 1.1684, "
        + "found `N/A`")
  }

  @Test("days without rates are refused and not made up")
  func days() throws {
    #expect(
      try refusal(
        Self.header + Self.rows, time: "date: 2026-02-26, duration: 24h")
        == "s.yaml:4:15: fx.ecb.file: expected rates of 2026-02-26 or before, found none in "
        + "`rates.csv`, which has 2026-02-27 to 2026-03-04; take a file with these days, or a "
        + "later `time.date`")
    #expect(
      try refusal(
        Self.header + Self.rows, time: "date: 2026-03-12, duration: 24h")
        == "s.yaml:4:15: fx.ecb.file: expected rates of 2026-03-12 or of the 7 days before, found "
        + "none in `rates.csv`, which has 2026-02-27 to 2026-03-04; take a file with these days, "
        + "or another `time.date`")
    #expect(
      try refusal(Self.header + Self.rows, time: "date: 2026-03-11, duration: 24h") == "accepted")
  }

  @Test("a file that is missing is a problem of its key, exit code 66; one that is no gzip file 65")
  func files() throws {
    let scenario = "name: x\nfx: {ecb: {file: nowhere.csv}}\n"
    let folder = try folder(["cut.csv": [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B]])
    defer { try? FileManager.default.removeItem(at: folder) }
    func failure(_ text: String) throws -> ScenarioError? {
      let loaded = try LoadedScenario.load(Array(text.utf8), file: folder.path + "/s.yaml")
      do throws(ScenarioError) {
        _ = try loaded.rateSeries()
        return nil
      } catch { return error }
    }
    let missing = try #require(try failure(scenario))
    #expect(missing.exitCode == 66)
    #expect(
      missing.description
        == folder.path + "/s.yaml:2:18: fx.ecb.file: expected a file of daily rates, found "
        + "`\(folder.path)/nowhere.csv`: cannot open: no such file; give a path that is absolute "
        + "or relative to the scenario file, or leave `fx.ecb` out for fixed rates")
    let directory = try #require(try failure(scenario.replacing("nowhere.csv", with: "..")))
    #expect(directory.exitCode == 65)
    #expect(directory.description.contains("s.yaml:2:18: fx.ecb.file: expected a file of daily"))
    let cut = try #require(try failure(scenario.replacing("nowhere", with: "cut")))
    #expect(cut.exitCode == 65)
    #expect(
      cut.description
        == folder.path + "/cut.csv:1:1: fx.ecb.file: expected more gzip data; the file is cut off")
  }

  static let history = Transcript.repository.appending(
    path: "../shared/data/fx/eurofxref-hist.csv.gz")

  @Test(
    "the bank's own history is read compressed, and the standard day's rates are among it",
    .enabled(if: FileManager.default.fileExists(atPath: history.path), "needs ../shared/data"))
  func real() throws {
    let text = """
      name: x
      time: {date: 2026-04-11, duration: 72h, drain_limit: 24h}
      fx: {ecb: {file: "\(Self.history.path)"}}
      """
    let series = try load(text).rateSeries()
    // Saturday the 11th has Friday's rates.
    #expect(series.count == 2)
    func rates(_ step: Int) -> [Int64] {
      [Currency.eur, .gbp, .jpy].map { series.table(step: step).trillionths(of: $0) }
    }
    // 1.1711, 1.1711 / 0.87105, 1.1711 / 186.43 and the same of the 13th, by Python's decimal.
    #expect(rates(0) == [1_171_100_000_000, 1_344_469_318_638, 6_281_714_316])
    #expect(rates(1) == [1_168_400_000_000, 1_342_093_776_563, 6_256_492_637])
    let first = try load(
      text.replacing("2026-04-11", with: "1999-01-04")
    ).rateSeries()
    #expect(first.table(step: 0).trillionths(of: .eur) == 1_178_900_000_000)
  }
}
