extension Command {
  /// Command lines to copy, without the program's name.
  var examples: [String] {
    switch self {
    case .run:
      [
        "run smoke",
        "run Scenarios/standard-day.yaml --threads 2 --output day",
        "run smoke --seed 7 --set authorization.retries=0",
        "run smoke --format json --quiet > summary.json",
        "run my-day.yaml --export html=report.html --dry-run",
      ]
    case .validate:
      ["validate my-day.yaml", "validate Scenarios/*.yaml", "validate --resolved smoke"]
    case .replay: ["replay day", "replay day --threads 1 --suspension continuation"]
    case .schema: ["schema > schema.json"]
    case .new: ["new my-day", "new Scenarios/my-day.yaml", "new - > my-day.yaml"]
    case .list: ["list", "list strategies", "list metrics --format csv"]
    case .version: ["version"]
    case .help: ["help run"]
    }
  }

  /// What examples and flags do not tell.
  var details: String {
    switch self {
    case .run:
      """
      SCENARIO is a file, or the name of one in the directory Scenarios. The summary goes to
      standard output, all else to standard error. The result is a directory with summary.json,
      report.html, CSV files, manifest.json (all the same in every run) and environment.json (time,
      machine, memory). Ctrl-C ends the run at its next window; the result then says that it is
      incomplete. A second Ctrl-C ends at once and leaves no result.
      """
    case .validate:
      """
      Problems are told on standard error, each on a line: file:line:column: key: what was expected.
      """
    case .replay:
      """
      RESULT_DIR is the result of a run. Scenario, seed and overrides come from its manifest.json.
      Files that the scenario read are looked for beside the scenario that was run, in the working
      directory and in Scenarios, and taken only if their SHA-256 is that of the run.
      """
    case .new:
      """
      Writes NAME.yaml, or to standard output where NAME is `-`. A file that exists is kept.
      """
    case .list: "\(listed)"
    case .schema:
      """
      Editors use it for completion and checks: a scenario names it in its first line, as in
      # yaml-language-server: $schema=schema.json
      """
    case .version, .help: ""
    }
  }

  private var listed: String {
    let width = ListKind.allCases.map { $0.rawValue.count }.max() ?? 0
    let lines = ListKind.allCases.map { kind in
      "  " + kind.rawValue + String(repeating: " ", count: width - kind.rawValue.count + 2)
        + kind.summary
    }
    return (["Lists"] + lines).joined(separator: "\n")
  }

  /// The codes the command can end with.
  var exitCodes: [String] {
    let all: [(codes: [Command], text: String)] = [
      ([.run, .validate, .replay, .schema, .new, .list, .version, .help], "0    all is well"),
      ([.run, .replay], "1    a fault of settlesim itself"),
      (
        [.run, .validate, .replay, .schema, .new, .list, .version, .help],
        "64   the command line cannot be understood"
      ),
      ([.run, .validate, .replay], "65   a scenario, trace or manifest is refused"),
      ([.run, .validate, .replay], "66   a file is missing"),
      (
        [.run, .validate, .replay, .schema, .new, .list, .version, .help],
        "74   an output could not be written"
      ),
      ([.run], "96   an invariant broke; the last line is the command that shows it again"),
      ([.replay], "97   the replay gave other bytes"),
      ([.run], "99   a threshold of the scenario was missed"),
      ([.run, .replay], "130  stopped by SIGINT; 143 by SIGTERM"),
    ]
    return all.filter { $0.codes.contains(self) }.map(\.text)
  }
}
