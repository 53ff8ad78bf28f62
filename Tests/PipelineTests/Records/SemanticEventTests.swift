import Batching
import Chance
import Money
import PaymentModel
import Testing
import VirtualTime

@testable import Interbank
@testable import Pipeline

@Suite("The digest of a run")
struct SemanticEventTests {
  /// A value with ways to alter it by one unit, by the name of the field that each alters.
  struct Altered<Value> {
    var value: Value
    var fields: [String: (inout Value) -> Void]
    /// Fields that say nothing of their own.
    var others: Set<String> = []
  }

  /// Expects every field of a value to be altered, and every alteration to give another digest.
  static func expectBound<Value>(
    _ altered: Altered<Value>, _ add: (inout Digest, Value) -> Void
  ) {
    let fields = Set(Mirror(reflecting: altered.value).children.compactMap(\.label))
    #expect(fields.subtracting(altered.others) == Set(altered.fields.keys))
    var seen: Set<Digest> = [digest(of: altered.value, add)]
    for (name, alter) in altered.fields {
      var value = altered.value
      alter(&value)
      #expect(seen.insert(digest(of: value, add)).inserted, "\(Value.self).\(name)")
    }
  }

  private static func digest<Value>(
    of value: Value, _ add: (inout Digest, Value) -> Void
  ) -> Digest {
    var digest = Digest()
    add(&digest, value)
    return digest
  }

  /// Expects one unit more or less of each number to give another digest.
  static func expectBound(_ numbers: Int64..., add: (inout Digest, [Int64]) -> Void) {
    var seen: Set<Digest> = [digest(of: numbers, add)]
    for place in numbers.indices {
      for step: Int64 in [-1, 1] {
        var others = numbers
        others[place] += step
        #expect(seen.insert(digest(of: others, add)).inserted, "number \(place)")
      }
    }
  }

  static var instruction: Altered<Instruction> {
    Altered(
      value: Instruction(
        kind: .payout, cell: 2, reference: 17, payer: BankID(3), payee: BankID(5), currency: 1,
        amount: 12_345, settled: 7, window: .sameDay, payments: 9, priority: .normal, deadline: 100,
        number: 33, retries: 1, submitted: 50, rail: 2, tried: [1]),
      fields: [
        "kind": { $0.kind = .funding }, "cell": { $0.cell += 1 },
        "reference": { $0.reference += 1 },
        "payer": { $0.payer = BankID(4) }, "payee": { $0.payee = BankID(6) },
        "currency": { $0.currency += 1 }, "amount": { $0.amount += 1 },
        "settled": { $0.settled += 1 }, "window": { $0.window = .nextDay },
        "payments": { $0.payments += 1 }, "priority": { $0.priority = .urgent },
        "group": { $0.group = 4 },
        "deadline": { $0.deadline = 101 }, "number": { $0.number += 1 },
        "retries": { $0.retries += 1 }, "submitted": { $0.submitted += 1 },
        "rail": { $0.rail += 1 },
        "tried": { $0.tried = [0] },
      ])
  }

