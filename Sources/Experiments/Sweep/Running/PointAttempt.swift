import Host
import Reporting
import Simulator
import Synchronization
import VirtualTime

/// Attempts at points of a sweep, by whichever thread or process.
struct PointAttempt: Sendable {
  private let scenario: SweepScenario
  private let directory: SweepDirectory
  private let suspension: Suspension
  private let hooks: SweepHooks
  private let inputs: InputHashes

  init(
    _ scenario: SweepScenario, _ directory: SweepDirectory, _ suspension: Suspension,
    _ hooks: SweepHooks
  ) {
    self.scenario = scenario
    self.directory = directory
    self.suspension = suspension
    self.hooks = hooks
    inputs = InputHashes(scenario: scenario.file)
  }

  /// Makes the result of the point with this number, unless it is there; `progress` is told which
  /// part of it is done.
  func run(_ number: Int, progress: @escaping (Double) -> Void) -> PointEnd {
    let point = scenario.definition.grid.point(number)
    if let finish = found(point) { return .finished(finish) }
    hooks.beforeLocking(number)
    let place: ResultDirectory
    do throws(OutputError) {
      place = try ResultDirectory(path: directory.result(of: point), replacesTorn: true)
    } catch {
      return error.kind == .busy ? .postponed : .failed(SweepError(.cannotWrite, "\(error)"))
    }
    if let finish = found(point) {
      place.abandon()
      return .finished(finish)
    }
    return run(point, place, progress)
  }

  /// The point's result, if it is there, whole, and made of the inputs of today.
  private func found(_ point: SweepPoint) -> PointFinish? {
    guard case .finished(let manifest) = PointResult(of: point, scenario.definition, in: directory),
      manifest.identity.inputs.allSatisfy(inputs.areUnchanged)
    else { return nil }
    var finish = PointFinish(verdict: manifest.verdict, wasFound: true)
    if manifest.verdict == .invariantViolated {
      finish.breach = ("an invariant was violated", command(manifest.identity))
    }
    return finish
  }

  private func run(
    _ point: SweepPoint, _ place: ResultDirectory, _ progress: @escaping (Double) -> Void
  ) -> PointEnd {
    let began = hooks.begin()
    progress(0)
    let run: ScenarioRun
    do {
      run = try ScenarioRun(try scenario.load(point), suspension: suspension)
    } catch {
      place.abandon()
      return .failed(SweepError(.refused, "\(error)".split(separator: "\n").map(String.init)))
    }
    var windows = 0
    let outcome = run.run(threads: 1) { state in
      windows += 1
      if windows.isMultiple(of: 64) { progress(Self.fraction(state)) }
      return !hooks.shouldStop()
    }
    if outcome.result.verdict == .interrupted {
      place.abandon()
      return .stopped
    }
    return publish(outcome, place, hooks.environment(outcome, began))
  }

  private func publish(
    _ outcome: RunOutcome, _ place: ResultDirectory, _ environment: RunEnvironment
  ) -> PointEnd {
    do throws(OutputError) {
      for file in outcome.files { try place.write(file.name, file.bytes) }
      try place.publish(outcome.result, environment: environment)
    } catch {
      place.abandon()
      return .failed(SweepError(.cannotWrite, "\(error)"))
    }
    var finish = PointFinish(verdict: outcome.result.verdict)
    finish.notes = outcome.errors
    if outcome.result.verdict == .invariantViolated {
      finish.breach = (outcome.breach.map { "\($0)" } ?? "", command(outcome.result.identity))
    }
    return .finished(finish)
  }

  private func command(_ identity: RunIdentity) -> String {
    var identity = identity
    identity.scenarioReference = scenario.file
    return identity.reproducingCommand
  }

  private static func fraction(_ progress: RunProgress) -> Double {
    if let expected = progress.expectedRequests, expected > 0 {
      return min(1, Double(progress.requests) / Double(expected))
    }
    return min(
      1, Double(progress.now.nanoseconds) / Double(max(1, progress.arrivalsEnd.nanoseconds)))
  }
}

extension PointEnd {
  init(_ bytes: [UInt8]) {
    var unpacker = Unpacker(bytes)
    switch unpacker.number() {
    case 0:
      var finish = PointFinish(verdict: Verdict(rawValue: unpacker.text())!)
      finish.wasFound = unpacker.flag()
      finish.notes = unpacker.list { $0.text() }
      if unpacker.flag() { finish.breach = (unpacker.text(), unpacker.text()) }
      self = .finished(finish)
    case 1: self = .postponed
    case 2: self = .stopped
    default:
      let kind = SweepError.Kind(rawValue: Int32(unpacker.number()))!
      self = .failed(SweepError(kind, unpacker.list { $0.text() }))
    }
  }

  var packed: [UInt8] {
    var packer = Packer()
    switch self {
    case .finished(let finish):
      packer.add(0)
      packer.add(finish.verdict.rawValue)
      packer.add(finish.wasFound)
      packer.add(finish.notes) { $0.add($1) }
      packer.add(finish.breach != nil)
      if let breach = finish.breach {
        packer.add(breach.text)
        packer.add(breach.command)
      }
    case .postponed: packer.add(1)
    case .stopped: packer.add(2)
    case .failed(let error):
      packer.add(3)
      packer.add(Int(error.kind.rawValue))
      packer.add(error.lines) { $0.add($1) }
    }
    return packer.bytes
  }
}

/// Hashes of the files that scenarios read, each file read once.
private final class InputHashes: Sendable {
  private let folder: String
  private let known = Mutex<[String: String?]>([:])

  /// - Parameter scenario: the file that names are relative to.
  init(scenario: String) {
    folder = scenario.lastIndex(of: "/").map { String(scenario[...$0]) } ?? ""
  }

  /// Whether the file is still the one that was read.
  func areUnchanged(_ input: InputFile) -> Bool {
    let path = input.name.hasPrefix("/") ? input.name : folder + input.name
    let hash = known.withLock { known in
      if let hash = known[path] { return hash }
      let bytes = try? RegularFile.read(path, limit: 8 << 30)
      let hash = bytes.map { SHA256.hexDigest(of: $0) }
      known[path] = .some(hash)
      return hash
    }
    return hash == input.sha256
  }
}
