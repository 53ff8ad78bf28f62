/// Help: examples first, then the rules.
enum HelpText {
  /// What stands without a command.
  static var overview: String {
    let width = Command.allCases.map { $0.name.count }.max() ?? 0
    let commands = Command.allCases.map { "  \(padded($0.name, width))  \($0.summary)" }
    return """
      settlesim simulates a payment processor and its settlement, deterministically: the same
      scenario and seed give the same bytes on every machine and any number of threads.

      Examples
        settlesim list scenarios
        settlesim run smoke
        settlesim help run

      Commands
      \(commands.joined(separator: "\n"))

      `settlesim help COMMAND` or `settlesim COMMAND --help` tells more.
      """
  }

  /// The help of one command.
  static func text(_ command: Command) -> String {
    var sections = ["settlesim \(command.name): \(command.summary)"]
    sections.append(section("Examples", command.examples.map { "settlesim " + $0 }))
    let operands = command.operands.text.isEmpty ? "" : " " + command.operands.text
    sections.append(section("Usage", ["settlesim \(command.name)\(operands) [FLAG...]"]))
    if !command.details.isEmpty { sections.append(command.details) }
    sections.append(section("Flags", command.flags.flatMap(lines)))
    let variables = command.flags.compactMap(\.variable)
    if !variables.isEmpty {
      sections.append(
        section(
          "Environment",
          [
            "A flag outranks its variable, and that the scenario and the defaults:",
            wrapped(variables),
          ]))
    }
    sections.append(section("Exit codes", command.endings.map(line)))
    return sections.joined(separator: "\n\n") + "\n"
  }

  private static func section(_ title: String, _ lines: [String]) -> String {
    ([title] + lines.map { "  " + $0 }).joined(separator: "\n")
  }

  /// A flag on lines of at most 100 columns.
  private static func lines(_ flag: Flag) -> [String] {
    let usage = flag.placeholder.map { "\(flag.spelling) \($0)" } ?? flag.spelling
    let summary = flag.summary.split(separator: "\n").map(String.init)
    let width = 24
    var lines: [String] = []
    if usage.count > width {
      lines.append(usage)
    } else {
      lines.append(padded(usage, width) + "  " + summary[0])
    }
    for line in summary.dropFirst(usage.count > width ? 0 : 1) {
      lines.append(padded("", width) + "  " + line)
    }
    return lines
  }

  private static func line(_ ending: Ending) -> String {
    padded("\(ending.code.number)", 5) + ending.meaning
  }

  private static func wrapped(_ words: [String]) -> String {
    var lines = [""]
    for word in words {
      if lines[lines.count - 1].count + word.count > 90 { lines.append("") }
      let isFirst = lines[lines.count - 1].isEmpty
      lines[lines.count - 1] += (isFirst ? "" : " ") + word
    }
    return lines.joined(separator: "\n  ")
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
