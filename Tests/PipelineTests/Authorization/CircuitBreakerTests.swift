import Scenario
import Testing

@testable import Pipeline

@Suite("Circuit breaker")
struct CircuitBreakerTests {
  static let second: Int64 = 1_000_000_000

  /// What may happen to a breaker, one thing at a time. An answer or a failure may be that of the
  /// last call, or of one that went out long before.
  enum Step: CaseIterable {
    case tick, call, answer, failure
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

    func letsThrough(_ now: Int) -> Bool {
      !isProbing && (closedUntil.map { now >= $0 } ?? true)
    }

    mutating func call(now: Int) {
      if closedUntil != nil {
        closedUntil = nil
        isProbing = true
      }
    }

    mutating func end(succeeded: Bool, now: Int) {
      if closedUntil != nil { return }
      if succeeded {
        consecutive = 0
        isProbing = false
        return
      }
      consecutive += 1
      guard isProbing || consecutive >= threshold else { return }
      closedUntil = now + (isProbing ? reopen : open)
      isProbing = false
      consecutive = 0
      opened += 1
    }
  }

  @Test("every sequence of eight steps goes as the table says", arguments: 1...3)
  func exhaustive(threshold: Int) {
    var breaker = [CircuitBreaker(failures: threshold, open: 2, reopen: 3)]
    var table = [Table(threshold: threshold, open: 2, reopen: 3)]
    var differences: [String] = []
    func walk(_ steps: [Step], now: Int) {
      guard steps.count < 8, differences.isEmpty else { return }
      for step in Step.allCases {
        var (one, other) = (breaker.last!, table.last!)
        var time = now
        switch step {
        case .tick: time += 1
        case .call:
          let expected = other.letsThrough(now)
          if one.allowsCall(now: Int64(now)) != expected { differences.append("\(steps) \(step)") }
          if expected { other.call(now: now) }
        case .answer:
          one.succeeded()
          other.end(succeeded: true, now: now)
        case .failure:
          one.failed(now: Int64(now))
          other.end(succeeded: false, now: now)
        }
        if one.opened != other.opened { differences.append("opened after \(steps) \(step)") }
        breaker.append(one)
        table.append(other)
        walk(steps + [step], now: time)
        breaker.removeLast()
        table.removeLast()
      }
    }
    walk([], now: 0)
    #expect(differences.isEmpty, "\(differences.first ?? "")")
  }

  @Test("ten failures open it for 60 s, a failed probe for 120 s, an answered one closes it")
  func defaults() {
    var breaker = CircuitBreaker(AuthorizationSettings())
    for _ in 0..<9 { breaker.failed(now: 0) }
    #expect(breaker.allowsCall(now: 0) == true)
    breaker.failed(now: 5)
    #expect(breaker.opened == 1)
    #expect(breaker.opensAgain(now: 6) == 60 * Self.second + 5)
    #expect(breaker.allowsCall(now: 60 * Self.second + 4) == false)
    #expect(breaker.allowsCall(now: 60 * Self.second + 5) == true)
    breaker.failed(now: 61 * Self.second)
    #expect(breaker.opened == 2)
    #expect(breaker.allowsCall(now: 181 * Self.second - 1) == false)
    #expect(breaker.allowsCall(now: 181 * Self.second) == true)
    breaker.succeeded()
    #expect(breaker.state == .closed(failures: 0))
    #expect(breaker.opensAgain(now: 0) == nil)
  }

  @Test("while the probe is out, no other call goes")
  func oneProbe() {
    var breaker = CircuitBreaker(failures: 1, open: 10, reopen: 20)
    breaker.failed(now: 0)
    #expect(breaker.allowsCall(now: 10) == true)
    for now in 10..<100 { #expect(breaker.allowsCall(now: Int64(now)) == false) }
    #expect(breaker.state == .halfOpen)
  }

  @Test("an answer between two failures starts the count again")
  func consecutive() {
    var breaker = CircuitBreaker(failures: 2, open: 10, reopen: 20)
    for now in 0..<50 {
      breaker.failed(now: Int64(now))
      breaker.succeeded()
    }
    #expect(breaker.opened == 0)
  }
}
