import Testing

@Suite("The project's files")
struct ProjectChecks {
  /// All findings in one message, each a line that an editor can follow.
  private func expectNone(
    _ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let listed = findings.map { "\n\($0)" }.joined()
    #expect(
      findings.isEmpty, "\(findings.count) findings:\(listed)", sourceLocation: sourceLocation)
  }

  @Test("no source calls what would make a run depend on the machine")
  func bannedCalls() throws {
    let sources = try ProjectFiles.sources(below: "Sources")
    #expect(sources.count > 10)
    expectNone(sources.flatMap(BannedCalls.findings))
  }

  @Test("no source walks over a dictionary or a set in the order of its hashes")
  func hashedOrder() throws {
    expectNone(try ProjectFiles.sources(below: "Sources").flatMap(HashedOrder.findings))
  }

  @Test("files, functions and lines are short, and nothing is left lying in comments")
  func tidiness() throws {
    let manifest = SourceText(path: "Package.swift", text: try ProjectFiles.text("Package.swift"))
    let folders = try ["Sources", "Tests"].flatMap { try ProjectFiles.sources(below: $0) }
    expectNone(([manifest] + folders).flatMap(Tidiness.findings))
  }

  @Test("no file names a path of one machine")
  func machinePaths() throws {
    let folders = try ["Sources", "Tests"].flatMap { try ProjectFiles.sources(below: $0) }
    let checked = folders.filter { !$0.path.hasPrefix("Tests/ProjectTests/") }
    expectNone(checked.flatMap(Tidiness.machinePaths))
  }

  @Test("every file belongs to a target, and the top level holds only what it should")
  func layout() throws {
    let tests = try ProjectFiles.names(in: "Tests").filter {
      // A name with an extension is a file, such as requirements.txt; Packages holds packages of
      // their own.
      try $0.hasSuffix(".swift")
        || !$0.contains(".") && $0 != "Packages"
          && !ProjectFiles.sources(below: "Tests/\($0)").isEmpty
    }
    let findings = Layout.findings(
      topLevel: try ProjectFiles.names(in: ""), sources: try ProjectFiles.names(in: "Sources"),
      tests: tests,
      manifest: try ProjectFiles.text("Package.swift"))
    expectNone(findings)
  }

  @Test("the scripts that people and machines start can be started")
  func scripts() {
    for path in [
      ".ci/run", ".ci/install-packages", ".packaging/deb.sh", ".packaging/install.sh",
      "Tests/Judges/complete.zsh", "Tests/Packages/build-consumer.sh", "Tests/Reference/compare.py",
    ] {
      #expect(ProjectFiles.isExecutable(path), "\(path) is not executable")
    }
  }

  @Test("a function recorded as too long is still there and still too long")
  func ratchet() throws {
    let sources = try ["Sources", "Tests"].flatMap { try ProjectFiles.sources(below: $0) }
    let tooLong = Set(
      sources.flatMap { source in
        Tidiness.functions(of: source)
          .filter { $0.length > Tidiness.longestFunction }
          .map { "\(source.path) \($0.name)" }
      })
    for name in Tidiness.recordedFunctions.keys.sorted() where !tooLong.contains(name) {
      Issue.record("\(name): short enough now; take it off the record")
    }
  }
}
