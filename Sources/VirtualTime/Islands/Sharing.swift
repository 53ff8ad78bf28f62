/// Which windows the threads of a run share.
public enum WindowSharing: Sendable {
  /// Those that are over sooner for it, as far as can be told from those before.
  case worthwhile
  /// All in which several islands have something to do.
  case always
}

/// Decides which windows are worth more threads than one, by what windows have cost so far.
///
/// A shared window costs waking and waiting, some ten microseconds, and where other processes want
/// the processors much more. So
/// 1. a window that is not expected to take `worthwhile` is run by one thread;
/// 2. of the others, as many as make a measurement are run alone and shared in turn, and what a
///    step (an event, or a task that goes on) has cost either way is compared;
/// 3. they are shared where that saves a fifth of the time; the other way is tried again now and
///    then, the more rarely the worse it was.
///
/// Neither way changes what happens, only how long it takes.
struct Sharing {
  /// Shorter windows are never shared, nanoseconds.
  static let worthwhile = 200_000.0
  /// A measurement takes at least this long, nanoseconds.
  static let measurement: Int64 = 1_000_000
  /// What sharing must at least save to be worth the processors.
  static let leastGain = 0.2

  /// What a way of running windows has cost.
  private struct Cost {
    /// Nanoseconds a step; nil before the first measurement.
    var perStep: Double?

    mutating func add(_ measured: Double) {
      perStep = perStep.map { 0.75 * $0 + 0.25 * measured } ?? measured
    }
  }

  private var alone = Cost()
  private var shared = Cost()
  /// Steps of a window of late.
  private var steps = 0.0
  /// Nanoseconds of a step of late, whichever way.
  private var stepTime = 0.0
  private var isShared = false
  /// The measurement under way.
  private var measuredTime: Int64 = 0
  private var measuredSteps = 0
  /// Measurements until the other way is tried.
  private var untilTrial = 0
  private var isTrial = false

  /// Whether a window is to be shared in which `active` islands have something to do.
  func shares(_ active: Int) -> Bool {
    active > 1 && isShared && steps * (alone.perStep ?? stepTime) >= Self.worthwhile
  }

  /// How long a window that was begun alone may take before it is shared all the same, nanoseconds:
  /// it may be another kind of window than those of late.
  var patience: Int64 {
    Int64(max(2 * Self.worthwhile, min(4 * steps * stepTime, 1e15)))
  }

  /// Takes what a window has taken: `time` in nanoseconds, and its steps.
  mutating func note(wasShared: Bool, time: Int64, steps count: Int) {
    guard count > 0, time >= 0 else { return }
    let time = wasShared ? time : min(time, mostOfOne(steps: count))
    steps += (Double(count) - steps) / 8
    stepTime += (Double(time) / Double(count) - stepTime) / 8
    let expected = steps * (alone.perStep ?? stepTime)
    // A window too small to be shared says nothing about the way that was chosen.
    guard expected >= Self.worthwhile else { return }
    guard wasShared == isShared else { return }
    measuredTime += time
    measuredSteps += count
    guard measuredTime >= Self.measurement else { return }
    let cost = Double(measuredTime) / Double(measuredSteps)
    measuredTime = 0
    measuredSteps = 0
    if isShared { shared.add(cost) } else { alone.add(cost) }
    choose()
  }

  /// What a window run by one thread is taken to have cost at most, nanoseconds: where other
  /// processes want the processors, one that was interrupted lasts a thousand times what it costs,
  /// and small windows would pass for large ones.
  private func mostOfOne(steps count: Int) -> Int64 {
    guard stepTime > 0 else { return .max }
    return Int64(min(max(8 * Double(count) * stepTime, 2 * Self.worthwhile), 1e15))
  }

  private mutating func choose() {
    guard let one = alone.perStep else { return isShared = false }
    guard let many = shared.perStep else { return isShared = true }
    let better = many < one * (1 - Self.leastGain)
    if isTrial {
      isTrial = false
      isShared = better
      untilTrial = Self.trialDistance(better ? one / many : many / one)
    } else if isShared != better {
      isShared = better
      untilTrial = Self.trialDistance(better ? one / many : many / one)
    } else if untilTrial <= 0 {
      isTrial = true
      isShared = !better
    } else {
      untilTrial -= 1
    }
  }

  /// Measurements between trials of a way that is slower by the factor `ratio`.
  private static func trialDistance(_ ratio: Double) -> Int {
    let ratio = min(max(ratio, 1), 2)
    return Int(16 * ratio * ratio * ratio * ratio)
  }
}
