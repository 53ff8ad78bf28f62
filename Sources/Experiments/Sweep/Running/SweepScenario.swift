import Declared
import Text
import Interbank
import Reporting
import Scenario
import Simulator
import Synchronization

/// The scenario of a sweep, from which that of every point is made.
public struct SweepScenario: Sendable {
  /// The file's bytes.
  public var source: [UInt8]
  /// The file, as in messages; a trace stands relative to it.
  public var file: String
  /// What `settlement` may choose from.
  public var strategies: [StrategyDeclaration]
  /// The sweep.
  public var definition: SweepDefinition

  /// The scenario of `definition`, read from `file`.
  public init(
    source: [UInt8], file: String, strategies: [StrategyDeclaration], definition: SweepDefinition
  ) {
    self.source = source
    self.file = file
    self.strategies = strategies
    self.definition = definition
  }

  /// The scenario of a point. Messages name the variation that a bad value comes from.
  func load(_ point: SweepPoint) throws(ScenarioError) -> LoadedScenario {
    try LoadedScenario.load(
      source, file: file,
      overrides: Self.overrides(
        definition.overrides, axes: definition.grid.axes, values: point.values,
        seed: point.seed),
      strategies: strategies, modes: SettlementModeRegistry.declarations,
      figures: MetricCatalog.figures)
  }

  /// What replaces values of the scenario, the seed first.
  static func overrides(
    _ common: [SettingOverride], axes: [SweepGrid.Axis], values: [String], seed: UInt64
  ) -> [ScenarioOverride] {
    [ScenarioOverride(path: "seed", value: "\(seed)", origin: .flag("--seeds"))]
      + common.map { ScenarioOverride(path: $0.path, value: $0.value) }
      + zip(axes, values).map {
        ScenarioOverride(path: $0.path, value: $1, origin: .flag("--vary \($0.path)"))
      }
  }

  /// Checks every combination of values as a run of it would, on several threads. Points that
  /// differ only by their seeds are one combination: any seed is valid.
  ///
  /// - Throws: `.refused` or `.missing` with up to 20 problems, each with the first point that has
  ///   it; or where points would report money in different currencies, naming two of them. Nothing
  ///   was run or written.
  public func validate(threads: Int) throws(SweepError) {
    let problems = Mutex<[Problem]>([])
    let currencies = Mutex<[Int: String]>([:])
    let grid = definition.grid
    Workers.run(threads: threads, count: grid.combinationCount) { combination in
      let point = grid.point(combination * grid.seeds.count + 1)
      let found = self.problems(of: point) { currency in
        currencies.withLock { $0[point.number] = currency }
      }
      if !found.isEmpty { problems.withLock { $0 += found } }
    }
    let found = problems.withLock { $0 }.sorted { ($0.point, $0.order) < ($1.point, $1.order) }
    guard let first = found.first else {
      return try checkUnits(currencies.withLock { $0.sorted { $0.key < $1.key } })
    }
    var order: [String] = []
    var points: [String: [Int]] = [:]
    for problem in found {
      if points[problem.text] == nil { order.append(problem.text) }
      points[problem.text, default: []].append(problem.point)
    }
    var lines = order.prefix(ScenarioError.problemLimit).map { text in
      let numbers = points[text] ?? []
      let others = numbers.count > 1 ? ", and \(numbers.count - 1) more" : ""
      let label = definition.label(of: grid.point(numbers[0]))
      return "point \(numbers[0]) (\(visible(label)))\(others): \(text)"
    }
    if order.count > lines.count { lines.append("and \(order.count - lines.count) more") }
    throw SweepError(first.kind, lines)
  }

  /// All points report in one currency, or their figures could not stand in one table.
  private func checkUnits(_ currencies: [(key: Int, value: String)]) throws(SweepError) {
    let sides = currencies.map { number, currency in
      let label = visible(definition.label(of: definition.grid.point(number)))
      return (name: "point \(number) (\(label))", currency: currency)
    }
    let refusal = MixedUnits.refusal(
      sides, remedy: "do not vary `costs.currency`; a sweep for each currency can be made")
    if let refusal { throw SweepError(.refused, refusal) }
  }

  private struct Problem {
    var point: Int
    var order: Int
    var text: String
    var kind: SweepError.Kind
  }

  private func problems(of point: SweepPoint, currency: (String) -> Void) -> [Problem] {
    func problems(_ text: String, _ exitCode: Int32) -> [Problem] {
      text.split(separator: "\n").enumerated().map {
        Problem(
          point: point.number, order: $0.offset, text: String($0.element),
          kind: exitCode == SweepError.Kind.missing.rawValue ? .missing : .refused)
      }
    }
    do {
      let scenario = try load(point)
      _ = try ScenarioRun(scenario)
      currency(scenario.settings.costs.currency.code)
      return []
    } catch let error as ScenarioError {
      return problems(error.description, error.exitCode)
    } catch let error as RunError {
      return problems(error.description, error.exitCode)
    } catch { return problems("\(error)", SweepError.Kind.refused.rawValue) }
  }
}
