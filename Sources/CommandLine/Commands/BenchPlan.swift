import Text
import Glibc
import Reporting
import Scenario

/// What `bench` compares; both parts unless told otherwise.
enum BenchPart: String, CaseIterable, Sendable { case virtual, speed }

/// Which shipped scenarios `bench` takes when none is named.
enum BenchSize {
  /// A second or so of work.
  static let small = 100_000
  /// With `--all`: what a machine of a few GiB does in a minute. Anything larger must be named.
  static let all = 10_000_000
  /// Bytes of a trace taken for one payment.
  private static let bytesPerRow = 50

  /// Payments that a scenario sends, roughly.
  static func payments(_ scenario: LoadedScenario) -> Int {
    switch scenario.settings.workload.source {
    case .generated(let workload):
      switch workload.volume {
      case .payments(let count): return count
      case .rate(let rate):
        let seconds = Double(scenario.settings.time.duration.nanoseconds) / 1e9
        return Int(min(rate * seconds, 1e15))
      }
    case .trace:
      var status = stat()
      guard let path = scenario.tracePath, stat(path, &status) == 0 else { return 0 }
      return Int(status.st_size) / bytesPerRow
    }
  }
}

extension Context {
  /// The scenarios that `bench` is to run: those named, or the shipped ones of the right size.
  func benchScenarios() throws(Failure) -> [(operand: String, scenario: LoadedScenario)] {
    let names = operands.isEmpty ? ShippedScenarios.names(surroundings) : operands
    let limit =
      !operands.isEmpty
      ? Int.max : try options.isSet(.all) ? BenchSize.all : BenchSize.small
    var scenarios: [(operand: String, scenario: LoadedScenario)] = []
    for name in names {
      let scenario = try load(name, overrides: [])
      guard BenchSize.payments(scenario) <= limit else { continue }
      guard scenario.settings.name != BenchSpeed.name else {
        throw Failure(
          .badInput,
          "settlesim: \(visible(name)): a scenario called `\(BenchSpeed.name)` has no baseline: "
            + "\(BenchSpeed.name).json is that of the simulator's speed; give it another name")
      }
      let other = scenarios.first { $0.scenario.settings.name == scenario.settings.name }
      guard other == nil else {
        throw options.usage("two scenarios are called \(quoted(scenario.settings.name))")
      }
      scenarios.append((name, scenario))
    }
    guard !scenarios.isEmpty else {
      throw Failure(
        .missingFile,
        "settlesim: no scenario to compare in the directory \(ShippedScenarios.directory); "
          + "name one")
    }
    return scenarios
  }
}
