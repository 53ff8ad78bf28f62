import Foundation
import Testing

@testable import CommandLine

/// Command lines with all that they print, in Tests/Transcripts/commandline.
///
/// With `SETTLESIM_REWRITE=1` in the environment the tests write what is printed now; read the
/// difference before committing it.
@Suite("Help and lists")
struct HelpTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Transcripts/commandline")

  private func session() -> Session {
    let session = Session()
    session.write("Scenarios/tiny.yaml", tinyScenario + "description: \"300 payments\"\n")
    session.write("Scenarios/broken.yaml", "name: 3\n")
    session.write("files/no-rates.yaml", "name: no-rates\nfx: {ecb: {file: none.csv}}\n")
    session.write("files/no-trace.yaml", "name: x\nworkload:\n  trace: {file: none.csv}\n")
    session.write("files/few-days.yaml", "name: few-days\nfx:\n  ecb: {file: few-days.csv}\n")
    session.write("files/few-days.csv", "Date,USD,JPY,GBP\n2026-02-20,1.1,170,0.8\n")
    return session
  }

  @Test(
    "what is printed is what the transcripts say",
    arguments: ["help", "lists", "refusals"])
  func transcripts(_ name: String) throws {
    let file = Self.folder.appending(path: name + ".txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    let commands = text.split(separator: "\n").filter { $0.hasPrefix("$ settlesim") }
    #expect(!commands.isEmpty)
    let session = session()
    let printed = commands.map { command in
      let ended = session.run(command.split(separator: " ").dropFirst(2).map(String.init))
      let shown = (ended.output + ended.error).replacing(session.directory + "/", with: "")
      return "\(command)\n\(shown)exit \(ended.code)\n"
    }.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["SETTLESIM_REWRITE"] == "1" {
      try printed.write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(printed == text)
    }
  }

  @Test(
    "help of every command shows an example first and fits 80 columns",
    arguments: Command.allCases)
  func help(_ command: Command) {
    let session = session()
    let help = session("help", command.name)
    #expect(help.code == 0 && help.error.isEmpty)
    #expect(session.run([command.name, "--help"]) == help)
    let lines = help.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 80 })
    let first = lines.firstIndex(of: "Examples")
    #expect(first == lines.firstIndex(of: "").map { $0 + 1 }, "\(help)")
    #expect(first.map { lines[$0 + 1].hasPrefix("  settlesim \(command.name)") } == true)
    for flag in command.flags { #expect(help.output.contains(flag.spelling)) }
  }

  @Test("every example of the help is understood")
  func examples() throws {
    for command in Command.allCases {
      for example in command.examples {
        let words = example.split(separator: ">")[0].split(separator: " ").map(String.init)
        let parsed = try ParsedArguments(words)
        #expect(parsed.command == command)
        for text in parsed.values[.set] ?? [] { #expect(text.contains("=")) }
      }
    }
  }

  @Test("the schema is printed as it is generated, and version names what is linked")
  func schemaAndVersion() {
    let session = session()
    #expect(session("schema").output.hasPrefix("{\n"))
    #expect(session("version").output.hasPrefix("settlesim "))
    #expect(session("--version").output == session("version").output)
  }

  @Test("lists come in every format")
  func formats() {
    let session = session()
    #expect(session("list", "formats", "--format", "json").output.hasPrefix("[\n"))
    #expect(
      session("list", "formats", "--format", "ndjson").output.hasPrefix("{\"format\":\"table\"}\n"))
    #expect(session("list", "formats", "--format", "csv").output.hasPrefix("format\ntable\n"))
    #expect(
      session("list", "formats", "--format", "markdown").output.hasPrefix(
        "| format |\n|---|\n| table |\n"))
  }
}
