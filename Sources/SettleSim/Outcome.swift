internal import Host
internal import Reporting
internal import Simulator

/// What a run came to. Everything of it but `threads` is the same on every machine.
public struct Outcome: Sendable {
  private let inner: Inner<RunOutcome>
  private var outcome: RunOutcome { inner.value }
  /// The threads that were asked for.
  public let threads: Int

  init(_ outcome: RunOutcome, threads: Int) {
    inner = Inner(outcome)
    self.threads = threads
  }

  /// How a run ended, from best to worst.
  public enum Verdict: String, Sendable, CaseIterable {
    /// It came to its end, all thresholds held.
    case passed
    /// All thresholds held, and a service level was missed that decides.
    case levelMissed = "level_missed"
    /// A threshold of the scenario was missed.
    case thresholdMissed = "threshold_missed"
    /// Payments or transfers were still open when time was up after the last arrival.
    case notAtRest = "not_at_rest"
    /// An invariant of the simulated world broke: `problems` names it, and no figure is to be
    /// relied on.
    case invariantViolated = "invariant_violated"
    /// It was stopped before its end.
    case interrupted
  }

  /// The forms of a summary.
  public enum Format: String, Sendable, CaseIterable {
    /// Tables for a person.
    case table
    /// The document of `summary.json`.
    case json
    /// A JSON object a line.
    case ndjson
    /// `section,name,field,value`.
    case csv
    /// Tables in Markdown.
    case markdown
  }

  /// How it ended.
  public var verdict: Verdict {
    guard let verdict = Verdict(rawValue: outcome.result.verdict.rawValue) else {
      preconditionFailure("the verdict \(outcome.result.verdict) is none of SettleSim")
    }
    return verdict
  }

  /// Whether it went to its natural end; figures of any other cover what was reached.
  public var isComplete: Bool { outcome.result.isComplete }

  /// What is wrong with the run or its scenario, one line each: a broken invariant, a threshold on
  /// what was never measured, what did not come to rest.
  public var problems: [String] { (outcome.breach.map { ["\($0)"] } ?? []) + outcome.errors }

  /// Over every event of the run with its amounts, 16 hexadecimal digits: equal for equal runs.
  public var digest: String { outcome.result.identity.digestHex }

  /// Every figure that was measured, in the order of reading.
  public var figures: [Figure] {
    outcome.result.figures.compactMap { declared in
      outcome.result.metrics[declared.name].map { Figure(declared, $0) }
    }
  }

  /// The value of a figure, in its unit; nil where it was not measured or there is none of this
  /// name. `settlesim list metrics` names them all.
  public subscript(name: String) -> Double? { outcome.result.metrics[name] }

  /// The summary.
  public func summary(_ format: Format = .table) -> String {
    guard let form = SummaryFormat(rawValue: format.rawValue) else {
      preconditionFailure("the form \(format) is none of summaries")
    }
    return form.render(outcome.result)
  }

  /// The report: one page of HTML that needs nothing but itself.
  public var report: String { HTMLReport.render(outcome.result) }

  /// Writes the result as `settlesim run --output` does: summary, report, tables as CSV, and a
  /// manifest by which `settlesim replay` proves it. A former result there is replaced; anything
  /// else is left alone and refused.
  ///
  /// - Parameter directory: its path; directories above it are made.
  /// - Returns: where it stands: an incomplete result does not replace a complete one and goes
  ///   beside it.
  /// - Throws: `SimulationError` of the kind `.cannotWrite`; nothing has changed then.
  @discardableResult
  public func write(to directory: String) throws(SimulationError) -> String {
    var environment = RunEnvironment()
    environment.threads = threads
    do throws(OutputError) {
      let target = try ResultDirectory(path: directory)
      do throws(OutputError) {
        for file in outcome.files { try target.write(file.name, file.bytes) }
      } catch {
        target.abandon()
        throw error
      }
      return try target.publish(outcome.result, environment: environment)
    } catch { throw SimulationError(error) }
  }
}
