import Declared

/// What went wrong, and how the system came back.
extension RunTables {
  static let faults = RunTable(
    "faults", "Faults",
    note: "Times are the longest over cells and over the times at which a fault held. Detected is "
      + "the opening of a breaker; recovered, that the last payment it touched is decided and "
      + "every breaker it opened is closed again. At risk is what the touched payments are worth, "
      + "lost what those are that were declined because of it.",
    zeros: .show, rows: \.faults,
    columns: faultNames + faultPayments + faultTimes)

  private static let faultNames: [TableColumn<FaultRow>] = [
    .name("id", "fault", "As the scenario calls it") { $0.id },
    TableColumn.text("kind", "kind", "What went wrong") { $0.kind }.detail,
    TableColumn.text("target", "target", "Whom it befell; empty: the stations of all cells") {
      $0.target
    }.detail,
    TableColumn.duration("first_at_ns", "first", "Its first beginning, from the start of the run") {
      $0.windows.first?.lowerBound
    }.detail,
    TableColumn.count("occurrences", "times", "How often it held") { $0.windows.count }.detail,
  ]

  private static let faultPayments: [TableColumn<FaultRow>] = [
    .count("touched", "touched", "Payments of which it touched a call or the breaker in front") {
      $0.touched
    },
    TableColumn.count(
      "rerouted", "held back", "Among them, those that a breaker it had opened kept away first"
    ) {
      $0.rerouted
    }.detail,
    .count("delayed", "delayed", "Touched payments that it cost time") { $0.delayed },
    .count("declined", "declined", "Touched payments that were declined because of it") {
      $0.declined
    },
    .currency { $0.atRisk.currency },
    .money("at_risk", "at risk", "What the touched payments are worth") { $0.atRisk },
    .money("declined_value", "lost", "What the declined are worth") { $0.declinedValue },
  ]

  private static let faultTimes: [TableColumn<FaultRow>] = [
    TableColumn.count("openings", "openings", "Breakers that it opened") { $0.openings }.detail,
    TableColumn.count("still_open", "left open", "Those that no answer has closed since") {
      $0.stillOpen
    }.detail,
    .duration("detection_ns", "detected", "From its beginning to the opening of a breaker") {
      $0.detection
    },
    TableColumn.duration(
      "degraded_ns", "degraded", "From its beginning until it was recovered from"
    ) {
      $0.degraded
    }.detail,
    .duration("drain_ns", "drained", "From its end until the payments it touched were decided") {
      $0.drain
    },
    .duration(
      "recovery_ns", "recovered", "From its end until its breakers were closed too, if they all are"
    ) {
      $0.recovery
    },
    TableColumn.duration("slowest_ns", "slowest", "Longest authorisation of a touched payment") {
      $0.slowest
    }.detail,
  ]
}
