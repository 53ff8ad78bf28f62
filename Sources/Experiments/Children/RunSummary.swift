import Reporting
import Simulator

/// What a comparison keeps of a run: small enough to come from another process.
public struct RunSummary: Sendable {
  /// What was run.
  public var identity: RunIdentity
  /// How it ended.
  public var verdict: Verdict
  /// Every figure.
  public var metrics: [String: Double]
  /// ISO 4217 code of the currency of its costs; nil where it has none.
  public var currency: String?
  /// Errors of the scenario, one a line.
  public var errors: [String]
  /// The broken invariant in words; nil where all held.
  public var breach: String?

  /// What is kept of an outcome.
  public init(_ outcome: RunOutcome) {
    identity = outcome.result.identity
    verdict = outcome.result.verdict
    metrics = outcome.result.metrics
    currency = outcome.result.reportingCurrency
    errors = outcome.errors
    breach = outcome.breach.map { "\($0)" }
  }

  init(_ bytes: inout Unpacker) {
    identity = RunIdentity(from: &bytes)
    verdict = Verdict(rawValue: bytes.text())!
    let names = bytes.list { $0.text() }
    metrics = [:]
    for name in names { metrics[name] = bytes.double() }
    currency = bytes.optionalText()
    errors = bytes.list { $0.text() }
    breach = bytes.optionalText()
  }

  func pack(into bytes: inout Packer) {
    identity.pack(into: &bytes)
    bytes.add(verdict.rawValue)
    let sorted = metrics.sorted { $0.key < $1.key }
    bytes.add(sorted.map(\.key)) { $0.add($1) }
    for (_, value) in sorted { bytes.add(value) }
    bytes.add(currency)
    bytes.add(errors) { $0.add($1) }
    bytes.add(breach)
  }
}

extension RunIdentity {
  init(from bytes: inout Unpacker) {
    self.init(
      scenarioName: bytes.text(), scenarioText: bytes.text(), seed: bytes.unsigned(),
      scenarioReference: bytes.text())
    scenarioDescription = bytes.text()
    overrides = bytes.list { SettingOverride(path: $0.text(), value: $0.text()) }
    inputs = bytes.list { InputFile(name: $0.text(), sha256: $0.text(), size: $0.number()) }
    digest = bytes.unsigned()
    arrivalDigest = bytes.unsigned()
    eventCount = bytes.number()
    settlesimVersion = bytes.text()
    timeZoneDatabaseVersion = bytes.text()
  }

  func pack(into bytes: inout Packer) {
    bytes.add(scenarioName)
    bytes.add(scenarioText)
    bytes.add(seed)
    bytes.add(scenarioReference)
    bytes.add(scenarioDescription)
    bytes.add(overrides) {
      $0.add($1.path)
      $0.add($1.value)
    }
    bytes.add(inputs) {
      $0.add($1.name)
      $0.add($1.sha256)
      $0.add($1.size)
    }
    bytes.add(digest)
    bytes.add(arrivalDigest)
    bytes.add(eventCount)
    bytes.add(settlesimVersion)
    bytes.add(timeZoneDatabaseVersion)
  }
}
