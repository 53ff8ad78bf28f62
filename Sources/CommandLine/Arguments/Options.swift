import Experiments
import Host
import Reporting
import Scenario
import Simulator
import VirtualTime

/// When something that is made for terminals is used.
enum When: String, CaseIterable, Sendable { case auto, always, never }

/// What flags and environment variables say, flags first.
struct Options {
  static let threadRange = 1...1_024

  private let arguments: ParsedArguments
  private let environment: [String: String]

  init(_ arguments: ParsedArguments, environment: [String: String]) {
    self.arguments = arguments
    self.environment = environment
  }

  /// Those that the command takes.
  var flags: [Flag] { arguments.command.flags }

  /// A text and what gave it: the flag or the variable. An empty variable is as good as none.
  struct Given: Equatable {
    var text: String
    var origin: ScenarioOrigin
  }

  /// What a flag that is not repeated says.
  func given(_ flag: Flag) -> Given? {
    if let value = arguments.values[flag]?.first {
      return Given(text: value, origin: .flag(flag.spelling))
    }
    return variable(flag)
  }

  /// What the variable of a flag says.
  private func variable(_ flag: Flag) -> Given? {
    guard let variable = flag.variable, let value = environment[variable], !value.isEmpty else {
      return nil
    }
    return Given(text: value, origin: .environment(variable))
  }

  /// All values of a flag that may be repeated.
  func values(_ flag: Flag) -> [String] { arguments.values[flag] ?? [] }

  /// Whether a switch is on; a variable says 1 or 0.
  func isSet(_ flag: Flag) throws(Failure) -> Bool {
    if arguments.values[flag] != nil { return true }
    return try given(flag).map(truth) ?? false
  }

  private func truth(_ given: Given) throws(Failure) -> Bool {
    switch given.text {
    case "1", "true": return true
    case "0", "false": return false
    default: throw expected("1 or 0", given)
    }
  }

  /// One of the words of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ flag: Flag, default value: Choice
  ) throws(Failure) -> Choice where Choice.RawValue == String {
    try given(flag).map(word) ?? value
  }

  private func word<Choice: RawRepresentable & CaseIterable>(
    _ given: Given
  ) throws(Failure) -> Choice where Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue)
    try check(given, isOneOf: words)
    guard let choice = Choice(rawValue: given.text) else {
      preconditionFailure("\(given.text) is a word of \(words) and none of its values")
    }
    return choice
  }

  private func check(_ given: Given, isOneOf words: [String]) throws(Failure) {
    guard !words.contains(given.text) else { return }
    throw expected(
      "one of \(words.joined(separator: ", "))", given, hint(given.text, words))
  }

  /// The whole number that a flag says, within the bounds of its declaration; nil where none is
  /// given.
  func count(_ flag: Flag) throws(Failure) -> Int? { try number(flag).map { Int($0) } }

  private func number(_ flag: Flag) throws(Failure) -> UInt64? {
    guard case .number(let range) = flag.form else {
      preconditionFailure("\(flag.spelling) is declared without bounds")
    }
    return try given(flag).map { given throws(Failure) in try number(given, in: range) }
  }

  private func number(_ given: Given, in range: ClosedRange<UInt64>) throws(Failure) -> UInt64 {
    guard let number = Self.wholeNumber(given.text), range.contains(number) else {
      throw expected("a whole number of \(range.lowerBound) to \(range.upperBound)", given)
    }
    return number
  }

  /// Threads asked for; nil to take what the machine has.
  func threads() throws(Failure) -> Int? {
    try count(.threads)
  }

  /// The bound on memory that is asked for; nil for the standard one.
  func memory(_ limits: MemoryLimits) throws(Failure) -> MemoryBound? {
    guard let given = given(.memory) else { return nil }
    guard let bytes = MemoryBound.size(given.text), bytes >= MemoryBound.least else {
      throw expected("a size of at least 64MiB, such as 512MiB or 4GiB", given)
    }
    return MemoryBound(
      bytes: bytes, origin: SourcePosition(origin: given.origin).description, limits: limits)
  }

  /// The metrics asked for, all of them metrics of runs and none named twice; nil without any.
  func metrics() throws(Failure) -> [String]? {
    guard let given = given(.metrics) else { return nil }
    let names = given.text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let known = MetricCatalog.names
    for (index, name) in names.enumerated() {
      guard known.contains(name) else {
        let hint = hint(name, known)
        throw usage(
          "--metrics: there is no metric \(quoted(name))"
            + (hint.isEmpty ? "; `settlesim list metrics` names them all" : hint))
      }
      guard !names[..<index].contains(name) else {
        throw usage("--metrics: the metric \(quoted(name)) is named twice")
      }
    }
    return names
  }

  /// The seed as an override of the scenario; nil to take the scenario's.
  func seed() throws(Failure) -> ScenarioOverride? {
    guard let seed = try number(.seed), let given = given(.seed) else { return nil }
    return ScenarioOverride(path: "seed", value: String(seed), origin: given.origin)
  }

  /// All values that replace those of the scenario, the seed and the gate first.
  func overrides() throws(Failure) -> [ScenarioOverride] {
    var overrides: [ScenarioOverride] = []
    if let seed = try seed() { overrides.append(seed) }
    if let gate = given(.gate) {
      let choice = try choice(.gate, default: ScenarioSettings.Gate.thresholds)
      overrides.append(
        ScenarioOverride(path: "gate", value: choice.rawValue, origin: gate.origin))
    }
    for text in values(.set) {
      guard let override = ScenarioOverride(assignment: text) else {
        throw usage("--set: expected path.to.key=value, found \(quoted(text))")
      }
      if let former = overrides.first(where: { $0.path == override.path }) {
        // A flag outranks a variable; two flags contradict each other.
        guard case .environment = former.origin else {
          throw usage("\(override.path) is given twice, by \(name(former)) and by --set")
        }
        overrides.removeAll { $0.path == override.path }
      }
      overrides.append(override)
    }
    return overrides
  }

  /// Digits alone: no sign, no separators, no spaces.
  private static func wholeNumber(_ text: String) -> UInt64? {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isPlain && text.utf8.count <= 20 ? UInt64(text) : nil
  }

  private func name(_ override: ScenarioOverride) -> String {
    SourcePosition(origin: override.origin).description
  }

  private func expected(_ what: String, _ given: Given, _ hint: String = "") -> Failure {
    let name = SourcePosition(origin: given.origin).description
    return usage("\(name): expected \(what), found \(quoted(given.text))\(hint)")
  }

  func usage(_ message: String) -> Failure { .usage(message, help: arguments.command) }
}

extension Options {
  /// Refuses a variable with a value that its flag cannot have, whichever command runs and whatever
  /// its flags say: who sets it means something by it. Where results go and which share of a sweep
  /// is run is read by the commands that have it.
  func checkVariables() throws(Failure) {
    for flag in Flag.allCases {
      guard let given = variable(flag) else { continue }
      switch flag.form {
      case .toggle: _ = try truth(given)
      case .number(let range): _ = try number(given, in: range)
      case .words(let words): try check(given, isOneOf: words)
      case .text: break
      }
    }
  }

  /// Warnings about variables that look like ours and are not.
  static func warnings(environment: [String: String]) -> [String] {
    let known =
      Flag.allCases.compactMap(\.variable) + [ShardChoice.countVariable] + Planting.variables
    return environment.keys.filter { $0.hasPrefix("SETTLESIM_") && !known.contains($0) }.sorted()
      .map {
        "settlesim: warning: the variable \(quoted($0)) means nothing here\(hint($0, known))"
      }
  }
}
