import Glibc
import Host

/// The scenarios that can be named without a directory: those of the working directory, then those
/// installed with the program.
enum ShippedScenarios {
  static let directory = "Scenarios"

  /// Where they may stand, the first place first.
  static func folders(_ surroundings: Surroundings) -> [String] {
    [surroundings.resolved(directory)] + surroundings.shared.map { $0 + "/" + directory }
  }

  /// Names of the scenario files, sorted; a name that stands in two places is there once.
  static func names(_ surroundings: Surroundings) -> [String] {
    let files = folders(surroundings).flatMap { (try? Posix.names(in: $0)) ?? [] }
    let names = files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The path of a scenario: `operand` itself if there is such a file, or else the shipped scenario
  /// of that name, with or without `.yaml`.
  static func path(_ operand: String, _ surroundings: Surroundings) -> String {
    let given = surroundings.resolved(operand)
    guard !operand.isEmpty, !operand.contains("/"), access(given, F_OK) != 0 else { return given }
    for folder in folders(surroundings) {
      for name in [operand, operand + ".yaml"] where access(folder + "/" + name, F_OK) == 0 {
        return folder + "/" + name
      }
    }
    return given
  }

  /// What is installed with the program `executable`: beside it below `share`, and, in a checkout
  /// where it was built, the checkout itself.
  static func shared(with executable: String) -> [String] {
    var folders: [String] = []
    var folder = executable[...]
    for level in 0..<5 {
      guard let slash = folder.lastIndex(of: "/") else { break }
      folder = folder[..<slash]
      if level == 1 { folders.append(folder + "/share/settlesim") }
      if level > 1, access(folder + "/\(directory)/schema.json", F_OK) == 0 {
        folders.append(String(folder))
      }
    }
    return folders
  }
}
