import Reporting
@testable import Simulator
import Synchronization
import Testing

@testable import Experiments
@testable import VirtualTime

@Suite("Comparisons that fail")
struct ComparisonFailureTests {
  private typealias Failure = ComparisonFailure<any Error>

  private func failure(_ comparison: SmallComparison) throws -> Failure {
    do {
      _ = try comparison.run()
    } catch let failure as Failure { return failure }
    throw Missing()
  }

  private struct Missing: Error {}

  @Test("the first run, by number, that breaks an invariant ends it", arguments: [1, 2, 4])
  func invariant(_ threads: Int) throws {
    var comparison = SmallComparison("one_wire_per_payment,fixed_window:costs.wire=2.00 USD")
    comparison.threads = threads
    comparison.alter = { index, outcome in
      guard index == 3 || index == 6 else { return }
      outcome.result.verdict = .invariantViolated
      outcome.breach = InvariantBreach(
        invariant: "ledger.balanced", instant: .start, island: 1, state: "run \(index)")
    }
    guard case .invariant(let text, let command) = try failure(comparison) else {
      Issue.record("another failure")
      return
    }
    #expect(text.text.contains("ledger.balanced") && text.text.contains("run 3"))
    #expect(
      command == "settlesim run small.yaml --seed 2 --set settlement.strategy=fixed_window "
        + "--set 'costs.wire=2.00 USD'")
  }

  @Test("an entry that changes the arrivals cannot be paired, and that is said")
  func arrivals() throws {
    let comparison = SmallComparison("scenario,scenario:workload.generated.payments=61")
    guard case .arrivals(let text) = try failure(comparison) else {
      Issue.record("another failure")
      return
    }
    #expect(
      text.hasPrefix(
        "`scenario:workload.generated.payments=61` changes what merchants ask for: with seed 1 "))
  }

  @Test(
    "the entry named is the one that changes the arrivals, wherever it stands",
    arguments: [
      ("scenario:merchants.count=13,scenario", 0), ("scenario,scenario:merchants.count=13", 1),
      ("scenario:merchants.count=13,scenario,merchant_day", 0),
      ("merchant_day,scenario:merchants.count=13,scenario", 1),
    ], [1, 4])
  func arrivalsOfEntry(_ entry: (list: String, position: Int), _ threads: Int) throws {
    var comparison = SmallComparison(entry.list)
    comparison.threads = threads
    guard case .arrivals(let text) = try failure(comparison) else {
      Issue.record("another failure")
      return
    }
    let name = try comparison.plan.entries[entry.position].name
    #expect(text.hasPrefix("`\(name)` changes") && text.contains("with seed 1 "), "\(text)")
  }

  @Test("arrivals that differ end it after the first replication")
  func arrivalsEarly() throws {
    var comparison = SmallComparison("scenario,scenario:workload.generated.payments=61,rtgs")
    comparison.threads = 1
    var runs: [Int] = []
    comparison.alter = { index, _ in runs.append(index) }
    guard case .arrivals = try failure(comparison) else {
      Issue.record("another failure")
      return
    }
    #expect(runs == [0, 1, 2])
  }

  @Test(
    "of a run that fails and one that cannot be prepared the lower tells, on any threads",
    arguments: [1, 2, 3, 4, 8])
  func lowest(_ threads: Int) throws {
    // Run 1 is the first that cannot be prepared.
    var comparison = SmallComparison("scenario,costs.wire=five,merchant_day")
    comparison.threads = threads
    comparison.alter = { index, outcome in
      if index == 0 { outcome.result.verdict = .invariantViolated }
    }
    guard case .invariant(_, let command) = try failure(comparison) else {
      Issue.record("another failure")
      return
    }
    #expect(command == "settlesim run small.yaml --seed 1")
    comparison.alter = { index, outcome in
      if index > 1 { outcome.result.verdict = .invariantViolated }
    }
    guard case .preparation = try failure(comparison) else {
      Issue.record("another failure")
      return
    }
  }

  @Test("one run with one other arrival is enough to refuse")
  func oneArrival() throws {
    var comparison = SmallComparison("scenario,merchant_day")
    comparison.alter = { index, outcome in
      if index == 11 { outcome.result.identity.arrivalDigest ^= 1 }
    }
    guard case .arrivals(let text) = try failure(comparison) else {
      Issue.record("another failure")
      return
    }
    #expect(text.contains("with seed 6 "))
  }

  @Test("errors of a run, a preparation that fails and a stop from outside are told apart")
  func others() throws {
    var comparison = SmallComparison("scenario,merchant_day")
    comparison.alter = { index, outcome in
      if index == 2 { outcome.errors = ["it did not come to rest"] }
    }
    guard case .run(let errors, let command) = try failure(comparison) else {
      Issue.record("another failure")
      return
    }
    #expect(errors == ["it did not come to rest"] && command.contains("--seed 2"))
    comparison = SmallComparison("scenario,costs.wire=five")
    guard case .preparation = try failure(comparison) else {
      Issue.record("another failure")
      return
    }
    comparison = SmallComparison("scenario,merchant_day")
    comparison.goesOn = { $0.finished < 3 }
    guard case .interrupted = try failure(comparison) else {
      Issue.record("another failure")
      return
    }
  }
}