  @Test("binds every field of an instruction that is taken on, executed, or reported to a cell")
  func instructions() {
    Self.expectBound(Self.instruction) { $0.add(instructed: $1, at: 1_000) }
    Self.expectBound(Self.instruction) { $0.add(executed: $1, fee: 60, at: 1_000) }
    Self.expectBound(Self.instruction) { $0.add(notice: $1, executedAt: 1_000) }
    let value = Self.instruction.value
    Self.expectBound(60, 1_000) { $0.add(executed: value, fee: $1[0], at: $1[1]) }
    Self.expectBound(1_000) { $0.add(instructed: value, at: $1[0]) }
    Self.expectBound(1_000) { $0.add(notice: value, executedAt: $1[0]) }
    Self.expectBound(7, 900, 1_000) {
      $0.add(withdrawn: WireID(Int($1[0])), moved: $1[1], at: $1[2])
    }
    var (none, some) = (value, value)
    (none.tried, some.tried) = ([], [0])
    #expect(
      Self.digest(of: none) { $0.add(executed: $1, fee: 1, at: 1) }
        != Self.digest(of: some) { $0.add(executed: $1, fee: 1, at: 1) })
  }

  static var obligation: Altered<Obligation> {
    Altered(
      value: Obligation(
        payment: 4, merchant: MerchantID(8),
        route: SettlementRoute(
          payer: BankID(1), payee: BankID(2), source: Currency(code: "EUR")!,
          destination: Currency(code: "USD")!),
        amount: 500, captured: 77, businessDay: 20_000, deadline: 20_001, latest: .nextDay),
      fields: [
        "payment": { $0.payment += 1 }, "merchant": { $0.merchant = MerchantID(9) },
        "route": { $0.route.payee = BankID(3) }, "amount": { $0.amount += 1 },
        "captured": { $0.captured += 1 }, "businessDay": { $0.businessDay += 1 },
        "deadline": { $0.deadline += 1 }, "latest": { $0.latest = .rtgs },
      ])
  }

  @Test("binds every field of an obligation, and who pays whom in which currencies")
  func obligations() {
    let routes = Altered(
      value: Self.obligation.value.route,
      fields: [
        "payer": { $0.payer = BankID(7) }, "payee": { $0.payee = BankID(7) },
        "source": { $0.source = Currency(code: "JPY")! },
        "destination": { $0.destination = Currency(code: "JPY")! },
      ])
    var seen: Set<Digest> = []
    for change in Digest.TransferChange.allCases {
      Self.expectBound(Self.obligation) { $0.add(change, $1, at: 1_000) }
      Self.expectBound(routes) {
        var obligation = Self.obligation.value
        obligation.route = $1
        $0.add(change, obligation, at: 1_000)
      }
      Self.expectBound(1_000) { $0.add(change, Self.obligation.value, at: $1[0]) }
      seen.insert(Self.digest(of: change) { $0.add($1, Self.obligation.value, at: 1) })
    }
    #expect(seen.count == Digest.TransferChange.allCases.count)
    Self.expectBound(Self.obligation) { $0.add($1, inBatch: 3, fee: 20) }
    Self.expectBound(3, 20) {
      $0.add(Self.obligation.value, inBatch: BatchID(Int($1[0])), fee: $1[1])
    }
  }

  @Test("binds what a payment is, in which state, at which acquirer and for how much")
  func payments() {
    var row = paymentRow(9, amount: 700)
    (row.merchant, row.externalReference, row.endpoint, row.currency) = (5, 6, 1, 2)
    let altered = Altered(
      value: row,
      fields: [
        "merchant": { $0.merchant += 1 }, "externalReference": { $0.externalReference += 1 },
        "state": { $0.state = .captured }, "currency": { $0.currency += 1 },
        "endpoint": { $0.endpoint += 1 },
      ],
      // Bound by the answer that accepted the payment, or by its batch.
      others: [
        "fingerprint", "amount", "bodyHash", "createdSecond", "capturedSecond", "batch", "issuer",
        "steps", "traits",
      ])
    Self.expectBound(altered) { $0.add(3, $1, amount: 700, at: 1_000) }
    Self.expectBound(3, 700, 1_000) {
      $0.add(PaymentID(Int($1[0])), row, amount: $1[1], at: $1[2])
    }
    Self.expectBound(3, 700, 1_000) {
      $0.add(givenBack: PaymentID(Int($1[0])), row, amount: $1[1], at: $1[2])
    }
    var void = row
    void.traits.insert(.voided)
    #expect(
      Self.digest(of: row) { $0.add(givenBack: 1, $1, amount: 1, at: 1) }
        != Self.digest(of: void) { $0.add(givenBack: 1, $1, amount: 1, at: 1) })
  }

  @Test("binds the gateway's answers and what was asked")
  func answers() {
    let request = Altered(
      value: PaymentRequest(
        fingerprint: 9, amount: 100, merchant: 4, bodyHash: 1, currency: 2, issuer: 3, traits: [],
        sent: 0),
      fields: [
        "fingerprint": { $0.fingerprint += 1 }, "amount": { $0.amount += 1 },
        "merchant": { $0.merchant += 1 }, "currency": { $0.currency += 1 },
        "issuer": { $0.issuer += 1 },
      ],
      // Follows from the rest, or is no part of what is answered.
      others: ["bodyHash", "traits", "attempt", "sent"])
    Self.expectBound(request) { $0.add(.accepted, to: $1, at: 1_000) }
    Self.expectBound(1_000) { $0.add(.accepted, to: request.value, at: $1[0]) }
    let answers = CellMeasurements.Answer.allCases
    let digests = answers.map { answer in
      Self.digest(of: answer) { $0.add($1, to: request.value, at: 1) }
    }
    #expect(Set(digests).count == answers.count)
  }

  @Test("binds batches: payer, payee, currency, payout, and what each merchant is paid and charged")
  func batches() {
    let batch = Altered(
      value: PlannedBatch(
        payer: BankID(1), payee: BankID(2), currency: Currency(code: "EUR")!, members: [0]),
      fields: [
        "payer": { $0.payer = BankID(3) }, "payee": { $0.payee = BankID(4) },
        "window": { $0.window = .nextDay }, "netting": { $0.netting = .bilateral },
        "members": { $0.members = [0, 1] },
      ],
      // Bound by the members, or by the position of the currency.
      others: ["merchant", "currency", "netsConversions", "cycle", "part"])
    Self.expectBound(batch) { $0.add($1, number: 3, currency: 1, payout: 900, at: 1_000) }
    Self.expectBound(3, 1, 900, 1_000) {
      $0.add(
        batch.value, number: BatchID(Int($1[0])), currency: CurrencyIndex(Int($1[1])),
        payout: $1[2], at: $1[3])
    }
    Self.expectBound(5, 1, 900, 20, 870) {
      $0.add(
        shareOf: CellMerchant(Int($1[0])), currency: CurrencyIndex(Int($1[1])), gross: $1[2],
        fee: $1[3], paid: $1[4])
    }
    Self.expectBound(3, 1, -900, 1_000) {
      $0.add(
        .position, number: BatchID(Int($1[0])), currency: CurrencyIndex(Int($1[1])),
        amount: $1[2], at: $1[3])
    }
    #expect(
      Self.digest(of: Batch.Kind.deal) { $0.add($1, number: 1, currency: 1, amount: 1, at: 1) }
        != Self.digest(of: .position) { $0.add($1, number: 1, currency: 1, amount: 1, at: 1) })
    let sent = Altered(
      value: TransferBook.Batch(
        members: [4], payer: BankID(1), payee: BankID(2), currency: 1, payout: 900),
      fields: [
        "first": { $0.members = [5] }, "others": { $0.members = [4, 5] },
        "payer": { $0.payer = BankID(3) },
        "payee": { $0.payee = BankID(3) }, "currency": { $0.currency = 2 },
        "payout": { $0.payout += 1 },
      ], others: ["isReversed", "hasArrived"])
    Self.expectBound(sent) { $0.add($1, number: 3, at: 1_000) }
    Self.expectBound(3, 1_000) { $0.add(sent.value, number: BatchID(Int($1[0])), at: $1[1]) }
  }

  @Test("binds deals: what is sold and bought in which currencies, and by whom")
  func deals() {
    let deal = Altered(
      value: CoverDeal(source: 1, sold: 100, destination: 2, bought: 90),
      fields: [
        "source": { $0.source += 1 }, "sold": { $0.sold += 1 },
        "destination": { $0.destination += 1 }, "bought": { $0.bought += 1 },
      ])
    Self.expectBound(deal) { $0.add($1, at: 1_000) }
    Self.expectBound(1_000) { $0.add(deal.value, at: $1[0]) }
    let codes = ["EUR", "JPY", "USD", "GBP"]
    func money(_ amount: Int64, _ code: Int64) -> MoneyAmount {
      MoneyAmount(minorUnits: amount, currency: Currency(code: codes[Int(code)])!)
    }
    Self.expectBound(1, 7, 100, 90, 1_000) {
      $0.add(
        dealOf: BankID(UInt16($1[0])), number: UInt32($1[1]), sold: money($1[2], 0),
        bought: money($1[3], 2), at: $1[4])
    }
    Self.expectBound(1, 2) {
      $0.add(
        dealOf: BankID(0), number: 1, sold: money(1, $1[0]), bought: money(1, $1[1]), at: 1)
    }
  }

  @Test("binds what a settlement system does: which payment, how much, why and when")
  func systems() {
    let settlement = Altered(
      value: Settlement(id: 5, amount: 100, remaining: 3, mechanism: .queue, group: 9),
      fields: [
        "id": { $0.id += 1 }, "amount": { $0.amount += 1 }, "remaining": { $0.remaining += 1 },
        "mechanism": { $0.mechanism = .gross }, "group": { $0.group += 1 },
      ])
    Self.expectBound(settlement) { $0.add(.settled($1, at: 1_000), currency: 1) }
    Self.expectBound(1_000, 1) {
      $0.add(.settled(settlement.value, at: $1[0]), currency: CurrencyIndex(Int($1[1])))
    }
    let made: [(Int64, Int64, Int64) -> SettlementEvent] = [
      { .queued(id: $0, .behindOthers, at: $2 + $1) }, { .released(id: $0, at: $2 + $1) },
      { .deferred(id: $0, .behindOthers, at: $2 + $1) },
      { .rejected(id: $0, .behindOthers, at: $2 + $1) },
      { .returned(id: $0, amount: $1, .behindOthers, at: $2) },
      { .positionSettled(participant: Int($0), amount: $1, at: $2) },
    ]
    for (kind, make) in made.enumerated() {
      Self.expectBound(5, 1) {
        $0.add(make($1[0], 70, 1_000), currency: CurrencyIndex(Int($1[1])))
      }
      if kind >= 4 {
        Self.expectBound(70, 1_000) { $0.add(make(5, $1[0], $1[1]), currency: 1) }
      } else {
        Self.expectBound(1_000) { $0.add(make(5, 70, $1[0]), currency: 1) }
      }
    }
    let digests = made.map { make in
      Self.digest(of: make(5, 70, 1_000)) { $0.add($1, currency: 1) }
    }
    #expect(Set(digests).count == made.count)
    #expect(Set(SettlementReason.allCases.map(\.code)).count == SettlementReason.allCases.count)
  }

  @Test("binds the lines of acquirers' files and of statements, their sums and balances")
  func files() {
    let line = Altered(
      value: SettlementLine(
        kind: .capture, payment: 3, reference: 4, amount: 500, currency: 1, issuer: 2, merchant: 6),
      fields: [
        "kind": { $0.kind = .refund }, "payment": { $0.payment += 1 },
        "reference": { $0.reference += 1 }, "amount": { $0.amount += 1 },
        "currency": { $0.currency += 1 }, "issuer": { $0.issuer += 1 },
        "merchant": { $0.merchant += 1 },
      ])
    Self.expectBound(line) { $0.add($1) }
    Self.expectBound(1, 500, 0, 1_000) {
      $0.add(fileOf: EndpointIndex(Int($1[0])), sums: [$1[1], $1[2]], at: $1[3])
    }
    let movement = Altered(
      value: StatementLine(kind: .payout, reference: 3, amount: -500),
      fields: [
        "kind": { $0.kind = .funding }, "reference": { $0.reference += 1 },
        "amount": { $0.amount += 1 },
      ])
    Self.expectBound(movement) { $0.add($1) }
    Self.expectBound(1, 500, 700, 1_000) {
      $0.add(statementOf: CurrencyIndex(Int($1[0])), opening: $1[1], closing: $1[2], at: $1[3])
    }
  }
}
