import Foundation
import Plants
import Simulator
import Testing

@Suite(
  "Planted bugs",
  .enabled(if: PlantRun.isBuilt, "skipped: there is no .build/debug/settlesim"))
struct PlantTests {
  static let plantings = PlantKind.all.flatMap(\.plantings)

  @Test("every plant stands in the list once, and each kind has one at least")
  func kinds() {
    for kind in PlantKind.all { #expect(!kind.plantings.isEmpty, "\(kind)") }
    let names = Self.plantings.map { "\($0.plant)" }
    #expect(names.sorted() == Plant.allCases.map { "\($0)" }.sorted())
  }

  @Test("a run ends with 96 and names the invariant that the plant breaks", arguments: plantings)
  func isNamed(planting: Planting) throws {
    let ended = try PlantRun.run(planting.day, plant: "\(planting.plant)")
    #expect(ended.code == 96, "\(ended.text)")
    let named = ended.text.firstMatch(of: /invariant ([a-z_.]+) broken at/).map { $0.output.1 }
    #expect(named.map { String($0) } == planting.invariant, "\(ended.text)")
    #expect(InvariantCatalog.all.contains { $0.name == planting.invariant })
    #expect(ended.text.contains("planted: \(planting.plant)"))
  }

  @Test("without a plant each of these days passes", arguments: PlantDay.allCases)
  func passes(day: PlantDay) throws {
    let ended = try PlantRun.run(day, plant: nil)
    #expect(ended.code == 0, "\(ended.text)")
  }

  @Test("a name that no plant has is refused, and the nearest is told")
  func unknown() throws {
    let session = Session.tiny()
    session.environment = [Plant.variable: "reversalDoesNoting"]
    let ended = session("validate", "tiny.yaml")
    #expect(ended.code == 64)
    #expect(ended.error.contains("`reversalDoesNoting`; did you mean `reversalDoesNothing`?"))
  }
}

/// A run in a process of its own, since a plant is awake in a whole process.
enum PlantRun {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let path = root.appending(path: ".build/debug/settlesim").path
  static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// The exit code of a run, and what it has told.
  static func run(_ day: PlantDay, plant: String?) throws -> (code: Int32, text: String) {
    let session = Session()
    session.write("busy.yaml", PlantDay.busyMinutes)
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments =
      ["run"] + day.arguments
      + ["--threads", "1", "--output", "result", "--progress", "never"]
    process.currentDirectoryURL = URL(filePath: session.directory)
    process.environment = plant.map { [Plant.variable: $0] } ?? [:]
    let pipe = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }
}
