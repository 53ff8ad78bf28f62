import Testing

@Suite("Invariants")
struct InvariantListTests {
  /// Constants that are declared as invariants, with the file that declares them.
  private func declared(_ sources: [SourceText]) -> [(name: String, file: SourceText)] {
    sources.flatMap { source in
      source.code.compactMap { line in
        line.firstMatch(of: /static let (\w+) = Invariant\(/).map {
          (String($0.output.1), source)
        }
      }
    }
  }

  private func uses(of name: String, in source: SourceText) throws -> Int {
    let word = try Regex("\\b\(name)\\b")
    return source.code.reduce(0) { $0 + $1.matches(of: word).count }
  }

  @Test("every invariant that is declared is in the list of its room, and checked somewhere else")
  func listed() throws {
    let sources = try ProjectFiles.sources(below: "Sources")
    let declared = declared(sources)
    #expect(declared.count > 20)
    #expect(Set(declared.map(\.name)).count == declared.count)
    let others = sources.filter {
      $0.path.contains("/Invariant+") == false && !$0.path.hasSuffix("InvariantCounts.swift")
    }
    for invariant in declared {
      #expect(
        try uses(of: invariant.name, in: invariant.file) == 2,
        "\(invariant.name) is in no list, or in two")
      let checks = others.filter { $0.path != invariant.file.path }
        .flatMap(\.code).filter { $0.contains(".\(invariant.name)") }
      #expect(!checks.isEmpty, "\(invariant.name) is checked nowhere")
    }
  }
}
