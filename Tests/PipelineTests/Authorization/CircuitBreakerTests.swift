import Scenario
import Testing

@testable import Pipeline

@Suite("Circuit breaker")
struct CircuitBreakerTests {
  static let second: Int64 = 1_000_000_000

  /// What may happen to a breaker, one thing at a time. An answer or a failure is that of the last
  /// call, or of the first, which went out long before.
  enum Step: CaseIterable {
    case tick, call, answer, failure, lateAnswer, lateFailure
  }

  /// The breaker as a table: the rule of SPEC B5 written apart from the code that it judges.
  struct Table {
    let threshold: Int
    let open: Int
    let reopen: Int
    var consecutive = 0
    var closedUntil: Int?
    var isProbing = false
    var opened = 0
    /// Openings, probes and closings so far, and how many there had been when each call went out.
    var changes = 0
    var calls: [Int] = []

    func letsThrough(_ now: Int) -> Bool {
      !isProbing && (closedUntil.map { now >= $0 } ?? true)
    }

    mutating func call(now: Int) {
      if closedUntil != nil {
        closedUntil = nil
        isProbing = true
        changes += 1
      }
      calls.append(changes)
    }

    mutating func end(_ call: Int, succeeded: Bool, now: Int) {
      if calls[call] != changes { return }
      if succeeded {
        consecutive = 0
        if isProbing { changes += 1 }
        isProbing = false
        return
      }
      consecutive += 1
      guard isProbing || consecutive >= threshold else { return }
      closedUntil = now + (isProbing ? reopen : open)
      isProbing = false
      consecutive = 0
      opened += 1
      changes += 1
    }
  }

  @Test("every sequence of seven steps goes as the table says", arguments: 1...3)
  func exhaustive(threshold: Int) {
    var differences: [String] = []
    typealias World = (breaker: CircuitBreaker, permits: [CircuitBreaker.Permit], table: Table)
    func walk(_ world: World, _ steps: [Step], now: Int) {
      guard steps.count < 7, differences.isEmpty else { return }
      for step in Step.allCases {
        var next = world
        var time = now
        switch step {
        case .tick: time += 1
        case .call:
          let expected = next.table.letsThrough(now)
          let permit = next.breaker.permit(now: Int64(now))
          if (permit != nil) != expected { differences.append("\(steps) \(step)") }
          if expected { next.table.call(now: now) }
          if let permit { next.permits.append(permit) }
        case .answer, .failure, .lateAnswer, .lateFailure:
          guard !next.permits.isEmpty else { continue }
          let isLate = step == .lateAnswer || step == .lateFailure
          if isLate, next.permits.count < 2 { continue }
          let call = isLate ? 0 : next.permits.count - 1
          let succeeded = step == .answer || step == .lateAnswer
          if succeeded {
            next.breaker.succeeded(next.permits[call])
          } else {
            next.breaker.failed(next.permits[call], now: Int64(now))
          }
          next.table.end(call, succeeded: succeeded, now: now)
        }
        if next.breaker.opened != next.table.opened {
          differences.append("opened after \(steps) \(step)")
        }
        walk(next, steps + [step], now: time)
      }
    }
    walk(
      (
        CircuitBreaker(failures: threshold, open: 2, reopen: 3), [],
        Table(threshold: threshold, open: 2, reopen: 3)
      ), [], now: 0)
    #expect(differences.isEmpty, "\(differences.first ?? "")")
  }

  @Test("ten failures open it for 60 s, a failed probe for 120 s, an answered one closes it")
  func defaults() {
    var breaker = CircuitBreaker(AuthorizationSettings())
    let call = breaker.permit(now: 0)!
    for _ in 0..<9 { breaker.failed(call, now: 0) }
    #expect(breaker.permit(now: 0) != nil)
    breaker.failed(call, now: 5)
    #expect(breaker.opened == 1)
    #expect(breaker.opensAgain(now: 6) == 60 * Self.second + 5)
    #expect(breaker.permit(now: 60 * Self.second + 4) == nil)
    let probe = breaker.permit(now: 60 * Self.second + 5)!
    breaker.failed(probe, now: 61 * Self.second)
    #expect(breaker.opened == 2)
    #expect(breaker.permit(now: 181 * Self.second - 1) == nil)
    let second = breaker.permit(now: 181 * Self.second)!
    breaker.succeeded(second)
    #expect(breaker.state == .closed(failures: 0))
    #expect(breaker.opensAgain(now: 0) == nil)
  }

  @Test("while the probe is out, no other call goes")
  func oneProbe() {
    var breaker = CircuitBreaker(failures: 1, open: 10, reopen: 20)
    let call = breaker.permit(now: 0)!
    breaker.failed(call, now: 0)
    #expect(breaker.permit(now: 10) != nil)
    for now in 10..<100 { #expect(breaker.permit(now: Int64(now)) == nil) }
    #expect(breaker.state == .halfOpen)
  }

  @Test("what becomes of a call from before the opening does not decide the probe")
  func lateAnswers() {
    var breaker = CircuitBreaker(failures: 1, open: 10, reopen: 20)
    let calls = (0..<3).map { _ in breaker.permit(now: 0)! }
    breaker.failed(calls[0], now: 1)
    let probe = breaker.permit(now: 11)!
    breaker.failed(calls[1], now: 12)
    #expect(breaker.opened == 1)
    breaker.succeeded(calls[2])
    #expect(breaker.state == .halfOpen)
    breaker.succeeded(probe)
    #expect(breaker.state == .closed(failures: 0))
    breaker.failed(calls[1], now: 13)
    #expect(breaker.opened == 1)
  }

  @Test("an answer between two failures starts the count again")
  func consecutive() {
    var breaker = CircuitBreaker(failures: 2, open: 10, reopen: 20)
    let call = breaker.permit(now: 0)!
    for now in 0..<50 {
      breaker.failed(call, now: Int64(now))
      breaker.succeeded(call)
    }
    #expect(breaker.opened == 0)
  }
}