@Suite("A pool of runs")
struct RunPoolTests {
  private struct Refusal: Error, Equatable { var index: Int }

  private func outcome() -> RunOutcome {
    RunOutcome(
      result: RunResult(identity: RunIdentity(scenarioName: "", scenarioText: "", seed: 0)),
      files: [], breach: nil, errors: [])
  }

  @Test("every run is carried out once, callbacks never overlap", arguments: [1, 2, 5])
  func all(_ threads: Int) throws {
    var seen: [Int] = []
    let inside = Atomic<Int>(0)
    func alone(_ body: () -> Void) {
      #expect(inside.add(1, ordering: .relaxed).newValue == 1)
      body()
      inside.subtract(1, ordering: .relaxed)
    }
    try RunPool<Refusal>.run(
      count: 40, threads: threads,
      prepare: { _ in
        alone {}
        return { _, _ in outcome() }
      }, progress: { _, _ in true },
      finish: { index, _ in
        alone { seen.append(index) }
        return true
      })
    #expect(seen.sorted() == Array(0..<40))
  }

  @Test("the failure with the lowest number is thrown, and nothing begins after it")
  func failures() {
    for threads in 1...4 {
      var prepared: [Int] = []
      do {
        try RunPool<Refusal>.run(
          count: 30, threads: threads,
          prepare: { index throws(Refusal) in
            prepared.append(index)
            if index >= 5 { throw Refusal(index: index) }
            return { _, _ in outcome() }
          }, progress: { _, _ in true }, finish: { _, _ in true })
        Issue.record("no failure")
      } catch {
        #expect(error.index == 5 && error.cause == Refusal(index: 5))
        #expect(prepared.count <= 5 + threads)
      }
    }
  }

  @Test("where the system gives no further thread, one does all the work")
  func oneThread() {
    let done = Atomic<Int>(0)
    nonisolated(unsafe) var asked = 0
    Workers.run(
      threads: 4, count: 10,
      start: { _ in
        asked += 1
        return nil
      }, { _ in done.add(1, ordering: .relaxed) })
    #expect(asked == 3 && done.load(ordering: .relaxed) == 10)
  }

  @Test("threads beyond the number of runs go to the runs", arguments: [(8, 2, 4), (3, 5, 1)])
  func spare(_ threads: Int, _ count: Int, _ each: Int) throws {
    var given: [Int] = []
    try RunPool<Refusal>.run(
      count: count, threads: threads,
      prepare: { _ in
        { threads, _ in
          var outcome = outcome()
          outcome.result.metrics = ["threads": Double(threads)]
          return outcome
        }
      }, progress: { _, _ in true },
      finish: { _, outcome in
        given.append(Int(outcome.metrics["threads"]!))
        return true
      })
    #expect(given == Array(repeating: each, count: count))
  }
}
