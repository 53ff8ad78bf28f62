import Foundation
import Testing

@Suite("README and pages")
struct PageTests {
  private static let sample = """
    # Title

    One [two](other.md) three, see [below](#a-part).

    | four | five |
    |---|---|

    <!-- file: x.yaml -->
    ```console
    $ settlesim run x.yaml
    ```

    ![a picture](gone.svg)

    ## A part

    [six](other.md#nothing) [seven](folder/more.md) [out](https://example.org/x)
    """

  @Test("README has at most 1,500 words of prose")
  func length() throws {
    let words = try MarkdownPage("README.md").words
    #expect(words <= 1_500, "\(words) words: write into Sources/*.docc and link")
    #expect(MarkdownPage(path: "x.md", text: Self.sample).words == 11)
  }

  @Test("the contents of README name every section, in order")
  func contents() throws {
    let page = try MarkdownPage("README.md")
    let listed = page.lines.drop { $0 != "## Contents" }.dropFirst(2).prefix { $0.hasPrefix("- [") }
      .map { String($0.dropFirst(3).prefix { $0 != "]" }) }
    #expect(listed == page.sections.filter { $0 != "Contents" })
    #expect(page.lines.count { $0.hasPrefix("![") } == 2, "two pictures")
  }

  @Test("every link of every page leads to a file, and to a heading where it names one")
  func links() throws {
    let pages = try MarkdownPage.all()
    #expect(pages.count > 15 && pages.flatMap(\.links).count > 50)
    let findings = MarkdownPage.brokenLinks(pages) {
      FileManager.default.fileExists(atPath: ProjectFiles.root.appending(path: $0).path)
    }
    #expect(findings.isEmpty, "\(findings)")
  }

  @Test("a link to a file or a heading that is not there is found")
  func brokenLinks() {
    let pages = [
      MarkdownPage(path: "pages/x.md", text: Self.sample),
      MarkdownPage(path: "pages/other.md", text: "# Other\n"),
    ]
    let findings = MarkdownPage.brokenLinks(pages) { $0 == "pages/other.md" }
    #expect(
      findings.map(\.message) == [
        "gone.svg leads nowhere", "other.md#nothing leads nowhere", "folder/more.md leads nowhere",
      ])
    #expect(findings.map(\.line) == [13, 17, 17])
  }

  @Test("a command of README with a result is in a block that is run")
  func commands() throws {
    for (language, lines) in try MarkdownPage("README.md").blocks where language != "console" {
      #expect(!lines.contains { $0.contains("settlesim ") }, "\(lines.first ?? "")")
    }
  }

  @Test("the documentation is built without a warning")
  func documentation() throws {
    let target = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: target) }
    let ended = try ProjectFiles.run("Tests/Judges/documentation.sh", target.path)
    #expect(ended.code == 0, "\(ended.text)")
    for module in ["VirtualTime", "Simulator", "Scenario", "Batching", "Declared", "Experiments"] {
      let page = target.appending(path: "\(module).doccarchive/data/documentation")
      #expect(FileManager.default.fileExists(atPath: page.path), "\(module)")
    }
  }
}

extension ProjectFiles {
  /// Runs a script of the package from its root; the exit code, and what it printed.
  static func run(_ script: String, _ arguments: String...) throws -> (code: Int32, text: String) {
    let process = Process()
    process.executableURL = root.appending(path: script)
    process.arguments = arguments
    process.currentDirectoryURL = root
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }
}
