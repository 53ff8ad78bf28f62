import Experiments
import Glibc
import Host
import Reporting
import Scenario
import Text

extension Command {
  static let diff = Command(
    "diff", "Says what changed from one result to another, worst first.",
    operands: Operands("BEFORE AFTER", 2...2, .directories),
    flags: [
      .tolerance, .ignore, .failOnWorse, .baselines, .full, .exportFindings, .format, .quiet,
    ],
    examples: [
      "diff last-week today", "diff Results/runs/smoke/latest baseline",
      "diff last-week latest --gate --tolerance 0.5% --ignore 'latency.*'",
      "diff last-week today --format markdown > comment.md",
    ],
    details:
      """
      BEFORE and AFTER are directories of results, or files of baselines. `latest` is the latest run
      of the other's scenario without --output, `baseline` its baseline. First comes what was run
      that differs (scenario, settings, seed, files, arrivals, versions), then each figure that
      moved with its size, worst first, findings, money and times before counts. A figure is better
      or worse by its direction in `list metrics`, else by what its name says, or merely changed.
      One run against one is no proof that a difference is more than chance: `compare --results` is
      for paired seeds. --export takes junit, github, markdown, json and csv.
      """,
    endings: [
      Ending(.badInput, "a result or baseline is refused, or the two are in two currencies"),
      .missingFile, Ending(.regression, "something got worse, and --gate was given"),
    ],
    run: { context throws(Failure) in try DiffCommand(context).run() })
}

extension Flag {
  static let tolerance = Flag(
    "tolerance", .text("[PATTERN=]PERCENT"), isRepeatable: true,
    """
    Leaves out what moved by no more than this: 1%, or cost.*=0.5% for the
    figures of that name; repeatable, the last that fits counts.
    """)
  static let ignore = Flag(
    "ignore", .text("PATTERN"), isRepeatable: true,
    "Leaves out the figures of that name, * for any letters; repeatable.")
  /// `--gate` of a command that judges nothing else.
  static let failOnWorse = Flag("gate", .toggle, "Ends with 98 where a figure got worse.")
}

/// `settlesim diff`: what changed from one result to another.
///
/// 1. Flags are checked, both sides are read: their files must be those of their manifests.
/// 2. Exports are opened.
/// 3. What was run is compared, then every figure.
/// 4. Exports are written, the difference is printed.
/// 5. The exit code: 0, or with --gate 98 where something got worse.
struct DiffCommand {
  /// Words for results that the other operand's scenario tells.
  private static let (latest, baseline) = ("latest", "baseline")

  private let context: Context
  private var console: Console { context.console }

  init(_ context: Context) { self.context = context }

  func run() throws(Failure) -> ExitCode {
    let format = try context.options.choice(.format, default: SummaryFormat.table)
    let isGate = try context.options.isSet(.failOnWorse)
    let isFull = try context.options.isSet(.full)
    let rules = try rules()
    let requests = try context.exportRequests()
    let (before, after) = try sides()
    if let refusal = ResultDiff.refusal(before, after) {
      throw Failure(.badInput, "settlesim: \(refusal)")
    }
    let diff = ResultDiff(before, after, rules: rules)
    warn(rules, diff)
    try context.check(
      requests, inputs: context.operands.map(context.surroundings.resolved), target: nil)
    let exports = try Exports(requests, context.surroundings)
    let failures = exports.publish(diff.rendered)
    try console.write(
      exports.output(or: diff.rendered(as: format, table: diff.table(isFull: isFull))) {
        diff.rendered(as: $0)
      })
    for line in failures.flatMap(\.lines) { console.tell(line) }
    return failures.first?.code ?? (isGate && diff.isWorse ? .regression : .passed)
  }

  // MARK: rules

  private func rules() throws(Failure) -> DiffRules {
    var rules = DiffRules(ignored: context.options.values(.ignore))
    for text in context.options.values(.tolerance) {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let pattern = parts.count == 2 ? String(parts[0]) : "*"
      guard !pattern.isEmpty, let share = CompareOptions.percentage(String(parts[parts.count - 1]))
      else {
        throw context.options.usage(
          "--tolerance: expected a percentage above 0 and up to 100, such as 1% or cost.*=0.5%, "
            + "found \(quoted(text))")
      }
      rules.tolerances.append(DiffRules.Tolerance(pattern: pattern, share: share))
    }
    return rules
  }

  /// A pattern that names no figure may be a slip, which would let a gate look away.
  private func warn(_ rules: DiffRules, _ diff: ResultDiff) {
    let names = Set(diff.before.record.figures.keys).union(diff.after.record.figures.keys)
    for pattern in rules.ignored + rules.tolerances.map(\.pattern) {
      guard !names.contains(where: { DiffRules.matches($0, pattern) }) else { continue }
      let hint = pattern.contains("*") ? "" : hint(pattern, names.sorted())
      console.tell("settlesim: no figure is called \(quoted(pattern))\(hint)")
    }
  }

  // MARK: sides

  private func sides() throws(Failure) -> (DiffSide, DiffSide) {
    let operands = context.operands
    let words = [Self.latest, Self.baseline]
    if operands.allSatisfy(words.contains) {
      throw context.options.usage(
        "expected a result or a baseline beside \(quoted(operands[0])): \(quoted(operands[1])) "
          + "does not say of which scenario")
    }
    if words.contains(operands[0]) {
      let after = try read(operands[1])
      return (try read(operands[0], like: after), after)
    }
    let before = try read(operands[0])
    let isWord = words.contains(operands[1])
    return (before, isWord ? try read(operands[1], like: before) : try read(operands[1]))
  }

  /// The result that a word stands for, of the scenario of the other side.
  private func read(_ word: String, like other: DiffSide) throws(Failure) -> DiffSide {
    let scenario = other.record.scenario
    if word == Self.latest {
      let path = context.runsDirectory(scenario) + "/" + LatestResult.name
      guard (try? Posix.status(context.surroundings.resolved(path))) ?? nil != nil else {
        throw Failure(
          .missingFile,
          "settlesim: \(visible(path)): no such result; a run of \(quoted(scenario)) without "
            + "--output leaves it")
      }
      return try read(path)
    }
    let name = BaselineDirectory(context).path + "/" + scenario + ".json"
    return try read(name)
  }

  private func read(_ operand: String) throws(Failure) -> DiffSide {
    let path = context.surroundings.resolved(operand)
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw Failure(
        .missingFile, "settlesim: \(visible(operand)): no such result and no such baseline")
    }
    guard status.isDirectory else {
      do throws(BaselineError) {
        return DiffSide(operand, try ResultBaseline(readingFrom: path))
      } catch { throw Failure(.badInput, "settlesim: \(error)") }
    }
    let manifest: ResultManifest
    do throws(ResultReadError) { manifest = try ResultManifest(readingFrom: path) } catch {
      throw Failure(
        .badInput,
        "settlesim: \(visible(operand)): expected the result of a run: \(error)")
    }
    let record: ResultBaseline
    do throws(StoredSampleError) { record = try ResultBaseline(resultIn: path, manifest) } catch {
      throw Failure(.badInput, "settlesim: \(error)")
    }
    var settings: [String: String]?
    do throws(ScenarioError) {
      settings = RecordedScenario.settings(
        try RecordedScenario.load(manifest.identity, file: manifest.identity.scenarioReference))
    } catch {
      console.tell(
        "settlesim: \(visible(operand)): this settlesim refuses its scenario; its settings are "
          + "not compared")
    }
    return DiffSide(operand, record, settings: settings)
  }
}
