import Foundation
import Testing

@testable import CommandLine

/// Completions in the shells themselves, and the manual page before the formatter that lints it.
@Suite("Completions and the manual page")
struct CompletionTests {
  private static func isInstalled(_ program: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/" + program)
  }

  private static let judge = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Judges/complete.zsh").path

  private func session() -> Session {
    let session = Session()
    session.write("Scenarios/tiny.yaml", tinyScenario)
    session.write("mine.yaml", tinyScenario)
    session.write("report.html", "")
    session.write("results/a b/summary.json", "")
    return session
  }

  /// What a shell offers for each line, and the line as bash has it after TAB.
  private func offers(
    _ shell: Shell, _ lines: [String]
  ) throws -> (words: [String: Set<String>], lines: [String: String]) {
    let session = session()
    let script = shell == .zsh ? "functions/_settlesim" : "completions"
    session.write(script, session("completions", shell.rawValue).output)
    session.write("lines", lines.map { $0 + "\n" }.joined())
    let command =
      shell == .fish
      ? """
      fish --no-config -c 'source completions; while read --line line; echo "== $line"
      complete -C "$line" | string replace -r "\\t.*" ""; end' < lines
      """
      : "\(Self.judge) \(shell) $PWD/\(script) < lines"
    let programs = URL(filePath: Executable.path).deletingLastPathComponent().path
    let (code, text) = try session.shell(
      command,
      ["PATH": "\(programs):/usr/bin:/bin", "HOME": session.directory, "LC_ALL": "C.UTF-8"])
    try #require(code == 0, "\(text)")
    var words: [String: Set<String>] = [:]
    var results: [String: String] = [:]
    for part in text.components(separatedBy: "== ").dropFirst() {
      let answer = part.split(separator: "\n").map(String.init)
      let offered = answer.dropFirst().filter { !$0.hasPrefix("-> ") }
      words[answer[0]] = Set(offered.map(Self.bare))
      results[answer[0]] = answer.last { $0.hasPrefix("-> ") }.map { String($0.dropFirst(3)) }
    }
    return (words, results)
  }

  /// The word that is offered, without what stands before or behind it on the line.
  private static func bare(_ offer: String) -> String {
    var offer = offer[...]
    while let last = offer.last, "=/ ".contains(last) { offer.removeLast() }
    return String(offer.split { "=,".contains($0) }.last ?? "")
  }

  private static let expected: [(line: String, words: Set<String>)] = [
    ("settlesim sw", ["sweep"]),
    ("settlesim sweep mer", ["merge"]),
    ("settlesim sweep merge --me", ["--metrics"]),
    ("settlesim run ti", ["tiny"]),
    ("settlesim run stand", ["standard-day"]),
    ("settlesim run mi", ["mine.yaml"]),
    ("settlesim run --seed 7 --quiet ti", ["tiny"]),
    ("settlesim run tiny --format ", ["table", "json", "ndjson", "csv", "markdown"]),
    ("settlesim run tiny --format=nd", ["ndjson"]),
    ("settlesim run tiny --gate ", ["thresholds", "levels"]),
    ("settlesim run tiny --export ht", ["html"]),
    ("settlesim run tiny --export html=rep", ["report.html"]),
    ("settlesim diff one other --export ju", ["junit"]),
    ("settlesim diff one other --export ht", []),
    ("settlesim run tiny --output Sc", ["Scenarios"]),
    ("settlesim compare tiny --strategies scenario,merch", ["merchant_day"]),
    ("settlesim compare tiny --metrics=cost.settlement,payments.acc", ["payments.accepted"]),
    ("settlesim diff --gate Sc", ["Scenarios"]),
    ("settlesim list met", ["metrics"]),
    ("settlesim list strategies opt", ["optimised"]),
    ("settlesim completions ", ["bash", "zsh", "fish"]),
    ("settlesim help val", ["validate"]),
  ]

