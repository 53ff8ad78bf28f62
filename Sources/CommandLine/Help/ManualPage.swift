import Experiments
import Simulator

/// The manual page settlesim(1), in the macros of man(7), from the declarations of commands and
/// flags.
enum ManualPage {
  static var text: String {
    let sections: [Section] = [
      Section("NAME", ["settlesim \\- deterministic simulator of payments and their settlement"]),
      synopsis, description, commands, flags, exitStatus, environment, files,
    ]
    return """
      .\\" Made by `settlesim manual`.
      .TH SETTLESIM 1 "" "settlesim \(Version.current)" "User Commands"
      \(sections.map(\.text).joined(separator: "\n"))

      """
  }

  private struct Section {
    let title: String
    let lines: [String]

    init(_ title: String, _ lines: [String]) {
      self.title = title
      self.lines = lines
    }

    var text: String { ([".SH \(title)"] + lines).joined(separator: "\n") }
  }

  private static var synopsis: Section {
    Section(
      "SYNOPSIS",
      [
        ".B settlesim", ".I COMMAND", ".RI [ OPERAND ...]", ".RI [ FLAG ...]", ".br",
        ".B settlesim help", ".RI [ COMMAND ]",
      ])
  }

  private static var description: Section {
    Section(
      "DESCRIPTION",
      [".B settlesim"]
        + filled(
          """
          simulates a payment processor and its settlement, deterministically. The same scenario
          and seed give the same bytes on every machine and any number of threads. Results go to
          standard output, all else to standard error.
          """))
  }

  private static var commands: Section {
    Section("COMMANDS", Command.allCases.flatMap(lines))
  }

  private static func lines(_ command: Command) -> [String] {
    let operands = command.operands.text
    var lines = [".SS \(escaped(command.name))"] + filled(command.summary) + [".PP"]
    lines.append(
      ".B settlesim \(escaped(command.name))"
        + (operands.isEmpty ? "" : "\n.I \(escaped(operands))\\&")
    )
    lines += command.flags.map { flag in
      let value = flag.placeholder.map { " \\fI\(escaped($0))\\fR" } ?? ""
      return "[\\fB\(escaped(flag.spelling))\\fR\(value)]"
    }
    lines += paragraphs(command.details)
    lines += [".PP", "Examples:", ".PP", ".RS 4", ".nf"]
    lines += command.examples.map { escaped("settlesim " + $0) }
    return lines + [".fi", ".RE"]
  }

  /// Text whose lines may be filled; those that are indented stand as they are.
  private static func paragraphs(_ text: String) -> [String] {
    var lines: [String] = []
    var words = ""
    var literal: [String] = []
    func close() {
      if !words.isEmpty { lines += [".PP"] + filled(words) }
      if !literal.isEmpty { lines += [".PP", ".nf"] + literal + [".fi"] }
      (words, literal) = ("", [])
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty || line.hasPrefix(" ") != !literal.isEmpty { close() }
      if line.hasPrefix(" ") {
        literal.append(escaped(String(line)))
      } else {
        words += (words.isEmpty ? "" : " ") + line
      }
    }
    close()
    return lines
  }

  /// A text that the formatter fills: a line for each sentence, none of them long.
  private static func filled(_ text: String) -> [String] {
    var lines = [""]
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let word = escaped(String(word))
      let last = lines[lines.count - 1]
      if last.hasSuffix(".") || last.hasSuffix(":") || last.count + word.count > 76 {
        lines.append(word)
      } else {
        lines[lines.count - 1] = last.isEmpty ? word : last + " " + word
      }
    }
    return lines
  }

  private static var flags: Section {
    Section(
      "FLAGS",
      Flag.allCases.flatMap { flag in
        let owners = Command.allCases.filter { $0.flags.contains(flag) }.map(\.name)
        let isShared = owners.count == Command.allCases.count
        let value = flag.placeholder.map { " \\fI\(escaped($0))\\fR" } ?? ""
        return [
          ".TP", "\\fB\(escaped(flag.spelling))\\fR\(value)",
        ] + filled(flag.summary)
          + filled("Of \(isShared ? "every command" : owners.joined(separator: ", ")).")
      })
  }

  private static var exitStatus: Section {
    var meanings: [(code: Int32, meaning: String)] = []
    for ending in Command.allCases.flatMap(\.endings)
    where !meanings.contains(where: { $0 == (ending.code.number, ending.meaning) }) {
      meanings.append((ending.code.number, ending.meaning))
    }
    let codes = meanings.map(\.code).reduce(into: [Int32]()) { codes, code in
      if !codes.contains(code) { codes.append(code) }
    }.sorted()
    return Section(
      "EXIT STATUS",
      codes.flatMap { code in
        let texts = meanings.filter { $0.code == code }.map(\.meaning)
        return [".TP", ".B \(code)"] + filled(texts.joined(separator: "; ") + ".")
      })
  }

  private static var environment: Section {
    let flags = Flag.allCases.filter { $0.variable != nil }
    return Section(
      "ENVIRONMENT",
      [
        "A flag outranks its variable, and that the scenario and the defaults."
      ]
        + flags.flatMap { flag in
          [".TP", ".B \(escaped(flag.variable ?? ""))", "As \\fB\(escaped(flag.spelling))\\fR."]
        }
        + [
          ".TP", ".B \(escaped(ShardChoice.countVariable))",
          "Of how many shards a sweep has, where the scheduler tells only which one.",
          ".TP", ".B NO_COLOR", "No colours in tables, whatever the terminal.",
        ])
  }

  private static var files: Section {
    Section(
      "FILES",
      [
        ".TP", ".I Scenarios/", "Scenarios of the working directory that can be run by name.",
        ".TP", ".I PREFIX/share/settlesim/Scenarios/",
        "Those that were installed with the program, likewise.",
        ".TP", ".I Results/runs/SCENARIO/", "Results of runs without \\fB\\-\\-output\\fR.",
        ".TP", ".I Results/baselines/", "Baselines of \\fBbench\\fR and \\fBdiff\\fR.",
      ])
  }

  /// Text in which nothing is a request or an escape, and minus signs can be copied.
  private static func escaped(_ text: String) -> String {
    var result = text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" : ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "`": result += "\\(ga"
      case "'": result += "\\(aq"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
      }
    }
    return result
  }
}
