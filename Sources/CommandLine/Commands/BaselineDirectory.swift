import Host
import Text
import Experiments
import Reporting

/// The directory of the baselines.
struct BaselineDirectory {
  static let standard = "Results/baselines"

  /// As given, for messages.
  let path: String
  private let place: String

  init(_ context: Context) {
    path = context.options.given(.baselines)?.text ?? Self.standard
    place = context.surroundings.resolved(path)
  }

  /// The file of a scenario, or of the speed.
  func file(_ name: String) -> String { place + "/" + name + ".json" }

  /// All files in it.
  var files: [String] { ((try? Posix.names(in: place)) ?? []).map { place + "/" + $0 } }

  /// Reads a baseline by `read`; one that is missing is an error that says how to make it.
  func baseline<Baseline>(
    _ name: String, update command: String, _ read: (String) throws(BaselineError) -> Baseline
  ) throws(Failure) -> Baseline {
    do throws(BaselineError) {
      return try read(file(name))
    } catch {
      guard case .missing = error else { throw Failure(.badInput, "settlesim: \(error)") }
      throw Failure(
        .missingFile,
        ["settlesim: \(error)", "make it with `\(command)\(flag) --update-baseline`"])
    }
  }

  private var flag: String {
    path == Self.standard ? "" : " --baselines \(shellQuoted(path))"
  }

  /// The former baseline of what is recorded anew: nil where there is none, or none that can be
  /// read, which is told and replaced.
  func former<Baseline>(
    _ name: String, _ console: Console, _ read: (String) throws(BaselineError) -> Baseline
  ) -> Baseline? {
    do throws(BaselineError) {
      return try read(file(name))
    } catch {
      if case .refused(let text) = error { console.tell("settlesim: replaced: \(text)") }
      return nil
    }
  }

  /// Writes a baseline, whole or not at all. A file that would stay the same is left alone.
  func write(_ name: String, _ json: CanonicalJSON) throws(Failure) {
    let path = file(name)
    let text = json.encoded()
    if let bytes = try? RegularFile.read(path, limit: 16 << 20), bytes == Array(text.utf8) {
      return
    }
    do throws(OutputError) {
      try OutputFile.makeDirectories(above: path)
      try OutputFile(path: path, policy: .replace).publish(text)
    } catch { throw Failure(error) }
  }
}