  @Test(
    "a shell completes every command, every flag, the words of flags, scenarios and files",
    .enabled(if: isInstalled("zsh") && isInstalled("fish") && Executable.isBuilt),
    arguments: Shell.allCases)
  func shells(_ shell: Shell) throws {
    let flags = Command.allCases.map { ("settlesim \($0.name) --", Set($0.flags.map(\.spelling))) }
    let names = Set(Command.allCases.map { String($0.name.split(separator: " ")[0]) })
    let offers = try offers(
      shell, ["settlesim "] + Self.expected.map(\.line) + flags.map(\.0))
    for (line, words) in Self.expected.map({ ($0.line, $0.words) }) + flags {
      #expect(offers.words[line] == words, "\(shell): \(line)")
    }
    #expect(offers.words["settlesim "]?.subtracting(["--help", "--version", "-h"]) == names)
    guard shell == .bash else { return }
    #expect(
      offers.lines["settlesim run tiny --format=nd"] == "settlesim run tiny --format=ndjson ")
    #expect(
      offers.lines["settlesim run tiny --export html=rep"]
        == "settlesim run tiny --export html=report.html ")
    #expect(offers.lines["settlesim run tiny --export ht"] == "settlesim run tiny --export html=")
    #expect(
      offers.lines["settlesim compare tiny --strategies scenario,merch"]
        == "settlesim compare tiny --strategies scenario,merchant_day")
    #expect(
      offers.lines["settlesim run tiny --output Sc"] == "settlesim run tiny --output Scenarios/")
  }

  @Test("every command and every flag stands in help, in the manual and in the completions")
  func everywhere() {
    let session = session()
    let overview = session("help").output
    let manual = session("manual").output
    let scripts = Shell.allCases.map { session("completions", $0.rawValue).output }
    for command in Command.allCases {
      #expect(overview.contains("  \(command.name) "))
      let help = session.run(["help", command.name]).output
      let page = manual.components(separatedBy: ".SS \(command.name)\n").dropFirst().first ?? ""
      let part = page.components(separatedBy: "\n.S")[0]
      #expect(
        part.contains(command.examples[0].replacing("-", with: "\\-").replacing("~", with: "\\(ti"))
      )
      for flag in command.flags {
        let name = flag.name.replacing("-", with: "\\-")
        #expect(help.contains("  \(flag.spelling)"))
        #expect(part.contains("[\\fB\\-\\-\(name)\\fR"), "\(command.name) \(flag.spelling)")
        #expect(manual.contains(".TP\n\\fB\\-\\-\(name)\\fR"))
        #expect(scripts[0].contains(flag.spelling) && scripts[1].contains(flag.spelling))
        #expect(scripts[2].contains("-l \(flag.name) "))
      }
    }
  }

  @Test("the manual page is one that mandoc understands", .enabled(if: isInstalled("mandoc")))
  func manual() throws {
    let session = session()
    session.write("settlesim.1", session("manual").output)
    let lint = try session.shell("mandoc -Tlint -Wstyle settlesim.1").text.split(separator: "\n")
    // A date would have to be that of a release.
    #expect(lint.filter { !$0.contains("missing date") } == [])
    let page = try session.shell("mandoc -Tascii settlesim.1 | sed 's,.\\x08,,g'").text
    for title in ["NAME", "COMMANDS", "FLAGS", "EXIT STATUS", "ENVIRONMENT"] {
      #expect(page.contains("\n\(title)\n"))
    }
    #expect(page.contains("settlesim run smoke --seed 7 --set authorization.retries=0"))
  }

  @Test("a shell that is not known is refused")
  func unknownShell() {
    let ended = session()("completions", "bahs")
    #expect(ended.code == 64 && ended.output.isEmpty)
    #expect(
      ended.errors[0]
        == "settlesim: expected one of bash, zsh, fish, found `bahs`; did you mean `bash`?")
  }
}
