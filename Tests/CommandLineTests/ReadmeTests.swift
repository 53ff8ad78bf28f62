import Foundation
import Testing

/// `Tests/Reference/readme.py` runs the commands of README; here with the debug build, whose
/// results are those of a release build.
@Suite("What README prints", .enabled(if: Executable.isBuilt))
struct ReadmeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func check(_ session: Session, _ page: String) throws -> (code: Int32, text: String) {
    try session.shell(
      "python3 '\(Self.root.path)/Tests/Reference/readme.py' --check --quick "
        + "--program \"$settlesim\" '\(page)'")
  }

  // The gallery takes too long for every test: `make readme` writes it.
  @Test("is what its quick commands print now, pictures included")
  func page() throws {
    let ended = try check(Session(), "README.md")
    #expect(ended.code == 0, "\(ended.text)")
  }

  @Test("differs where a figure is another, and a command that fails is told")
  func differences() throws {
    let session = Session()
    session.write("tiny.yaml", tinyScenario)
    session.write(
      "page.md",
      """
      <!-- file: tiny.yaml -->
      ```yaml
      \(tinyScenario)
      ```

      ```console
      $ settlesim validate tiny.yaml
      tiny.yaml: invalid
      ```
      """)
    let page = session.directory + "/page.md"
    let ended = try check(session, page)
    #expect(ended.code == 1)
    #expect(ended.text.contains("-tiny.yaml: invalid\n+tiny.yaml: valid\n"))
    #expect(session.read("page.md")?.contains("tiny.yaml: invalid") == true)
    session.write("page.md", "```console\n$ settlesim validate other.yaml\n```\n")
    let failed = try check(session, page)
    #expect(failed.code == 2 && failed.text.contains("exit 66: settlesim validate other.yaml"))
  }

  @Test("the orders of the month are those that their script makes")
  func orders() throws {
    let session = Session()
    let script = Self.root.appending(path: "Tests/Reference/month_of_orders.py").path
    let ended = try session.shell("python3 '\(script)' orders.csv")
    #expect(ended.code == 0, "\(ended.text)")
    let shipped = Self.root.appending(path: "Scenarios/traces/month-of-orders.csv")
    #expect(session.read("orders.csv") == (try String(contentsOf: shipped, encoding: .utf8)))
  }
}
