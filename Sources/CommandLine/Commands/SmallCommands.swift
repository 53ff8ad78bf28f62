import Host
import Text
import Money
import Reporting
import Scenario

extension Context {
  func help() throws(Failure) -> ExitCode {
    guard !operands.isEmpty else {
      try console.write(HelpText.overview + "\n")
      return .passed
    }
    let name = operands.joined(separator: " ")
    try console.write(HelpText.text(try Command.named(name)))
    return .passed
  }

  /// Checks every scenario as `run` would; the first failure decides the exit code.
  func validate() throws(Failure) -> ExitCode {
    let isResolved = try options.isSet(.resolved)
    let format = try options.choice(.format, default: SummaryFormat.table)
    let overrides = try options.overrides()
    guard operands.count == 1 || !isResolved else {
      throw options.usage("--resolved shows one scenario at a time")
    }
    var code = ExitCode.passed
    for operand in operands {
      do throws(Failure) {
        let scenario = try load(operand, overrides: overrides)
        _ = try prepare(scenario)
        if isResolved {
          try console.write(resolved(scenario, format))
        } else if !console.isQuiet {
          try console.write("\(visible(scenario.file)): valid\n")
        }
      } catch {
        guard error.code != .cannotWrite else { throw error }
        for line in error.lines { console.tell(line) }
        if code == .passed { code = error.code }
      }
    }
    return code
  }

  private func resolved(_ scenario: LoadedScenario, _ format: SummaryFormat) -> String {
    var listing = Listing("path", "value", "origin")
    for value in scenario.resolved() {
      listing.add(value.path, value.value, "\(value.position)")
    }
    return listing.render(format)
  }

  /// Writes the template to `NAME.yaml`, or to standard output for `-`.
  func new() throws(Failure) -> ExitCode {
    let operand = operands[0]
    if operand == "-" {
      try console.write(ScenarioTemplate.text(name: "new-scenario"))
      return .passed
    }
    let slash = operand.lastIndex(of: "/")
    var name = String(slash.map { operand[operand.index(after: $0)...] } ?? operand[...])
    for suffix in [".yaml", ".yml"] where name.hasSuffix(suffix) {
      name.removeLast(suffix.count)
    }
    let text = ScenarioTemplate.text(name: name)
    do throws(ScenarioError) {
      _ = try LoadedScenario.load(
        Array(text.utf8), file: operand, strategies: strategyDeclarations, modes: modeDeclarations,
        figures: figureDeclarations)
    } catch {
      throw options.usage(
        "expected a name of letters, digits, - and _, found \(quoted(name))")
    }
    let directory = slash.map { String(operand[...$0]) } ?? ""
    let isNamed = operand.hasSuffix(".yaml") || operand.hasSuffix(".yml")
    let path = isNamed ? operand : directory + name + ".yaml"
    do throws(OutputError) {
      try OutputFile(path: surroundings.resolved(path), policy: .refuse).publish(text)
    } catch { throw Failure(error) }
    console.note("wrote \(visible(path)); run it with `settlesim run \(shellQuoted(path))`")
    return .passed
  }
}
