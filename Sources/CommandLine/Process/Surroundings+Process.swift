import Host
import Glibc
import Reporting
import Simulator
import VirtualTime

extension Surroundings {
  /// The surroundings of this very process. Call it once, first of all: it keeps the standard
  /// descriptors from being reused and a closed pipe from ending the process.
  public static func process() -> Surroundings {
    CheckedOutput.reserveStandardDescriptors()
    CheckedOutput.ignoreSignalsOfWrites()
    var surroundings = Surroundings(
      arguments: (1..<max(1, Int(Swift.CommandLine.argc))).map { index in
        Swift.CommandLine.unsafeArgv[index].flatMap { String(validatingCString: $0) }
      },
      output: .descriptor(.standardOutput), error: .descriptor(.standardError),
      monotonicClock: { nanoseconds(CLOCK_MONOTONIC) },
      wallClock: { nanoseconds(CLOCK_REALTIME) }, machine: .current,
      prepare: { scenario, suspension throws(RunError) in
        try ScenarioRun(scenario, suspension: suspension)
      })
    CrashReport.install(
      command: (["settlesim"] + surroundings.arguments.compactMap { $0 }).map(shellQuoted)
        .joined(separator: " "))
    surroundings.canFork = true
    surroundings.environment = processEnvironment()
    surroundings.processIdentifier = getpid()
    surroundings.shared = executable().map(ShippedScenarios.shared) ?? []
    surroundings.threadClock = { nanoseconds(CLOCK_THREAD_CPUTIME_ID) }
    surroundings.speed.threads = .standard(
      clock: { nanoseconds(CLOCK_MONOTONIC) },
      processorClock: { nanoseconds(CLOCK_PROCESS_CPUTIME_ID) })
    surroundings.memoryLimits = .current
    surroundings.watchMemory = { MemoryWatch.start($0) }
    surroundings.leaveMemory = { MemoryWatch.stop() }
    surroundings.exceededMemory = { MemoryWatch.exceeded }
    surroundings.watchSignals = { Interruption.watch() }
    surroundings.caughtSignal = { Interruption.signal }
    return surroundings
  }

  /// The file of this program, links followed; nil where the system does not tell.
  private static func executable() -> String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  private static func nanoseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    let code = clock_gettime(clock, &time)
    precondition(code == 0, "the clock \(clock) cannot be read")
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// All variables; of one given twice the first, as `getenv` has it.
  private static func processEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    var next = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?(environ)
    while let pointer = next, let entry = pointer.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        let name = String(text[..<equals])
        if variables[name] == nil {
          variables[name] = String(text[text.index(after: equals)...])
        }
      }
      next = pointer.successor()
    }
    return variables
  }
}

extension Surroundings.Stream {
  /// The stream behind an open descriptor.
  static func descriptor(_ output: CheckedOutput) -> Surroundings.Stream {
    var stream = Surroundings.Stream(write: { text throws(OutputError) in try output.write(text) })
    stream.isTerminal = isatty(output.descriptor) == 1
    var size = winsize()
    if stream.isTerminal, ioctl(output.descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      stream.columns = Int(size.ws_col)
    }
    return stream
  }
}
