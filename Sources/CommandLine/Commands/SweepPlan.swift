import Text
import Experiments
import Reporting

/// What `sweep --dry-run` prints: what would run, and where the results would go.
struct SweepPlan {
  let scenario: SweepScenario
  let choice: ShardChoice
  let points: [Int]
  let threads: Int
  let target: String

  var text: String {
    let definition = scenario.definition
    let grid = definition.grid
    var rows = [("scenario", "\(definition.scenarioName)  (\(scenario.file))")]
    for axis in grid.axes {
      let values = axis.values.prefix(6).joined(separator: ", ")  // ordered: an array
      let more = axis.values.count > 6 ? ", …" : ""
      let kind = axis.isSampled ? "samples" : "values"
      rows.append(("vary", "\(axis.path): \(axis.values.count) \(kind): \(values)\(more)"))
    }
    for override in definition.overrides {
      rows.append(("set", "\(override.path)=\(override.value)"))
    }
    let seeds = grid.seeds.prefix(6).map(String.init).joined(separator: ", ")
    rows.append(("seeds", "\(grid.seeds.count): \(seeds)\(grid.seeds.count > 6 ? ", …" : "")"))
    rows.append(("points", HumanFormat.count(grid.pointCount)))
    if choice.shard != .whole {
      rows.append(("shard", "\(choice.shard.index) of \(choice.shard.count) (\(choice.origin))"))
    }
    if points.count < grid.pointCount {
      rows.append(("to run", "\(points.count): \(PointList.text(points, limit: 10))"))
    }
    rows.append(("at once", "\(threads)"))
    rows.append(("result", target))
    let lines = rows.map { name, value in
      "  " + name + String(repeating: " ", count: 12 - name.count) + visible(value)
    }
    return (["Everything checked; this would run:"] + lines).joined(separator: "\n") + "\n"
  }
}
