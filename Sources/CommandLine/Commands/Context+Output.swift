import Host
import Money
import Reporting

/// A moment in UTC, for names and `environment.json`.
struct UTCTime {
  private let date: CivilDate
  private let second: Int
  private let millisecond: Int

  /// - Parameter nanoseconds: since 1970-01-01T00:00Z.
  init(_ nanoseconds: Int64) {
    let milliseconds = Int(nanoseconds / 1_000_000)
    let day = Int((Double(milliseconds) / 86_400_000).rounded(.down))
    date = CivilDate(year: 1970, month: 1, day: 1).adding(days: day)
    second = (milliseconds - day * 86_400_000) / 1_000
    millisecond = (milliseconds - day * 86_400_000) % 1_000
  }

  /// `2026-03-02T10:11:12Z`.
  var iso8601: String { "\(date)T\(clock(separator: ":"))Z" }

  /// `20260302T101112.345Z`: sorts by time and is a plain file name.
  var stamp: String {
    let fraction = "00\(millisecond)".suffix(3)
    return "\(date)".replacing("-", with: "") + "T\(clock(separator: "")).\(fraction)Z"
  }

  private func clock(separator: String) -> String {
    [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      .joined(separator: separator)
  }
}

extension Context {
  /// Where the result goes: the directory asked for, or one of its own for this run.
  func resultPath(_ scenarioName: String, started: Int64) -> String {
    if let given = options.given(.output) { return given.text }
    let run = "\(UTCTime(started).stamp)-\(surroundings.processIdentifier)"
    return "\(runsDirectory(scenarioName))/\(run)"
  }

  /// Where the results of a scenario go that have no place of their own.
  func runsDirectory(_ scenarioName: String) -> String { "Results/runs/\(scenarioName)" }

  /// How much of a summary is printed: `--short`, `--full` or neither.
  func summaryExtent() throws(Failure) -> SummaryTable.Extent {
    switch (try options.isSet(.short), try options.isSet(.full)) {
    case (true, true): throw options.usage("--short and --full exclude each other; give one")
    case (true, false): .short
    case (false, true): .full
    case (false, false): .usual
    }
  }

  /// Whether tables have colours: as asked for, else on a terminal that has them, unless `NO_COLOR`
  /// is set.
  func usesColor() throws(Failure) -> Bool {
    switch try options.choice(.color, default: When.auto) {
    case .always: true
    case .never: false
    case .auto:
      surroundings.output.isTerminal && surroundings.environment["TERM"] != "dumb"
        && (surroundings.environment["NO_COLOR"] ?? "").isEmpty
    }
  }

  /// Starts the directory of a result.
  func open(_ target: String) throws(Failure) -> ResultDirectory {
    do throws(OutputError) {
      return try ResultDirectory(path: surroundings.resolved(target))
    } catch {
      var failure = Failure(error)
      if options.given(.output) == nil {
        failure = Failure(failure.code, failure.lines + ["use --output DIR for another place"])
      }
      throw failure
    }
  }

  /// What is known of the machine and of this command, but not what its simulation took.
  ///
  /// - Parameters:
  ///   - started: by the wall clock.
  ///   - start: by the monotonic clock.
  func environment(started: Int64, start: Int64) -> RunEnvironment {
    let machine = surroundings.machine
    let memory = machine.memory()
    var environment = RunEnvironment()
    environment.startedAt = UTCTime(started).iso8601
    environment.totalSeconds = Double(surroundings.monotonicClock() - start) / 1e9
    environment.cores = machine.cores
    environment.operatingSystem = machine.operatingSystem
    environment.swiftVersion = machine.swiftVersion
    environment.libraries = machine.libraries
    environment.allocatedBytes = memory.allocated
    environment.residentBytes = memory.resident
    environment.peakResidentBytes = memory.peakResident
    environment.commandLine = ["settlesim"] + surroundings.arguments.compactMap { $0 }
    return environment
  }
}

extension Context {
  /// What a run took on this machine.
  ///
  /// - Parameters:
  ///   - elapsed: real time of the simulation proper, nanoseconds.
  ///   - started: when the command began, by the wall clock.
  ///   - start: the same by the monotonic clock.
  func environment(
    _ result: RunResult, threads: Int, elapsed: Int64, started: Int64, start: Int64
  ) -> RunEnvironment {
    var environment = environment(started: started, start: start)
    environment.take(
      elapsed: elapsed, payments: result.metrics["payments.accepted"] ?? 0,
      transfers: result.metrics["transfers.accepted"] ?? 0,
      events: result.identity.eventCount)
    environment.threads = threads
    return environment
  }
}

extension RunEnvironment {
  /// Takes note of what the simulation itself took, nanoseconds, and of its rates.
  mutating func take(elapsed: Int64, payments: Double, transfers: Double, events: Int) {
    wallSeconds = Double(elapsed) / 1e9
    let rate = 1 / max(wallSeconds, 1e-9)
    paymentsPerSecond = payments * rate
    transfersPerSecond = transfers * rate
    eventsPerSecond = Double(events) * rate
  }
}
