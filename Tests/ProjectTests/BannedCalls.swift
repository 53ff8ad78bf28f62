/// Calls that would make a run depend on the machine, the clock or the scheduler, or that the
/// toolchain has open bugs in, each with what to write instead.
enum BannedCalls {
  struct Rule {
    /// Found as whole words in code.
    var text: String
    var replacement: String
  }
  /// A place outside the simulation that needs what is banned elsewhere.
  struct Exception {
    /// A file, or a folder if it ends with a slash.
    var path: String
    var texts: [String]
    var reason: String
  }

  private static let tasks = "a plain Task in the island, or Channel and Resource of VirtualTime"
  private static let random = "a RandomStream keyed by seed, component and purpose"
  private static let clock = "the island's virtual clock"
  private static let math = "PortableMath, which is alike on every CPU"

  static let rules: [Rule] = [
    Rule(text: "Task.sleep", replacement: "island.sleep(for:)"),
    Rule(text: "Task.detached", replacement: tasks),
    Rule(text: "async let", replacement: tasks),
    Rule(text: "withTaskGroup", replacement: tasks),
    Rule(text: "withThrowingTaskGroup", replacement: tasks),
    Rule(text: "withDiscardingTaskGroup", replacement: tasks),
    Rule(text: "withThrowingDiscardingTaskGroup", replacement: tasks),
    Rule(text: "AsyncStream", replacement: "Channel of VirtualTime"),
    Rule(text: "AsyncThrowingStream", replacement: "Channel of VirtualTime"),
    Rule(text: "@MainActor", replacement: "an actor on an island"),
    Rule(text: "MainActor", replacement: "an actor on an island"),
    Rule(text: "withCheckedContinuation", replacement: "island.sleep or a reply of VirtualTime"),
    Rule(
      text: "withCheckedThrowingContinuation", replacement: "island.sleep or a reply of VirtualTime"
    ),
    Rule(text: "isolated deinit", replacement: "an explicit close()"),
    Rule(text: "Date()", replacement: clock),
    Rule(text: "Date.now", replacement: clock),
    Rule(text: "ContinuousClock", replacement: clock),
    Rule(text: "SuspendingClock", replacement: clock),
    Rule(text: "DispatchTime", replacement: clock),
    Rule(text: "clock_gettime", replacement: clock),
    Rule(text: "gettimeofday", replacement: clock),
    Rule(text: "time(nil)", replacement: clock),
    Rule(text: "getenv", replacement: "a value handed in by CommandLine"),
    Rule(text: "ProcessInfo", replacement: "a value handed in by CommandLine"),
    Rule(text: "SystemRandomNumberGenerator", replacement: random),
    Rule(text: "UUID()", replacement: random),
    Rule(text: ".shuffled()", replacement: "shuffled(using:) with \(random)"),
    Rule(text: ".shuffle()", replacement: "shuffle(using:) with \(random)"),
    Rule(text: ".randomElement()", replacement: "randomElement(using:) with \(random)"),
    Rule(text: "rand()", replacement: random),
    Rule(text: "random()", replacement: random),
    Rule(text: "drand48", replacement: random),
    Rule(text: "arc4random", replacement: random),
    Rule(text: ".hashValue", replacement: "a hash that is alike in every process"),
    Rule(text: "Hasher()", replacement: "a hash that is alike in every process"),
    Rule(text: "log(", replacement: math),
    Rule(text: "log2(", replacement: math),
    Rule(text: "log10(", replacement: math),
    Rule(text: "exp(", replacement: math),
    Rule(text: "pow(", replacement: math),
    Rule(text: "Glibc.log(", replacement: math),
    Rule(text: "Glibc.exp(", replacement: math),
    Rule(text: "Glibc.pow(", replacement: math),
    Rule(text: "Foundation.log(", replacement: math),
    Rule(text: "Foundation.exp(", replacement: math),
    Rule(text: "Foundation.pow(", replacement: math),
    Rule(
      text: "print(", replacement: "the output handed in by CommandLine, whose errors are checked"),
  ]

  static let exceptions: [Exception] = [
    Exception(
      path: "Sources/Chance/PortableMath.swift", texts: ["exp(", "pow(", "log("],
      reason: "defines them"),
    Exception(
      path: "Sources/tandem/", texts: ["clock_gettime", "print("],
      reason: "measures wall time; no part of a run"),
    Exception(
      path: "Sources/timings/", texts: ["clock_gettime", "print("],
      reason: "measures wall time; no part of a run"),
    Exception(
      path: "Sources/CommandLine/", texts: ["clock_gettime", "getenv"],
      reason: "progress for people, and the process's environment"),
    Exception(
      path: "Sources/VirtualTime/Islands/Crew.swift", texts: ["clock_gettime"],
      reason: "which threads share a window: it moves the time that a run takes, and nothing else"),
    Exception(
      path: "Sources/Simulator/Environment/", texts: ["clock_gettime"],
      reason: "wall time of environment.json, which is no deterministic file"),
  ]

  static func findings(in source: SourceText) -> [Finding] {
    let excused = exceptions.filter { exception in
      exception.path.hasSuffix("/")
        ? source.path.hasPrefix(exception.path) : source.path == exception.path
    }.flatMap(\.texts)
    var findings: [Finding] = []
    for (index, line) in source.code.enumerated() where !line.allSatisfy(\.isWhitespace) {
      let found = rules.filter { !excused.contains($0.text) && occurs($0.text, in: line) }
      let longest = found.filter { rule in
        !found.contains { $0.text != rule.text && $0.text.contains(rule.text) }
      }
      for rule in longest {
        findings.append(
          Finding(
            path: source.path, line: index + 1,
            message: "\(rule.text) is banned: use \(rule.replacement)"))
      }
      if let message = unseeded(line) {
        findings.append(Finding(path: source.path, line: index + 1, message: message))
      }
    }
    return findings
  }

  /// Whether the text stands in a line as whole words, not as a member of something else (unless
  /// it begins with a point itself) and not as a declaration.
  static func occurs(_ text: String, in line: String) -> Bool {
    guard line.contains(text) else { return false }
    let bytes = Array(line.utf8)
    let wanted = Array(text.utf8)
    guard bytes.count >= wanted.count else { return false }
    for start in 0...(bytes.count - wanted.count)
    where bytes[start] == wanted[0] && bytes[start..<start + wanted.count].elementsEqual(wanted) {
      let end = start + wanted.count
      let endsInWord = isWord(wanted[wanted.count - 1])
      if endsInWord, end < bytes.count, isWord(bytes[end]) { continue }
      if isWord(wanted[0]) {
        if start > 0, isWord(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: ".") { continue }
        if bytes[..<start].suffix(5).elementsEqual("func ".utf8) { continue }
      }
      return true
    }
    return false
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  /// `Int.random(in:)` and its kin draw from the system unless told otherwise.
  private static func unseeded(_ line: String) -> String? {
    let draws = ["Int", "Double", "Float", "Bool", "UInt64", "Int64", "UInt32", "UInt8", "CGFloat"]
    guard draws.contains(where: { occurs("\($0).random(", in: line) }), !line.contains("using:")
    else { return nil }
    return "random without using: is banned: use \(random)"
  }
}
