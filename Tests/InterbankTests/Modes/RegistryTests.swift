import Declared
import Foundation
import Interbank
import Scenario
import Testing

@Suite("Settlement modes")
struct SettlementModeRegistryTests {
  @Test("every file of Modes declares a mode that is registered")
  func files() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appending(path: "Sources/Interbank/Modes")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let types = SettlementModeRegistry.all.map { "\($0)" }.sorted()
    #expect(files.map { String($0.dropLast(".swift".count)) }.sorted() == types)
  }

  @Test("names are distinct, and every mode explains itself and each of its parameters")
  func texts() throws {
    #expect(Set(SettlementModeRegistry.names).count == SettlementModeRegistry.all.count)
    for type in SettlementModeRegistry.all {
      #expect(type.explanation.count > 400)
      #expect(type.explanation.split(separator: "\n").allSatisfy { $0.count <= 100 })
      let common = ["queue_order", "interval", "at_close"]
      for parameter in type.parameters where !common.contains(parameter.name) {
        #expect(type.explanation.contains(parameter.name), "\(type.name) \(parameter.name)")
      }
    }
  }

  @Test("a mode or a parameter that does not exist is named")
  func unknown() {
    #expect(throws: SettlementModeRegistry.family.unknown("rtgz")) {
      try SettlementModeRegistry.make("rtgz")
    }
    #expect(throws: FamilyError.unknownParameter(member: "rtgs", name: "order")) {
      try SettlementModeRegistry.make("rtgs", parameters: ["order": .choice("fifo")])
    }
    let error = #expect(throws: FamilyError.self) {
      try SettlementModeRegistry.make("rtgs", parameters: ["interval": .duration(.zero)])
    }
    #expect("\(error!)" == "rtgs.interval: expected a duration of 1s to 1d")
  }

  @Test("declarations check a scenario's values")
  func declarations() throws {
    for declaration in SettlementModeRegistry.declarations {
      try declaration.check([:])
    }
    #expect(SettlementModeRegistry.declarations.map(\.name) == SettlementModeRegistry.names)
  }
}
