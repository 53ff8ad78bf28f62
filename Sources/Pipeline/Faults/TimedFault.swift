import Chance
import Faults
import Scenario
import VirtualTime

/// A fault with the times at which it holds.
public struct TimedFault: Sendable {
  /// As the scenario has it.
  public let setting: FaultSetting
  /// What goes wrong.
  public let kind: FaultKind
  /// When it holds, nanoseconds from the start of the run; in order, none touching another.
  public let windows: [Range<Int64>]

  init(_ setting: FaultSetting, in scenario: ScenarioSettings) {
    self.setting = setting
    kind = FaultKind.named(setting.kind)!
    let length = setting.lasts.nanoseconds
    let end = scenario.time.duration.nanoseconds
    var windows: [Range<Int64>] = []
    if let at = setting.at {
      let begin = at.nanoseconds(from: scenario.time.date)
      windows = [begin..<begin + length]
    } else if let every = setting.every?.nanoseconds {
      windows = stride(from: every, to: end, by: Int64.Stride(every)).map { $0..<$0 + length }
    } else if let rate = setting.rate {
      var random = RandomStream(
        seed: scenario.seed, component: "fault.\(setting.id)", purpose: "instants")
      let gap = Exponential(mean: Double(rate.mean.nanoseconds))
      var begin = max(1, Int64(gap.draw(&random)))
      while begin < end {
        windows.append(begin..<begin + length)
        begin += length + max(1, Int64(gap.draw(&random)))
      }
    }
    self.windows = windows
  }

  /// When it holds around an instant; nil: it does not.
  func window(at now: Int64) -> Range<Int64>? {
    var (low, high) = (0, windows.count)
    while low < high {
      let middle = (low + high) / 2
      if windows[middle].upperBound <= now { low = middle + 1 } else { high = middle }
    }
    return low < windows.count && windows[low].contains(now) ? windows[low] : nil
  }

  /// Whether it befalls the station of that name, or of that cell.
  func befalls(_ station: FaultKind.Station, _ name: String) -> Bool {
    kind.station == station && (setting.target ?? name) == name
  }
}

/// A fault that has taken hold of a call: its position in the scenario, and the time in which it
/// held.
struct MetFault: Equatable {
  let fault: Int
  let window: Range<Int64>
}

/// The faults of one station of a cell. Each draws for every call by itself.
struct StationFaults {
  private struct Fault {
    let position: Int
    let timed: TimedFault
    /// Nil: it concerns every call.
    let share: Probability?
    var random: RandomStream

    mutating func meet(at now: Int64) -> MetFault? {
      guard let window = timed.window(at: now) else { return nil }
      if let share, !random.chance(share) { return nil }
      return MetFault(fault: position, window: window)
    }
  }

  private var faults: [Fault]

  /// Nil where no fault befalls the station.
  init?(_ station: FaultKind.Station, _ name: String, _ shared: CellShared) {
    faults = shared.deployment.faults.enumerated().compactMap { position, timed in
      guard timed.befalls(station, name) else { return nil }
      let share = timed.setting.share
      return Fault(
        position: position, timed: timed, share: share == 1 ? nil : Probability(share),
        random: shared.random("fault.\(timed.setting.id)", name))
    }
    if faults.isEmpty { return nil }
  }

  /// What a call at an instant finds, and through which faults.
  ///
  /// - Parameter isUp: the station has been asked before whether it is down, and is not.
  mutating func meet(at now: Int64, isUp: Bool = false) -> (conditions: Conditions, met: [MetFault])
  {
    var conditions = Conditions()
    var met: [MetFault] = []
    for index in faults.indices where !(isUp && faults[index].timed.kind.alone.isDown) {
      guard let found = faults[index].meet(at: now) else { continue }
      let timed = faults[index].timed
      timed.kind.apply(to: &conditions, factor: timed.setting.factor ?? 1)
      met.append(found)
    }
    return (conditions, met)
  }

  /// When a station that is down at an instant is back, as far as the faults go that hold then; nil
  /// where it is not down.
  mutating func back(from now: Int64) -> (instant: Int64, met: [MetFault])? {
    var met: [MetFault] = []
    for index in faults.indices {
      guard faults[index].timed.kind.alone.isDown, let found = faults[index].meet(at: now) else {
        continue
      }
      met.append(found)
    }
    return met.map(\.window.upperBound).max().map { ($0, met) }
  }
}
