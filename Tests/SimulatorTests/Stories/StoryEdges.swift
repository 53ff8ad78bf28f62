import Measurement
import Pipeline

/// A way that a payment, a request or a transfer can take, the small world in which it occurs, and
/// how its story is known.
struct StoryEdge: Sendable, CustomStringConvertible {
  var name: String
  var world: World
  /// Facts (`name=value`), states (`state=value`) and words that its entries have, all of them.
  var marks: [String]

  /// Which small world.
  enum World: Sendable, CaseIterable { case lively, crowded, takenBack, transfers, atOnce }

  var description: String { name }

  init(_ name: String, _ world: World, _ marks: String...) {
    self.name = name
    self.world = world
    self.marks = marks
  }

  func fits(_ entries: [StoryEntry]) -> Bool {
    marks.allSatisfy { mark in
      entries.contains { entry in
        entry.facts.contains { "\($0.name)=\($0.value)" == mark }
          || entry.state.map { "state=\($0)" == mark } == true || entry.text.contains(mark)
      }
    }
  }

  static let all: [StoryEdge] = [
    StoryEdge("settled", .lively, "state=batched", "the bank's statement carries"),
    StoryEdge("declined-by-issuer", .lively, "reason=issuer"),
    StoryEdge("declined-by-score", .lively, "reason=fraud_score"),
    StoryEdge("declined-abandoned", .lively, "reason=challenge_abandoned"),
    StoryEdge("declined-no-acquirer", .lively, "reason=acquirers_unavailable"),
    StoryEdge("challenge-passed", .lively, "outcome=passed", "state=captured"),
    StoryEdge("timed-out-reversed", .lively, "answer=timed_out", "the reversal is done"),
    StoryEdge(
      "late-approval", .lively, "arrives: approved", "state=unknown", "state=captured"),
    StoryEdge("retried", .lively, "answer=unavailable", "attempt=2", "state=captured"),
    StoryEdge("breaker-refuses", .lively, "lets no call through", "state=captured"),
    StoryEdge("captured-later-in-part", .lively, "ends_by=capture", "entry=release"),
    StoryEdge("hold-expired", .lively, "state=expired"),
    StoryEdge("other-currency", .lively, "entry=convertOut", "state=batched"),
    StoryEdge("instruction-retried", .lively, "cannot be reached", "state=batched"),
    StoryEdge("late-for-its-day", .lively, "placement=next"),
    StoryEdge("account-to-account", .lively, "acquirer=account-transfer", "state=batched"),
    StoryEdge("key-again-same-response", .crowded, "answer=200_same_response"),
    StoryEdge("key-again-in-flight", .crowded, "answer=409_in_flight"),
    StoryEdge("key-again-other-body", .crowded, "answer=422_other_body"),
    StoryEdge("malformed", .crowded, "answer=400_malformed"),
    StoryEdge("rate-limited-then-accepted", .crowded, "answer=429_rate_limited", "state=accepted"),
    StoryEdge("given-up", .crowded, "gives up"),
    StoryEdge("voided-while-held", .takenBack, "state=voided"),
    StoryEdge("refunded-before-settlement", .takenBack, "kind=refund", "line=refund"),
    StoryEdge("taken-at-once", .atOnce, "the strategy takes it at once", "state=batched"),
    StoryEdge("transfer-settled", .transfers, "state=settled"),
    StoryEdge("transfer-reversed", .transfers, "state=reversed"),
  ]
}
