import Chance
import Scenario
import Text

/// The ids that a scenario's trace gives its payments, for those who ask by them. Reads the trace.
public enum TraceKeys {
  /// The idempotency key of the payment with an id, or the nearest ids where there is none; nil
  /// where the scenario replays no trace of card payments.
  ///
  /// - Throws: as the run does that reads the trace.
  public static func find(
    _ id: String, in scenario: LoadedScenario
  ) throws(RunError) -> (key: UInt64?, nearest: [String])? {
    guard case .trace(let workload) = scenario.settings.workload.source else { return nil }
    let trace = try TraceSource(workload, of: scenario).trace
    for record in trace.records where trace.id(of: record) == id {
      return (mix64(record.id), [])
    }
    // The trace may be long: what is near is looked for in the order of its rows.
    let word = Array(id.utf8)
    guard word.count <= 40 else { return (nil, []) }
    let near = trace.records.lazy.prefix(100_000)
      .map { record in
        let other = trace.id(of: record)
        return (distance: EditDistance.distance(word, Array(other.utf8)), id: other)
      }
      .sorted { $0.distance < $1.distance }
    return (nil, near.prefix(3).map(\.id))
  }
}
