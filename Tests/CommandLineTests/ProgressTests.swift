@testable import Simulator
import Testing
@testable import VirtualTime

@testable import CommandLine

@Suite("Progress")
struct ProgressTests {
  private func progress(_ minutes: Int64, of total: Int64, expected: Bool = true) -> RunProgress {
    RunProgress(
      now: VirtualInstant(nanoseconds: minutes * 60_000_000_000),
      arrivalsEnd: VirtualInstant(nanoseconds: total * 60_000_000_000),
      requests: Int(minutes) * 1_000, expectedRequests: expected ? Int(total) * 1_000 : nil,
      events: Int(minutes) * 5_000)
  }

  @Test("a line tells virtual time, share done, rates and what is left")
  func line() {
    let line = ProgressLine(progress(15, of: 60), elapsed: 2_000_000_000)
    #expect(
      line.text == "25 %  15 min 00 s virtual  7,500 payments/s  0.04 M events/s  6 s left")
    #expect(
      ProgressLine(progress(6, of: 60), elapsed: 60_000_000_000).text.hasSuffix("9 min 00 s left"))
    #expect(ProgressLine(progress(30, of: 60, expected: false), elapsed: 1).fraction == 0.5)
    let draining = ProgressLine(progress(90, of: 60), elapsed: 3_000_000_000)
    #expect(draining.text.hasPrefix("100 %") && draining.text.hasSuffix("settling"))
    #expect(ProgressLine(progress(0, of: 0), elapsed: 0).fraction == 0)
  }

  @Test("a terminal's line is rewritten at most ten times a second, and cleared at the end")
  func terminal() {
    var written: [String] = []
    let reporter = ProgressReporter(.line(columns: 30), start: 0) { written.append($0) }
    for millisecond in 1...1_000 {
      reporter.update(
        progress(Int64(millisecond), of: 1_000), now: Int64(millisecond) * 1_000_000)
    }
    reporter.finish()
    reporter.finish()
    #expect(written.count == 11)
    #expect(written.last == "\r\u{1B}[K")
    #expect(written.dropLast().allSatisfy { $0.count <= 1 + 29 + 3 && !$0.contains("\n") })
  }

  @Test(
    "a log has a line for every tenth, none in the first second, and ever fewer after silence"
  )
  func log() {
    var written: [String] = []
    let reporter = ProgressReporter(.log, start: 0) { written.append($0) }
    for second in 0...100 {
      reporter.update(progress(Int64(second), of: 100), now: Int64(second) * 2_000_000_000)
    }
    #expect(written.count == 10)
    let slow = ProgressReporter(.log, start: 0) { written.append($0) }
    written = []
    for second in 0...3_600 {
      slow.update(progress(Int64(second), of: 100_000), now: Int64(second) * 1_000_000_000)
    }
    #expect(written.count == 6)
    let quick = ProgressReporter(.log, start: 0) { written.append($0) }
    written = []
    for step in 0...99 {
      quick.update(progress(Int64(step), of: 100), now: Int64(step) * 9_000_000)
    }
    #expect(written.isEmpty)
  }

  @Test("who looks decides the form; --progress and --quiet overrule it")
  func styles() {
    let session = Session.tiny()
    session.tick = 1_500_000_000
    func error(_ arguments: String...) -> String {
      session.run(["run", "tiny.yaml"] + arguments).error
    }
    #expect(error().contains("left\n") && !error().contains("\r"))
    #expect(error("--progress=never").isEmpty && error("--quiet").isEmpty)
    #expect(error("--progress", "always").hasPrefix("\r"))
    session.isTerminal = true
    #expect(error().hasPrefix("\r") && error().hasSuffix("\r\u{1B}[K"))
    session.environment = ["TERM": "dumb"]
    #expect(!error().contains("\r"))
    session.environment = ["CI": "true"]
    #expect(!error().contains("\r"))
    session.environment = ["SETTLESIM_PROGRESS": "never"]
    #expect(error().isEmpty)
  }
}
