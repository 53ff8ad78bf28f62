internal import Host
internal import Scenario
internal import Simulator

/// Why a scenario was not simulated, or its result not written. Nothing half-done is left behind.
public struct SimulationError: Error, Sendable, CustomStringConvertible {
  /// The classes of failure.
  public enum Kind: Sendable {
    /// A file is missing or may not be read: the scenario, or one that it names.
    case missingFile
    /// A scenario or a file that it names holds what is not accepted.
    case refused
    /// A result could not be written.
    case cannotWrite
  }

  /// The class of the failure.
  public let kind: Kind
  /// What, where, what was expected, what to do: one problem a line.
  public let description: String

  init(_ error: ScenarioError) {
    kind = error.kind == .missing ? .missingFile : .refused
    description = "\(error)"
  }

  init(_ error: RunError) {
    kind = if case .missingTrace = error { .missingFile } else { .refused }
    description = "\(error)"
  }

  init(_ error: OutputError) {
    kind = .cannotWrite
    description = "\(error)"
  }
}
