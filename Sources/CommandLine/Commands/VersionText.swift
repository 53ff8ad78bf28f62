import Reporting
import Simulator

/// What `settlesim version` prints.
enum VersionText {
  static func text(_ machine: Machine) -> String {
    let libraries = machine.libraries.map { "\($0.name) \($0.text)" }
    let parts = ["Swift \(machine.swiftVersion)"] + libraries
    return "settlesim \(Version.current)\n\(parts.joined(separator: ", "))\n"
      + "\(machine.operatingSystem)\n"
  }
}
