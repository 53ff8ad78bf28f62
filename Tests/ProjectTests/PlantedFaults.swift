import Testing

/// Each check is given what it must find.
@Suite("Planted faults")
struct PlantedFaults {
  private func banned(_ line: String, path: String = "Sources/Pipeline/A.swift") -> [Finding] {
    BannedCalls.findings(in: SourceText(path: path, text: "let a = 1\n" + line))
  }

  private func tidy(_ text: String) -> [String] {
    Tidiness.findings(in: SourceText(path: "A.swift", text: text)).map(\.description)
  }

  @Test("every banned call turns the check red at its line, and names the replacement")
  func eachRule() {
    for rule in BannedCalls.rules {
      let findings = banned("  x = y + " + rule.text + (rule.text.hasSuffix("(") ? "1)" : " "))
      #expect(findings.count == 1, "\(rule.text): \(findings)")
      #expect(findings.first?.line == 2)
      #expect(findings.first?.message.contains(rule.text) == true, "\(rule.text)")
      #expect(findings.first?.message.hasSuffix("use \(rule.replacement)") == true)
    }
  }

  @Test(
    "calls are found as they are really written",
    arguments: [
      "try await Task.sleep(for: .seconds(1))", "async let a = f()",
      "await withTaskGroup(of: Int.self) { group in", "try await withThrowingTaskGroup { group in",
      "await withDiscardingTaskGroup { group in",
      "let (stream, next) = AsyncStream<Int>.makeStream()",
      "@MainActor func f() {", "await MainActor.run { }", "await withCheckedContinuation { c in",
      "Task.detached { }", "isolated deinit {", "let now = Date()", "let c = ContinuousClock().now",
      "let clock: SuspendingClock", "var g = SystemRandomNumberGenerator()",
      "let id = UUID().uuidString",
      "for x in list.shuffled() {", "list.randomElement()!", "Double.random(in: 0..<1)",
      "Int.random(in: 1...6)", "Bool.random()", "let r = rand() % 6", "-log(1 - u) * mean",
      "y = exp(x)",
      "pow(2, 3)", "Glibc.log(2)", "print(\"hello\")", "hash = name.hashValue", "\"at \\(Date())\"",
    ])
  func spellings(line: String) {
    #expect(banned(line).count == 1, "\(banned(line))")
  }

  @Test(
    "what only looks like a banned call is let through",
    arguments: [
      "// Task.sleep would leave the island", "let text = \"use print(x)\"", "debugPrint(x)",
      "PortableMath.exp(x)", "catalog(x)", "logger.log(x)", "func log(_ x: Double) -> Double {",
      "Int.random(in: 1...6, using: &random)", "list.shuffled(using: &random)",
      "list.randomElement(using: &random)", "let date = CivilDate()", "strand()", "brand()",
      "let MainActorish = 1",
      "timeUUID()", "stream.random(in: 1)",
    ])
  func lookAlikes(line: String) {
    #expect(banned(line).isEmpty, "\(banned(line))")
  }

  private func walks(_ line: String) -> [Finding] {
    let declarations = [
      "  private var table: [Int: [String]] = [:]", "  let seen: Set<Int>",
      "  var marks = Set<Int>()", "  var counts = [String: Int]()",
      "  func f(list: [Int], by pairs: [(a: Int, b: Int)]) {", "  var rows: [Row<Int, Int>] = []",
    ]
    let text = (declarations + [line]).joined(separator: "\n")
    return HashedOrder.findings(in: SourceText(path: "A.swift", text: text))
  }

  @Test(
    "walking in the order of hashes is found",
    arguments: [
      "for key in other.keys {", "for value in other.values {", "other.values.map { $0 + 1 }",
      "other.keys.forEach { f($0) }", "let k = other.keys.first", "for (key, list) in table {",
      "for entry in self.table where entry.key > 1 {", "for mark in marks {", "for x in seen {",
      "for (name, count) in counts {",
    ])
  func hashedOrder(line: String) {
    #expect(walks(line).map(\.line) == [7], "\(walks(line))")
  }

