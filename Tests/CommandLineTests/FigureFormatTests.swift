import Declared
import Reporting
import Simulator
import Testing
import Text

@testable import CommandLine

@Suite("Every figure in every format")
struct FigureFormatTests {
  @Test("`list metrics` tells unit, direction and meaning of each, in the table and in JSON")
  func listed() throws {
    let session = Session()
    let text = session("list", "metrics", "--format", "json").output
    let rows = try #require(try CanonicalJSON(parsing: text, file: "metrics.json").elements)
    #expect(rows.compactMap { $0["metric"]?.text } == MetricCatalog.names)
    for row in rows {
      #expect(row["unit"]?.text.flatMap(FigureUnit.init(rawValue:)) != nil, "\(row)")
      #expect(row["direction"]?.text.flatMap(FigureDirection.init(rawValue:)) != nil, "\(row)")
      let meaning = row["meaning"]?.text ?? ""
      #expect(meaning.count > 8 && !meaning.hasSuffix("."), "\(row)")
    }
    let table = session("list", "metrics").output.split(separator: "\n")
    #expect(table.count { !$0.hasPrefix(" ") } == rows.count + 1)
    let row = try #require(table.firstIndex { $0.hasPrefix("payments.abandoned ") })
    #expect(table[row + 1].hasPrefix("    ") && table[row + 1].contains("given up by clients"))
  }

  @Test("the schema completes a threshold on every metric, in the metric's unit")
  func schema() throws {
    let schema = try CanonicalJSON(parsing: Session()("schema").output, file: "schema.json")
    let items = try #require(schema["properties"]?["thresholds"]?["items"]?["anyOf"]?.elements)
    let examples = items.flatMap { $0["examples"]?.elements ?? [] }.compactMap(\.text)
    #expect(Set(examples.map { $0.prefix { $0 != " " } }).count == MetricCatalog.names.count)
    for form in items {
      let pattern = try Regex(try #require(form["pattern"]?.text))
      for example in (form["examples"]?.elements ?? []).compactMap(\.text) {
        #expect(example.wholeMatch(of: pattern) != nil, "\(example)")
        // What the schema proposes is what the loader takes.
        let session = Session()
        session.write("t.yaml", "name: t\nthresholds: [\"\(example)\"]\n")
        #expect(session("validate", "t.yaml").code == 0, "\(example)")
      }
    }
    let times = try Regex(try #require(items[0]["pattern"]?.text))
    #expect("authorization_latency.p99 <= 500".wholeMatch(of: times) == nil)
    #expect("payments.lost == 5s".wholeMatch(of: times) == nil)
  }

  @Test(
    "a result holds every figure: in summary.json where there are samples, in metrics.csv always")
  func files() throws {
    let session = Session()
    session.write("t.yaml", tinyScenario)
    #expect(session("run", "t.yaml", "--output", "r").code == 0)
    let summary = try CanonicalJSON(
      parsing: try #require(session.read("r/summary.json")), file: "summary.json")
    let metrics = try #require(summary["metrics"]?.sortedMembers)
    let rows = try #require(session.read("r/metrics.csv")).split(separator: "\n").dropFirst()
    let cells = rows.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(cells.map { String($0[0]) } == MetricCatalog.figures.map(\.name))
    let filled = cells.filter { !$0[1].isEmpty }.map { String($0[0]) }.sorted()
    #expect(filled == metrics.map(\.key))
    let cost = try #require(cells.first { $0[0] == "cost.total" })
    #expect(cost[2] == "USD" && cost[3] == "lower")
  }

  @Test("a threshold in another unit is refused by `validate`, with its place, and so is a flag's")
  func validate() {
    let session = Session()
    session.write("t.yaml", tinyScenario + "thresholds:\n  - cost.total <= 3s\n")
    let ended = session("validate", "t.yaml")
    #expect(ended.code == 65)
    #expect(
      ended.errors.first?.contains("t.yaml:7:5: thresholds[0]: expected an amount in USD") == true,
      "\(ended.error)")
    session.write("t.yaml", tinyScenario)
    for (threshold, told) in [
      ("delay.mean_seconds <= 28", "expected a duration such as `500ms` for delay.mean_seconds"),
      ("payments.lots == 0", "no metric `payments.lots`; did you mean `payments.lost`?"),
    ] {
      for command in ["validate", "run"] {
        let ended = session(command, "t.yaml", "--set", "thresholds=[\(threshold)]")
        #expect(ended.code == 65)
        #expect(
          ended.errors.first?.hasPrefix("--set: thresholds[0]: \(told)") == true,
          "\(ended.error)")
      }
    }
  }

  @Test("`--gate levels` lets a missed level fail the run, and the last line counts them")
  func gate() {
    let session = Session()
    session.write("t.yaml", tinyScenario + "gateway: {service_time: 60ms}\n")
    let free = session("run", "t.yaml", "--output", "a")
    #expect(free.code == 0)
    #expect(free.output.contains("PASSED  2 levels missed · "), "\(free.output.suffix(300))")
    let held = session("run", "t.yaml", "--output", "b", "--gate", "levels")
    #expect(held.code == 99)
    #expect(held.output.hasSuffix("FAILED  2 levels missed\n"), "\(held.output.suffix(300))")
    #expect(held.output.contains("--set gate=levels"))
    #expect(session.read("b/summary.json")?.contains("\"verdict\": \"level_missed\"") == true)
    #expect(session("run", "t.yaml", "--gate", "all").code == 64)
    #expect(session("run", "t.yaml", "--gate", "levels", "--set", "gate=levels").code == 64)
  }
}
