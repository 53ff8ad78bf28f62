import Host
import Experiments
import Pipeline
import Reporting
import Scenario
import Simulator
import VirtualTime

/// Everything outside the process that the command line touches, files excepted: so that tests run
/// it in their own process.
public struct Surroundings {
  /// An output stream.
  public struct Stream {
    /// Writes a text at once.
    public var write: (String) throws(OutputError) -> Void
    /// Whether a person looks at it.
    public var isTerminal = false
    /// Width of the terminal.
    public var columns = 80
  }

  /// Arguments without the program's name; nil for one that is no UTF-8.
  public var arguments: [String?]
  /// Environment variables.
  public var environment: [String: String] = [:]
  /// Results go here.
  public var output: Stream
  /// Everything else goes here.
  public var error: Stream
  /// Put before relative paths; empty in a real process, whose working directory serves.
  public var directory = ""
  /// Directories with what is installed with the program: `ShippedScenarios`.
  public var shared: [String] = []
  /// Nanoseconds of a clock that only runs forward.
  public var monotonicClock: () -> Int64
  /// Nanoseconds of processor time that the calling thread has used.
  public var threadClock: () -> Int64 = { 0 }
  /// Nanoseconds since 1970-01-01T00:00Z.
  public var wallClock: () -> Int64
  /// Identifies the process among those running.
  public var processIdentifier: Int32 = 1
  /// What the machine and the libraries say about themselves.
  public var machine: Machine
  /// What `bench` measures of the simulator's own speed.
  public var speed = SpeedSetup()
  /// Begins to catch the signals that ask a run to stop.
  public var watchSignals: () -> Void = {}
  /// The signal caught so far, if any.
  public var caughtSignal: () -> Int32? = { nil }
  /// What memory the process may use.
  var memoryLimits = MemoryLimits(physical: .max)
  /// Begins to keep memory within a bound.
  var watchMemory: (MemoryBound) -> Void = { _ in }
  /// Leaves memory alone until it is watched again; no thread is left of what watched it.
  var leaveMemory: () -> Void = {}
  /// What is to be said of memory beyond the bound, where a run is to end for it.
  var exceededMemory: () -> String? = { nil }
  /// Whether work may be done by forks of this process: it has one thread, and nothing else of it
  /// would be surprised.
  public var canFork = false
  /// Prepares the run of a scenario.
  public var prepare: (LoadedScenario, Suspension) throws(RunError) -> any PreparedRun

  /// `path`, below `directory` where it is relative.
  func resolved(_ path: String) -> String {
    directory.isEmpty || path.isEmpty || path.hasPrefix("/") ? path : directory + "/" + path
  }
}

/// A run that can be started.
public protocol PreparedRun {
  /// Runs to the end, or until `progress` returns false.
  func run(threads: Int, progress: @escaping (RunProgress) -> Bool) -> RunOutcome

  /// The same run with somebody who listens for a story; one that has none to tell is as it was.
  func told(to story: StoryWatch) -> any PreparedRun

  /// How what it is made of is called.
  var names: ScenarioNames { get }
}

extension PreparedRun {
  /// The run as it is: it has no story to tell.
  public func told(to story: StoryWatch) -> any PreparedRun { self }

  /// No names.
  public var names: ScenarioNames { ScenarioNames() }
}

extension ScenarioRun: PreparedRun {
  /// The run, with a listener.
  public func told(to story: StoryWatch) -> any PreparedRun { heard(by: story) }
}

/// What the machine says about itself and this process.
public struct Machine {
  /// Processors the process may use, by affinity and quota.
  public var cores = 1
  /// Model of the processor, as it calls itself.
  public var processor = ""
  /// Name, version and architecture of the operating system.
  public var operatingSystem = ""
  /// Version of the Swift compiler.
  public var swiftVersion = ""
  /// Versions of the libraries in use, sorted by name.
  public var libraries: [NamedText] = []
  /// Reads what memory is in use now.
  public var memory: () -> MemoryUse = { MemoryUse() }

  /// A machine that says nothing.
  public init() {}
}

/// Memory of the process in bytes.
public struct MemoryUse: Equatable {
  /// Held by the program, as jemalloc counts.
  public var allocated = 0
  /// Physical memory in use by the allocator, as jemalloc counts.
  public var resident = 0
  /// Most physical memory the process ever had.
  public var peakResident = 0

  /// Nothing.
  public init(allocated: Int = 0, resident: Int = 0, peakResident: Int = 0) {
    self.allocated = allocated
    self.resident = resident
    self.peakResident = peakResident
  }
}
