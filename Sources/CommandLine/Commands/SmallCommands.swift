import Host
import Text
import Money
import Reporting
import Scenario

extension Command {
  static let validate = Command(
    "validate", "Checks scenarios as `run` would, without running them.",
    operands: Operands("SCENARIO...", 1...Int.max, .scenarios),
    flags: [.resolved, .seed, .set, .gate, .format, .quiet],
    examples: ["validate my-day.yaml", "validate Scenarios/*.yaml", "validate --resolved smoke"],
    details:
      """
      Problems are told on standard error, each on a line: file:line:column: key: what was expected.
      """,
    endings: [.refusedInput, .missingFile],
    run: { context throws(Failure) in try context.validate() })

  static let schema = Command(
    "schema", "Prints the JSON Schema of scenario files.",
    examples: ["schema > schema.json"],
    details:
      """
      Editors use it for completion and checks: a scenario names it in its first line, as in
        # yaml-language-server: $schema=schema.json
      """,
    run: { context throws(Failure) in try context.schema() })

  static let version = Command(
    "version", "Prints the version of settlesim and of what it is built on.",
    examples: ["version"],
    run: { context throws(Failure) in try context.version() })

  static let help = Command(
    "help", "Explains a command.",
    operands: Operands("[COMMAND]", 0...2, .commands),
    examples: ["help run"],
    run: { context throws(Failure) in try context.help() })
}

extension Flag {
  static let resolved = Flag("resolved", .toggle, "Prints every value with what gave it.")
}

extension Context {
  func schema() throws(Failure) -> ExitCode {
    try console.write(NewCommand.schema)
    return .passed
  }

  func version() throws(Failure) -> ExitCode {
    try console.write(VersionText.text(surroundings.machine))
    return .passed
  }

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
    let isJSON = [.json, .ndjson].contains(format) && !isResolved
    var code = ExitCode.passed
    var verdicts: [CanonicalJSON] = []
    for operand in operands {
      do throws(Failure) {
        let scenario = try load(operand, overrides: overrides)
        _ = try prepare(scenario)
        verdicts.append(Self.verdict(operand, nil))
        if isResolved {
          try console.write(resolved(scenario, format))
        } else if !console.isQuiet, !isJSON {
          try console.write("\(visible(scenario.file)): valid\n")
        }
      } catch {
        guard error.code != .cannotWrite else { throw error }
        verdicts.append(Self.verdict(operand, error))
        for line in error.lines { console.tell(line) }
        if code == .passed { code = error.code }
      }
    }
    if format == .json, isJSON { try console.write(CanonicalJSON.array(verdicts).encoded()) }
    if format == .ndjson, isJSON {
      try console.write(verdicts.map { $0.encodedLine() + "\n" }.joined())
    }
    return code
  }

  /// What is said of a scenario for machines: whether it is valid, else each problem and its place.
  private static func verdict(_ operand: String, _ failure: Failure?) -> CanonicalJSON {
    func problem(_ problem: ScenarioProblem) -> CanonicalJSON {
      let hasPlace = problem.position.line > 0
      return [
        "place": .string("\(problem.position)"),
        "line": hasPlace ? .int(problem.position.line) : .null,
        "column": hasPlace ? .int(problem.position.column) : .null,
        "key": .string(problem.path),
        "message": .string(problem.message),
      ]
    }
    func words(_ line: String) -> CanonicalJSON {
      ["place": .null, "line": .null, "column": .null, "key": "", "message": .string(line)]
    }
    let problems = failure.map {
      $0.problems.isEmpty ? $0.lines.map(words) : $0.problems.map(problem)
    }
    return [
      "scenario": .string(operand),
      "valid": .boolean(failure == nil),
      "problems": .array(problems ?? []),
    ]
  }

  private func resolved(_ scenario: LoadedScenario, _ format: SummaryFormat) -> String {
    guard format != .table else {
      return TextTable.aligned(
        scenario.resolved().map { [$0.path, $0.value, "\($0.position)"].map(visible) },
        widths: [44, 14])
    }
    var listing = Listing("path", "value", "origin")
    for value in scenario.resolved() {
      listing.add(value.path, value.value, "\(value.position)")
    }
    return listing.render(format)
  }
}
