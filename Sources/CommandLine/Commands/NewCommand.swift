import Glibc
import Host
import Reporting
import Scenario
import Text

extension Command {
  static let new = Command(
    "new", "Writes a commented scenario to start from.",
    operands: Operands("NAME", 1...1),
    examples: ["new my-day", "new Scenarios/my-day.yaml", "new - > my-day.yaml"],
    details:
      """
      Writes NAME.yaml, or to standard output where NAME is `-`. A file that exists is kept. Beside
      it stands schema.json, which its first line names: editors complete and check by it.
      """,
    run: { context throws(Failure) in try NewCommand(context).run() })
}

/// `settlesim new`: a commented scenario, and beside it the schema that its first line names, so
/// that editors complete and check it.
struct NewCommand {
  private let context: Context

  init(_ context: Context) { self.context = context }

  /// The schema of scenario files.
  static var schema: String {
    ScenarioSchema.json(
      strategies: strategyDeclarations, modes: modeDeclarations, figures: figureDeclarations)
  }

  /// Writes the template to `NAME.yaml`, or to standard output for `-`.
  func run() throws(Failure) -> ExitCode {
    let operand = context.operands[0]
    if operand == "-" {
      try context.console.write(ScenarioTemplate.text(name: "new-scenario"))
      return .passed
    }
    let slash = operand.lastIndex(of: "/")
    var name = String(slash.map { operand[operand.index(after: $0)...] } ?? operand[...])
    for suffix in [".yaml", ".yml"] where name.hasSuffix(suffix) {
      name.removeLast(suffix.count)
    }
    let directory = slash.map { String(operand[...$0]) } ?? ""
    let schema = schemaName(in: directory)
    let text = ScenarioTemplate.text(name: name, schema: schema)
    do throws(ScenarioError) {
      _ = try LoadedScenario.load(
        Array(text.utf8), file: operand, strategies: strategyDeclarations, modes: modeDeclarations,
        figures: figureDeclarations)
    } catch {
      throw context.options.usage(
        "expected a name of letters, digits, - and _, found \(quoted(name))")
    }
    let isNamed = operand.hasSuffix(".yaml") || operand.hasSuffix(".yml")
    let path = isNamed ? operand : directory + name + ".yaml"
    do throws(OutputError) {
      let scenario = try OutputFile(
        path: context.surroundings.resolved(path), policy: .refuse)
      try OutputFile(
        path: context.surroundings.resolved(directory + schema), policy: .replace
      ).publish(Self.schema)
      try scenario.publish(text)
    } catch { throw Failure(error) }
    context.console.note(
      "wrote \(visible(path)) and \(visible(directory + schema)) for editors; run it with "
        + "`settlesim run \(shellQuoted(path))`")
    return .passed
  }

  /// What the schema is called in `directory`: `schema.json`, unless a file of that name is
  /// something else.
  private func schemaName(in directory: String) -> String {
    let place = context.surroundings.resolved(directory + "schema.json")
    guard access(place, F_OK) == 0 else { return "schema.json" }
    let bytes = (try? RegularFile.read(place, limit: 16 << 20)) ?? []
    let isOwn = String(decoding: bytes, as: UTF8.self).contains("\"\(ScenarioSchema.title)\"")
    return isOwn ? "schema.json" : "settlesim-schema.json"
  }
}
