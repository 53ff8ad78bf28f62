/// What a run took on the machine it ran on: different every time, kept out of the result.
public struct RunEnvironment: Sendable, Equatable {
  /// Start of the run, ISO 8601 with offset, as read from the wall clock by the caller.
  public var startedAt = ""
  /// Real duration of the simulation (s).
  public var wallSeconds = 0.0
  /// Real duration of the whole command up to the writing of the result (s).
  public var totalSeconds = 0.0
  /// Payments simulated per real second.
  public var paymentsPerSecond = 0.0
  /// Transfers from account to account simulated per real second.
  public var transfersPerSecond = 0.0
  /// Events simulated per real second.
  public var eventsPerSecond = 0.0
  /// Threads the islands ran on.
  public var threads = 1
  /// Cores the process may use.
  public var cores = 1
  /// Name and version of the operating system.
  public var operatingSystem = ""
  /// Version of the Swift compiler.
  public var swiftVersion = ""
  /// Versions of the libraries in use, in a fixed order.
  public var libraries: [NamedText] = []
  /// Bytes the program holds at the end, as jemalloc counts them.
  public var allocatedBytes = 0
  /// Bytes of physical memory in use at the end.
  public var residentBytes = 0
  /// Largest resident size of the process (bytes).
  public var peakResidentBytes = 0
  /// The command line as given.
  public var commandLine: [String] = []

  /// An environment of zeros.
  public init() {}
}

/// A named text.
public struct NamedText: Sendable, Equatable {
  /// The name.
  public var name: String
  /// The text.
  public var text: String

  /// `text` under `name`.
  public init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }
}
