import Batching
import Chance
import Measurement
import Money
import PaymentModel
import Scenario
import VirtualTime

/// What the actors of one cell share: the payment store, the measurements and the plan.
///
/// Confined to the cell's island; no other island may touch it while the world runs.
public final class CellShared: @unchecked Sendable {
  /// The island of the cell.
  let island: Island
  /// The layout of the whole run.
  let deployment: Deployment
  /// The merchants of the cell, and where it is.
  public let plan: CellPlan
  /// The run's currencies, and the platform's bank account, in memory of the cell's own: counting
  /// references to what all cells share would make threads wait for each other.
  let currencies: [Currency]
  let platform: BankID
  /// Position of the account-to-account scheme among the endpoints.
  let accountScheme: EndpointIndex
  /// Takes what is written down of what happens; nil: nobody listens.
  let tap: Tap?
  /// Takes the way of sampled payments down; nil: none are sampled.
  let traces: PaymentTraces?
  /// Takes what happens to payments; nil: nobody follows any.
  let steps: PaymentTap?
  /// All payments of the cell.
  public let store = PaymentStore()
  /// What the cell measures, read when the world stands still.
  public let measurements: CellMeasurements
  var settings: ScenarioSettings { deployment.settings }

  /// Follow what comes about for strategies that go by its order; none where no such is priced.
  var sequences: [SequenceShadow]
  /// Whether the last request has been sent by a merchant.
  var arrivalsFinished = false
  /// What the cell, its acquirers and issuers owe, as they count it.
  var owed = OwedFlows()
  /// What merchants are owed by batches, each at its position.
  var owedToMerchants = WeightedSum()
  /// Accepted payments that are neither in a batch nor at an end.
  var open = 0
  /// Payments and refunds of settlement tasks that are in no batch.
  var toBatch = 0

  private let memory: MemoryShare
  /// Attempts of payments that are not decided, as the acquirers see them.
  var attempts: AttemptWatch
  /// What clients must send again, and do.
  var repeats = RepeatWatch()
  /// What merchants have asked back.
  var askedBack = BackWatch()

  /// What faults do to payments; nil: there are none.
  var faults: FaultWatch?

  /// Keys of the payments that clients have given up so far.
  private var givenUp: Set<KeyFingerprint> = []

  init(
    island: Island, deployment: Deployment, plan: CellPlan, story: StoryWatch? = nil
  ) {
    self.island = island
    self.deployment = deployment
    self.plan = plan
    currencies = deployment.currencies.map { $0 }
    memory = MemoryShare(
      of: .merchants,
      bytes: plan.merchants.count * Self.bytesPerMerchant(currencies: deployment.currencies.count))
    platform = deployment.banks.platform(cell: plan.index)
    accountScheme = deployment.accountScheme
    sequences = deployment.sequencePriced.map { SequenceShadow($0, in: deployment.cellWorld) }
    let story = CellStory(plan, island, deployment, story)
    tap = Tap.forCell(plan, island, deployment, story)
    traces = PaymentTraces(plan, island, deployment)
    steps = PaymentTap(traces, story)
    attempts = AttemptWatch(deployment.settings.authorization)
    faults = FaultWatch(deployment, store)
    measurements = CellMeasurements(deployment: deployment, merchants: plan.merchants.count)
  }

  /// What the cell's actors keep for each merchant: its window, its bucket, its balances, its
  /// partition and counts, and its place among those of its market.
  private static func bytesPerMerchant(currencies: Int) -> Int {
    MemoryLayout<MerchantWindow>.stride + MemoryLayout<TokenBucket>.stride
      + currencies * (MemoryLayout<Balance>.stride + 1) + 5 + 20 + 24
  }

  /// When the scenario's horizon ended settlement, if it has; set while the world stands still.
  /// What is held then stays held, what is captured stays as it is, and no file is written.
  var stop: VirtualInstant?

  /// Nothing more will come to be settled.
  var isDrained: Bool { stop != nil || arrivalsFinished && open == 0 }

  /// A client stops asking for a payment of which no request has been accepted.
  func giveUp(_ key: KeyFingerprint) {
    if givenUp.insert(key).inserted { measurements.abandonedPayments += 1 }
  }

  /// A request of `key` is accepted after all, perhaps, as another of the same key was given up.
  @inline(__always)
  func takeUp(_ key: KeyFingerprint) {
    guard !givenUp.isEmpty, givenUp.remove(key) != nil else { return }
    measurements.abandonedPayments -= 1
  }

  /// Adds an accepted payment.
  func add(_ row: PaymentRow) -> PaymentID {
    open += 1
    let index = store.append(row)
    note(index)
    return index
  }

  /// Tells what happens to a payment, if anybody follows payments.
  @inline(__always)
  func tell(_ payment: PaymentID, _ step: @autoclosure () -> PaymentStep) {
    guard let steps else { return }
    steps.hear(payment, store[payment], step())
  }

  /// Tells what happens to a request, likewise.
  @inline(__always)
  func tell(_ request: PaymentRequest, _ step: @autoclosure () -> RequestStep) {
    guard let story = steps?.story else { return }
    story.hear(request, step())
  }

  /// Moves a payment along a legal edge; any other edge is a broken invariant.
  func move(_ payment: PaymentID, to next: PaymentState) {
    let state = store[payment].state
    measurements.checks.transitions += 1
    guard state.allows(next) else {
      island.fail(.legalTransition, "payment \(payment): \(state) -> \(next)")
      return
    }
    store[payment].state = next
    let wasOpen = state.isOpen
    if wasOpen && !next.isOpen { open -= 1 }
    note(payment)
    tell(payment, .moved(next))
  }

  /// Adds the state that a payment has come to to the digest, with what is captured of it or held.
  private func note(_ payment: PaymentID) {
    island.digest.add(
      payment, store[payment], amount: store.capturedAmount(payment), at: island.now.nanoseconds)
  }

  func random(_ component: String, _ purpose: String) -> RandomStream {
    island.randomStream("cell-\(plan.index).\(component)", purpose)
  }
}

extension PaymentState {
  /// Whether nobody has decided yet, so that a repeated request is answered with 409.
  var isUndecided: Bool { rawValue < PaymentState.authorized.rawValue }

  /// Whether the payment still has to be batched or to end.
  var isOpen: Bool {
    switch self {
    case .accepted, .authorizing, .challenged, .unknown, .authorized, .captured: true
    case .batched, .declined, .voided, .expired: false
    }
  }
}

extension IslandActor {
  /// Calls a neighbour on the same island without a suspension point, as `call(_:)` below does, but
  /// for closures that capture nothing: what `body` needs is handed to it. Nothing is allocated,
  /// which matters for what happens to every payment.
  @inline(__always)
  nonisolated func call<Argument, Result>(
    _ argument: Argument, _ body: @escaping (isolated Self, Argument) -> Result
  ) -> Result {
    precondition(island.isCurrent, "an actor was called from outside its island")
    // What `assumeIsolated` does after the same check.
    return unsafeBitCast(body, to: ((Self, Argument) -> Result).self)(self, argument)
  }

  /// Calls a neighbour on the same island without a suspension point.
  nonisolated func call<Result: Sendable>(
    _ body: (isolated Self) -> Result
  ) -> Result {
    assumeIsolated(body)
  }
}
