import Reporting

/// Help on 80 columns: examples first, then the rules.
enum HelpText {
  /// What stands without a command.
  static var overview: String {
    let width = Command.allCases.map { $0.name.count }.max() ?? 0
    let commands = Command.allCases.map { definition($0.name, $0.summary, width: width) }
    return """
      settlesim simulates a payment processor and its settlement, deterministically:
      the same scenario and seed give the same bytes on every machine and any number
      of threads.

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
    var sections = [TextTable.flowed("settlesim \(command.name): \(command.summary)")]
    sections.append(section("Examples", command.examples.flatMap(example)))
    let operands = command.operands.text.isEmpty ? "" : " " + command.operands.text
    sections.append(section("Usage", ["settlesim \(command.name)\(operands) [FLAG...]"]))
    if !command.details.isEmpty { sections.append(TextTable.flowed(command.details)) }
    let flags = command.flags.map { flag in
      definition(
        flag.placeholder.map { "\(flag.spelling) \($0)" } ?? flag.spelling, flag.summary, width: 24)
    }
    sections.append((["Flags"] + flags).joined(separator: "\n"))
    let variables = command.flags.compactMap(\.variable)
    if !variables.isEmpty {
      sections.append(
        section(
          "Environment", ["A flag outranks its variable, and that the scenario and the defaults:"])
          + "\n" + TextTable.paragraph(variables.joined(separator: " "), indent: 2))
    }
    let endings = command.endings.map { definition("\($0.code.number)", $0.meaning, width: 3) }
    sections.append((["Exit codes"] + endings).joined(separator: "\n"))
    return sections.joined(separator: "\n\n") + "\n"
  }

  private static func section(_ title: String, _ lines: [String]) -> String {
    ([title] + lines.map { "  " + $0 }).joined(separator: "\n")
  }

  /// A term, and beside it what it means; a long one has a line of its own.
  private static func definition(_ term: String, _ text: String, width: Int) -> String {
    let words = TextTable.paragraph(text, indent: width + 4)
    guard term.count <= width else { return "  \(term)\n\(words)" }
    return "  " + padded(term, width) + words.dropFirst(width + 2)
  }

  /// A command line to copy, which goes on below where it is long.
  private static func example(_ text: String) -> [String] {
    var lines = ["settlesim"]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      // A value stays with its flag.
      if word.hasPrefix("--"), last.count + length(of: word, in: text) > TextTable.limit - 5 {
        lines[lines.count - 1] += " \\"
        lines.append("    " + word)
      } else {
        lines[lines.count - 1] += " " + word
      }
    }
    return lines
  }

  /// How long a flag is with its values.
  private static func length(of flag: Substring, in text: String) -> Int {
    let rest = text[flag.startIndex...]
    return rest.dropFirst().firstRange(of: " --").map { rest[..<$0.lowerBound].count } ?? rest.count
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
