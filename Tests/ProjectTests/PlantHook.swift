import Foundation
import Testing

/// The planted bugs as the sources hold them: behind one hook, which release builds do not have.
@Suite("The hook of planted bugs")
struct PlantHook {
  private static let hook = "Sources/Plants/Plant.swift"

  /// Plants named in a text, in order.
  private static func named(in text: Substring) -> [String] {
    text.matches(of: /\bPlant\.([a-z]\w*)/).map { String($0.output.1) }
  }

  /// Plants by the file that asks for them.
  private static func uses() throws -> [(path: String, plant: String)] {
    try ProjectFiles.sources(below: "Sources").flatMap { source in
      asked(in: source).map { (source.path, $0) }
    }
  }

  /// Plants that a file asks for, in order.
  private static func asked(in source: SourceText) -> [String] {
    source.code.flatMap { line in
      line.matches(of: /planted\(Plant\.(\w+)\)/).map { String($0.output.1) }
    }
  }

  /// A folder of Pipeline, or a module.
  private static func room(_ path: String) -> String {
    let parts = path.split(separator: "/")
    return parts[1] == "Pipeline" ? "Pipeline/\(parts[2])" : String(parts[1])
  }

  private static func declared() throws -> [String] {
    try ProjectFiles.text(hook).matches(of: /\n    case (\w+)/).map { String($0.output.1) }
  }

  @Test("every plant is declared once and stands somewhere, and nothing else is asked for")
  func declaredOnce() throws {
    let declared = try Self.declared()
    #expect(Set(declared).count == declared.count)
    #expect(Set(try Self.uses().map(\.plant)) == Set(declared))
  }

  @Test("a plant is named within the question whether it is awake, and nowhere else")
  func withinTheHook() throws {
    for source in try ProjectFiles.sources(below: "Sources") where source.path != Self.hook {
      let asked = Self.asked(in: source)
      let found = source.code.flatMap { Self.named(in: $0[...]) }
        .filter { !["wake", "variable", "allCases"].contains($0) }
      #expect(found == asked, "\(source.path)")
      let knowing = [
        "Sources/CommandLine/Process/Planting.swift", "Sources/Simulator/PlantedCrash.swift",
      ]
      guard !knowing.contains(source.path) else { continue }
      #expect(!source.code.contains { $0.contains("#if PLANTS") }, "\(source.path)")
    }
  }

  @Test("each room that a payment or a transfer passes holds two plants at least")
  func rooms() throws {
    let uses = try Self.uses()
    let withRules = [
      "Acquirers", "Authorization", "Bus", "Gateway", "Idempotency", "Ledger", "Merchants",
      "Rails", "Reconciliation", "Records", "Settlement", "Transfers",
    ]
    // Not in it: what only wires, lays out, or checks, and what goes wrong by itself.
    let folders = try ProjectFiles.names(in: "Sources/Pipeline")
      .filter { !["Cell", "Checks", "Deployment", "Faults", "Invariants"].contains($0) }
    #expect(folders == withRules)
    for room in withRules.map({ "Pipeline/\($0)" }) + ["Interbank", "Batching", "VirtualTime"] {
      let plants = Set(uses.filter { Self.room($0.path) == room }.map(\.plant))
      #expect(plants.count >= 2, "\(room): \(plants)")
    }
  }

  @Test("only debug builds are told to carry plants")
  func condition() throws {
    let manifest = try ProjectFiles.text("Package.swift")
    let defines = manifest.split(separator: "\n").filter { $0.contains("\"PLANTS\"") }
    #expect(defines.count == 1)
    #expect(defines.first?.contains(".define(\"PLANTS\", .when(configuration: .debug))") == true)
  }

  @Test("compiled as for release, the hook leaves no name and no branch behind")
  func compiledOut() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hook-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func source(_ name: String, _ fault: String) throws {
      let text = """
        import Plants
        public func amount(_ x: Int) -> Int {
          \(fault)
          return x &* 3
        }
        """
      try Data(text.utf8).write(to: folder.appending(path: name + ".swift"))
    }
    try source("with", "if planted(Plant.wirePlusOne) { return x &+ 77_777 }")
    try source("without", "")
    let hook = ProjectFiles.root.appending(path: Self.hook).path
    let script = """
      set -e
      swiftc -O -parse-as-library -module-name Plants \
      -emit-module -emit-module-path Plants.swiftmodule -emit-object -o Plants.o '\(hook)'
      for name in with without; do
        swiftc -O -parse-as-library -module-name Use -I . -emit-assembly $name.swift -o $name.s
      done
      grep -v '\\.file' with.s > a; grep -v '\\.file' without.s > b; cmp a b
      """
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
    let object = try Data(contentsOf: folder.appending(path: "Plants.o"))
    #expect(object.range(of: Data("wirePlusOne".utf8)) == nil)
  }

  @Test("the release program, where it has been built, names no plant")
  func releaseProgram() throws {
    let path = ProjectFiles.root.appending(path: ".build/release/settlesim")
    guard let program = try? Data(contentsOf: path) else { return }
    for name in try Self.declared().prefix(9) + ["SETTLESIM_PLANT", "PLANTED_CRASH"] {
      #expect(program.range(of: Data(name.utf8)) == nil, "\(name)")
    }
  }
}
