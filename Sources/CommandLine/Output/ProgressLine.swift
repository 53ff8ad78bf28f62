import Reporting
import Simulator

/// How far a run is, in words, short enough for a terminal of 80 columns:
/// `42 %  10 h 05 min virtual  165,167 payments/s  0.82 M events/s  29 s left`.
struct ProgressLine {
  /// Requests sent so far, of those expected; virtual time where their number is not known; 0...1.
  let fraction: Double
  /// The whole line.
  let text: String

  /// A line made elsewhere.
  init(fraction: Double, text: String) {
    self.fraction = fraction
    self.text = text
  }

  /// - Parameter elapsed: nanoseconds of real time since the run began.
  init(_ progress: RunProgress, elapsed: Int64) {
    let time = HumanFormat.duration(progress.now.nanoseconds)
    let seconds = max(Double(elapsed) / 1e9, 1e-9)
    let isDraining = progress.now > progress.arrivalsEnd
    fraction = isDraining ? 1 : Self.fraction(progress)
    let percent = Int(fraction * 100)
    var parts = ["\(percent < 10 ? " " : "")\(percent) %", "\(time) virtual"]
    parts.append("\(HumanFormat.count(Int(Double(progress.requests) / seconds))) payments/s")
    let eventsPerSecond = HumanFormat.plain(
      (Double(progress.events) / seconds / 1e4).rounded() / 100)
    parts.append("\(eventsPerSecond) M events/s")
    if isDraining {
      parts.append("settling")
    } else if fraction > 0.01 {
      let left = Double(elapsed) * (1 - fraction) / fraction
      parts.append("\(Self.roughly(left / 1e9)) left")
    }
    text = parts.joined(separator: "  ")
  }

  /// Whole seconds below a minute.
  static func roughly(_ seconds: Double) -> String {
    seconds < 60
      ? "\(Int(seconds)) s" : HumanFormat.duration(Int64(min(seconds, 1e9)) * 1_000_000_000)
  }

  private static func fraction(_ progress: RunProgress) -> Double {
    let done: Double
    if let expected = progress.expectedRequests, expected > 0 {
      done = Double(progress.requests) / Double(expected)
    } else {
      done = Double(progress.now.nanoseconds) / Double(max(1, progress.arrivalsEnd.nanoseconds))
    }
    return min(max(done, 0), 1)
  }
}

/// Shows progress as seldom as it is of use.
///
/// Called by one thread at a time, between windows; which thread it is may change.
final class ProgressReporter {
  /// What the progress is written on.
  enum Style {
    /// One line of a terminal, written anew.
    case line(columns: Int)
    /// Lines of a log.
    case log
    case none
  }

  private static let lineInterval: Int64 = 100_000_000
  private static let shortestLogInterval: Int64 = 1_000_000_000

  private let style: Style
  private let write: (String) -> Void
  private let start: Int64
  private var lastTime: Int64
  private var lastTenth = 0
  /// The silence after which a log has a line (ns); it doubles with each of them, so that a day's
  /// run has some twenty lines.
  private var logInterval: Int64 = 30_000_000_000
  private var isLineOpen = false

  /// - Parameter start: of the run, by the same clock as `update`, nanoseconds.
  init(_ style: Style, start: Int64, write: @escaping (String) -> Void) {
    self.style = style
    self.write = write
    self.start = start
    lastTime = start
  }

  /// Takes note of `progress` at the real time `now`, nanoseconds.
  func update(_ progress: RunProgress, now: Int64) {
    update(now: now) { ProgressLine(progress, elapsed: $0) }
  }

  /// Shows a line if it is time for one; `line` makes it from the time since the start,
  /// nanoseconds.
  func update(now: Int64, _ line: (Int64) -> ProgressLine) {
    switch style {
    case .none: return
    case .line(let columns):
      guard now - lastTime >= Self.lineInterval else { return }
      let text = line(now - start).text
      write("\r" + text.prefix(max(columns, 20) - 1) + "\u{1B}[K")
      isLineOpen = true
    case .log:
      let waited = now - lastTime
      guard waited >= Self.shortestLogInterval else { return }
      let line = line(now - start)
      let tenth = Int(line.fraction * 10)
      if tenth <= lastTenth {
        guard waited >= logInterval else { return }
        logInterval *= 2
      }
      lastTenth = tenth
      write(line.text + "\n")
    }
    lastTime = now
  }

  /// Clears the terminal's line for what comes next.
  func finish() {
    if isLineOpen { write("\r\u{1B}[K") }
    isLineOpen = false
  }
}
