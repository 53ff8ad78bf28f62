import Reporting
import Scenario
import Simulator
import Text

/// A result on disk that is to be made again: its manifest, whole and of an unedited run, and the
/// scenario that is in it.
struct RecordedRun {
  let context: Context
  let path: String
  /// How it ends where the result is edited, of another version, or its scenario refused.
  let refusal: ExitCode

  /// The manifest, after every file has been compared with its hash.
  func manifest() throws(Failure) -> ResultManifest {
    let manifest: ResultManifest
    do throws(ResultReadError) {
      manifest = try ResultManifest(readingFrom: path)
    } catch {
      switch error {
      case .missing: throw Failure(.missingFile, "settlesim: \(error)")
      case .otherVersion, .inconsistent: throw Failure(refusal, "settlesim: \(error)")
      default: throw Failure(.badInput, "settlesim: \(error)")
      }
    }
    guard manifest.verdict != .interrupted else {
      throw Failure(
        .badInput,
        "settlesim: \(visible(path)): the run was stopped before its end; where, is not recorded")
    }
    let differences = manifest.differences(in: path)
    guard differences.isEmpty else {
      throw Failure(
        refusal,
        differences.map { "settlesim: \(visible(path))/\($0)" }
          + ["settlesim: \(visible(path)) is not the result that was written"])
    }
    return manifest
  }

  /// The scenario of the manifest, with its seed, overrides and inputs of the recorded hashes.
  func scenario(_ manifest: ResultManifest) throws(Failure) -> LoadedScenario {
    let identity = manifest.identity
    let folder = try ReplayInputs(context, path, identity).folder()
    let name = identity.scenarioReference.split(separator: "/").last.map(String.init)
    do throws(ScenarioError) {
      return try RecordedScenario.load(identity, file: folder + (name ?? "scenario.yaml"))
    } catch {
      throw Failure(
        refusal,
        ["settlesim: \(visible(path)): the scenario of the manifest is refused:"]
          + error.description.split(separator: "\n").map(String.init))
    }
  }
}
