import Measurement
import Reporting
import Testing

@testable import Simulator

@Suite("Traced payments")
struct SpanTests {
  /// Retries, reversals, challenges, delayed captures: every way that a payment can take.
  private static let lively = [
    "workload.capture.immediate_share=1/2", "acquirers.northbank.unavailable_rate=1/10",
    "acquirers.northbank.late_rate=1/10", "authorization.hold_validity=30h",
    "authorization.challenge_score=20", "authorization.review_score=10",
    "results.trace_one_in=1",
  ]

  @Test("every way is whole: one root, spans in their parents, in the order of time")
  func whole() throws {
    let outcome = try SmallWorld(Self.lively).run()
    let payments = try #require(outcome.result.spans?.payments)
    #expect(payments.count == outcome.count("payments.accepted"))
    #expect(Set(payments.map { "\($0.cell)/\($0.number)" }).count == payments.count)
    for payment in payments {
      let spans = payment.spans
      #expect(spans[0].kind == .payment && spans[0].parent == nil && !spans[0].isOpen)
      for (place, span) in spans.enumerated().dropFirst() {
        let parent = try #require(span.parent)
        #expect(parent < place && span.start <= span.end)
        if !span.kind.isApart {
          #expect(
            spans[parent].start <= span.start && span.end <= spans[parent].end,
            "\(payment.cell)/\(payment.number): \(span)")
        }
      }
      // Main spans follow one another without a gap.
      let main = spans.filter { $0.parent == 0 && !$0.kind.isApart && $0.kind != .refund }
      for (span, next) in zip(main, main.dropFirst()) {
        #expect(span.end == next.start, "\(payment.cell)/\(payment.number): \(span) \(next)")
      }
    }
    let kinds = Set(payments.flatMap(\.spans).map(\.kind))
    #expect(kinds == Set(PaymentSpan.Kind.allCases).subtracting([.refund]))
  }

  @Test("spans count what the run has counted")
  func counted() throws {
    let outcome = try SmallWorld(Self.lively).run()
    let spans = try #require(outcome.result.spans?.payments).flatMap(\.spans)
    func count(_ kind: PaymentSpan.Kind, _ word: String = "") -> Int {
      spans.count { span in
        span.kind == kind && (word.isEmpty || span.attributes.contains { $0.value == word })
      }
    }
    #expect(count(.attempt) == outcome.count("acquirers.calls"))
    #expect(count(.attempt, "approved") == outcome.count("acquirers.approved"))
    #expect(count(.attempt, "declined") == outcome.count("acquirers.declined"))
    #expect(count(.reversal) == outcome.count("acquirers.reversed"))
    #expect(count(.challenge) == outcome.count("challenge_latency.count"))
    #expect(count(.hold, "expired") == outcome.count("payments.expired"))
    #expect(count(.payment, "declined") == outcome.count("payments.declined"))
    #expect(count(.acquirerStatement) == outcome.step("stated_by_acquirer"))
    #expect(count(.wire) == count(.batch) && count(.bankStatement) == count(.batch))
  }

  @Test("which payments are sampled follows from seed and key alone")
  func sampled() throws {
    func keys(_ settings: String...) throws -> Set<UInt64> {
      let outcome = try SmallWorld(settings).run()
      return Set(try #require(outcome.result.spans).payments.map(\.key))
    }
    let all = try keys("results.trace_one_in=1")
    let tenth = try keys("results.trace_one_in=10")
    #expect(tenth.isSubset(of: all))
    #expect((120...280).contains(tenth.count), "\(tenth.count) of \(all.count)")
    let other = try keys("results.trace_one_in=10", "settlement.strategy=one_wire_per_payment")
    #expect(other == tenth)
    let reseeded = try keys("results.trace_one_in=10", "seed=2")
    #expect(reseeded != tenth)
  }

  @Test("a payment that is given back says so, within its way")
  func givenBack() throws {
    let fixture = TraceFixture()
    let rows = [
      (id: "1", second: 60, merchant: "a", amount: 5_000),
      (id: "C1", second: 3_600, merchant: "a", amount: -2_000),
      (id: "C2", second: 200_000, merchant: "a", amount: -1_000),
    ]
    let replay = try TraceReplay.world(
      rows, in: fixture, TraceReplay.sure + ["results.trace_one_in=1"]
    ).run()
    let payments = try #require(replay.result.spans?.payments)
    let refunds = payments.flatMap(\.spans).filter { $0.kind == .refund }
    #expect(refunds.count == 2 && refunds.allSatisfy { $0.start == $0.end })
    #expect(
      refunds.map { $0.attributes.first?.value } == ["2000", "1000"], "\(refunds)")
    for payment in payments {
      let ends = payment.spans.filter { !$0.kind.isApart }.map(\.end)
      #expect(payment.spans[0].end == ends.max())
    }
    let events = PerfettoTrace.render(replay.result).split(separator: "\n").filter {
      $0.contains("\"cat\":\"payment\"")
    }
    let times = try events.map { event in
      let start = try #require(event.range(of: "\"ts\":")).upperBound
      return try #require(Double(event[start...].prefix { $0.isNumber || $0 == "." }))
    }
    #expect(times == times.sorted())
    #expect(events.count { $0.contains("\"ph\":\"n\"") } == 2)
  }
}
