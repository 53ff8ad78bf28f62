import Host
import Text
import Reporting

/// Finds the files that a scenario read, by the hashes of its manifest.
struct ReplayInputs {
  private let inputs: [InputFile]
  private let folders: [String]

  /// - Parameter path: the result.
  init(_ context: Context, _ path: String, _ identity: RunIdentity) {
    inputs = identity.inputs
    let resolved = context.surroundings.resolved
    if let given = context.options.given(.inputs) {
      folders = [resolved(given.text + "/")]
    } else {
      var folders: [String] = []
      if let former = Self.formerFolder(path) { folders.append(resolved(former)) }
      let shipped = ShippedScenarios.folders(context.surroundings).map { $0 + "/" }
      for next in [resolved("./")] + shipped where !folders.contains(next) {
        folders.append(next)
      }
      self.folders = folders
    }
  }

  /// The folder, with a slash at its end, that holds all inputs just as they were.
  func folder() throws(Failure) -> String {
    guard !inputs.isEmpty else { return "" }
    var seen: [String] = []
    for folder in folders {
      let problems = inputs.compactMap { problem($0, folder) }
      if problems.isEmpty { return folder }
      seen += problems
    }
    throw Failure(
      .missingFile,
      seen.map { "settlesim: \($0)" } + ["name the folder of the scenario with --inputs DIR"])
  }

  private func problem(_ input: InputFile, _ folder: String) -> String? {
    let path = input.name.hasPrefix("/") ? input.name : folder + input.name
    do throws(ResultReadError) {
      let bytes = try RegularFile.read(path, limit: 8 << 30)
      return SHA256.hexDigest(of: bytes) == input.sha256
        ? nil : "\(visible(path)): not the file that was read: its SHA-256 differs"
    } catch { return "\(error)" }
  }

  /// Where the scenario stood, by the command line in `environment.json`.
  private static func formerFolder(_ path: String) -> String? {
    guard let bytes = try? RegularFile.read(path + "/environment.json", limit: 1 << 20),
      let json = try? CanonicalJSON(parsing: bytes, file: "environment.json"),
      let words = json["command_line"]?.elements?.compactMap(\.text),
      let arguments = try? ParsedArguments(Array(words.dropFirst())),
      let operand = arguments.operands.first, let slash = operand.lastIndex(of: "/")
    else { return nil }
    return String(operand[...slash])
  }
}
