import PaymentModel
import Testing

@testable import Pipeline

@Suite("Payment states")
struct PaymentStateTests {
  /// The edges of the first stage's state machine, as pairs.
  static let edges: [(PaymentState, PaymentState)] = [
    (.accepted, .authorizing),
    (.authorizing, .authorized), (.authorizing, .declined), (.authorizing, .challenged),
    (.authorizing, .unknown),
    (.challenged, .authorizing), (.challenged, .declined),
    (.unknown, .authorizing), (.unknown, .declined),
    (.authorized, .captured), (.authorized, .voided), (.authorized, .expired),
    (.captured, .batched),
  ]

  @Test("the legal edges are these and no others")
  func legalEdges() {
    for state in PaymentState.allCases {
      for next in PaymentState.allCases {
        let isLegal = Self.edges.contains { $0 == (state, next) }
        #expect(state.allows(next) == isLegal, "\(state) -> \(next)")
        #expect(state.successors.contains(next) == isLegal, "\(state) -> \(next)")
      }
    }
  }

  @Test("every state can be reached, and from each an end can be reached")
  func reachable() {
    func reached(from start: PaymentState) -> Set<PaymentState> {
      var found: Set = [start]
      var waiting = [start]
      while let state = waiting.popLast() {
        for next in state.successors where found.insert(next).inserted { waiting.append(next) }
      }
      return found
    }
    #expect(reached(from: .accepted) == Set(PaymentState.allCases))
    for state in PaymentState.allCases {
      #expect(reached(from: state).contains { $0.successors.isEmpty }, "\(state)")
    }
  }

  @Test("money that was captured cannot be voided, and an end is an end")
  func noWayBack() {
    #expect(!PaymentState.captured.allows(.voided))
    for end in [PaymentState.batched, .declined, .voided, .expired] {
      #expect(end.successors.isEmpty)
      #expect(!end.isOpen)
    }
    for state in PaymentState.allCases where !state.successors.isEmpty {
      #expect(state.isOpen)
    }
  }

  @Test("the whole path is every named step")
  func steps() {
    #expect(PaymentSteps.names.count == 13)
    #expect(Set(PaymentSteps.names).count == 13)
    let all: PaymentSteps = [
      .validated, .keyClaimed, .published, .consumed, .scored, .routed, .authorized, .held,
      .captured, .posted, .windowed, .batched, .stated,
    ]
    #expect(PaymentSteps.whole == all)
  }

  @Test("the hash of a body tells amount, merchant and currency apart")
  func bodyHash() {
    var seen: Set<UInt32> = []
    for amount in 1...20 as ClosedRange<Int64> {
      for merchant in 0..<20 {
        for currency in 0..<5 {
          let hash = PaymentRequest.bodyHash(
            amount: amount, merchant: CellMerchant(merchant), currency: CurrencyIndex(currency))
          #expect(seen.insert(hash).inserted)
        }
      }
    }
  }
}