  @Test(
    "walking in a fixed order is let through",
    arguments: [
      "for key in other.keys.sorted() {", "for index in values.indices {", "for x in rows {",
      "let total = other.values.reduce(0, +)", "for v in row.values {  // ordered: an array",
      "other.keys.contains(x)", "for x in seen.sorted() {", "for a in pairs {", "for x in list {",
      "for x in table[3] {", "let table = other.inOrder\nfor x in table {",
      "guard marks.contains(x) else {",
    ])
  func fixedOrder(line: String) {
    #expect(walks(line).isEmpty, "\(walks(line))")
  }

  @Test("an exception holds for its own files and calls only")
  func exceptions() {
    #expect(banned("print(1)", path: "Sources/tandem/main.swift").isEmpty)
    #expect(banned("Task.sleep()", path: "Sources/tandem/main.swift").count == 1)
    #expect(banned("print(1)", path: "Sources/tandems/main.swift").count == 1)
    for exception in BannedCalls.exceptions {
      #expect(!exception.reason.isEmpty)
      for text in exception.texts { #expect(BannedCalls.rules.contains { $0.text == text }) }
    }
  }

  @Test("long lines, long files and trailing space are found")
  func sizes() {
    #expect(tidy(String(repeating: "é", count: 100)).isEmpty)
    #expect(tidy("a\n" + String(repeating: "é", count: 101)).count == 1)
    #expect(tidy("a \nb") == ["A.swift:1: space at the end of the line"])
    #expect(tidy(String(repeating: "a\n", count: 500)).isEmpty)
    #expect(tidy(String(repeating: "a\n", count: 501)).count == 1)
  }

  @Test("a function of 71 lines is found by name")
  func functionLength() {
    func text(_ statements: Int) -> String {
      "struct A {\n  func long(\n    a: Int\n  ) -> [Int] {\n"
        + String(repeating: "    f { g() }\n", count: statements) + "  }\n\n  func next() {}\n}\n"
    }
    #expect(tidy(text(66)).isEmpty)
    #expect(tidy(text(67)) == ["A.swift:2: long has 71 lines, at most 70 are allowed"])
  }

  @Test("requirements without a body, one-liners and initialisers are measured rightly")
  func functionShapes() {
    let text = """
      protocol P {
        func required() -> Int
        func other()
      }
      struct S {
        init(
          _ a: Int
        ) {
          self.init()
        }
        init() {}
        func one() -> Int { 1 }
        func generic<T>(_ f: (T) -> Void = { _ in }) throws
        where T: P {
          f()
        }
      }
      """
    let functions = Tidiness.functions(of: SourceText(path: "A.swift", text: text))
    #expect(functions.map(\.name) == ["init", "init", "one", "generic"])
    #expect(functions.map(\.length) == [5, 1, 1, 4])
  }

  @Test(
    "notes to self and commented-out code are found",
    arguments: [
      "// TODO: later", "/// FIXME", "// a HACK", "// let x = f()", "// for x in y {", "// }",
      "//  var a = 1", "// import Glibc", "x()  // try f(1)",
    ])
  func leftovers(line: String) {
    #expect(tidy("a\n" + line + "\nb").count == 1)
  }

  @Test(
    "prose in comments is let through",
    arguments: [
      "// Let the island answer first.", "/// for x in y {", "// try the next one",
      "// 1...5 are fine",
      "let url = \"TODO\"", "// what guard means here (a test) is this.",
    ])
  func prose(line: String) {
    #expect(tidy(line).isEmpty, "\(tidy(line))")
  }

  @Test("a path of one machine is found")
  func machinePath() {
    let source = SourceText(path: "A.swift", text: "let a = 1\nlet b = \"/home/x\"\n")
    #expect(Tidiness.machinePaths(in: source).map(\.line) == [2])
  }

  @Test("stray files and folders are found")
  func layout() {
    let manifest = ".target(name: \"A\"), .testTarget(\n  name: \"ATests\", dependencies: [\"A\"])"
    let findings = Layout.findings(
      topLevel: ["Package.swift", ".ci", "notes.txt"], sources: ["A", "B", "c.swift"],
      tests: ["ATests", "BTests"], manifest: manifest)
    #expect(
      findings.map(\.path) == ["notes.txt", "Sources/B", "Sources/c.swift", "Tests/BTests"])
  }
}
