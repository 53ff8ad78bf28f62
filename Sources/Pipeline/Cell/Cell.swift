import Measurement
import PaymentModel
import Scenario
import VirtualTime

/// One autonomous stack: gateway, bus partitions, workers, connections to the acquirers, ledger
/// shard, stream processor, settlement workers and reconciler, all on one island.
///
/// A payment walks Merchants -> Gateway -> Bus -> AuthorizationWorkers -> AcquirerEndpoint ->
/// Ledger -> Holds -> StreamProcessor -> SettlementWorkers -> (interbank network) -> Reconciler.
public final class Cell: @unchecked Sendable {
  /// State and measurements that the actors share.
  public let shared: CellShared
  private let merchants: Merchants
  private let gateway: Gateway
  private let bus: Bus
  private let authorization: AuthorizationWorkers
  private let acquirers: [AcquirerEndpoint]
  private let ledger: Ledger
  private let holds: Holds
  private let stream: StreamProcessor
  private let settlement: SettlementWorkers
  private let reconciler: Reconciler
  /// What the cell came to; filled by `audit` when the world stands still.
  public private(set) var result: CellResult?

  /// What the strategy's plans report.
  var plans: PlanTotals { island.enter { settlement.call { $0.plans } } }

  private var island: Island { shared.island }

  /// - Parameters:
  ///   - expectedPayments: sizes the key index.
  ///   - story: what a story is wanted of; nil: of nothing.
  ///   - instruct: takes instructions to the interbank network.
  init(
    island: Island, deployment: Deployment, plan: CellPlan, expectedPayments: Int,
    story: StoryWatch?, instruct: @escaping @Sendable ([Instruction]) -> Void
  ) {
    let shared = CellShared(
      island: island, deployment: deployment, plan: plan, story: story)
    self.shared = shared
    ledger = Ledger(shared: shared)
    bus = Bus(shared: shared)
    settlement = SettlementWorkers(shared: shared, ledger: ledger, instruct: instruct)
    let reconciler = Reconciler(shared: shared, workers: settlement, ledger: ledger)
    self.reconciler = reconciler
    let desk = ClearingDesk(shared: shared, reconciler: reconciler, instruct: instruct)
    acquirers = deployment.endpoints.indices.map {
      AcquirerEndpoint(shared: shared, position: EndpointIndex($0)) { desk.deliver($0) }
    }
    stream = StreamProcessor(shared: shared, workers: settlement)
    holds = Holds(shared: shared, ledger: ledger, stream: stream, acquirers: acquirers)
    authorization = AuthorizationWorkers(
      shared: shared, bus: bus, ledger: ledger, holds: holds, acquirers: acquirers)
    gateway = Gateway(shared: shared, bus: bus, expectedPayments: expectedPayments)
    merchants = Merchants(shared: shared, gateway: gateway)
  }

  /// What the cell's merchants do.
  enum Work {
    case generated(GeneratedWorkload, TrafficPlan)
    case trace([TraceRequest])
  }

  /// Sets the cell going; called once before the world runs.
  func start(_ work: Work) {
    island.enter {
      gateway.call { [merchants, holds] in $0.connect(merchants: merchants, holds: holds) }
      authorization.call { $0.start() }
      for acquirer in acquirers { acquirer.call { $0.start() } }
      holds.call { $0.start() }
      settlement.call { [unowned stream] workers in
        workers.putBack = { [unowned stream] parts in stream.call { $0.putBack(parts) } }
      }
      stream.call { $0.start() }
      settlement.call { $0.start() }
      switch work {
      case .generated(let workload, let plan):
        merchants.call { $0.start(plan, workload: workload) }
      case .trace(let requests): merchants.call { $0.start(requests) }
      }
    }
  }

  /// News from the interbank network.
  func receive(_ notice: InterbankNotice) {
    reconciler.call {
      switch notice {
      case .executed(let instruction, let instant): $0.executed(instruction, at: instant)
      case .statement(let statement): $0.read(statement)
      }
    }
  }

  /// Tasks that stand ready and have nothing to do.
  var idleTasks: Int {
    island.enter {
      gateway.call { $0.idleTasks } + bus.ready.channel.idleReceivers
        + settlement.call { $0.tasks.channel.idleReceivers }
    }
  }

  /// Lets the waiting tasks end, so that the cell's memory can be given back.
  func close() {
    island.enter {
      gateway.call { $0.close() }
      bus.call { $0.close() }
      settlement.call { $0.close() }
    }
  }

  /// Goes through all payments, batches and accounts once nothing is left to happen.
  func audit() { result = auditor.run() }

  private var auditor: CellAudit {
    CellAudit(
      shared: shared, ledger: ledger, settlement: settlement, reconciler: reconciler,
      bus: bus, authorization: authorization, acquirers: acquirers)
  }

  /// Payments by where they stand and by the steps they have taken, of a run that was cut short.
  public var standing: CellStanding { island.enter { auditor.count() } }

  /// When a hold's timer was due that was lost; nil: none.
  var overdue: Int64? { island.enter { holds.call { $0.overdue } } }

  /// What the stations of the cell hold: records of the bus, holds, and what is to be batched.
  var held: (records: Int, holds: Int, obligations: Int) {
    island.enter {
      (
        gateway.call { $0.publishing } + bus.call { $0.held }, holds.call { $0.held },
        stream.call { $0.held } + shared.toBatch
      )
    }
  }

  /// First opening and last closing balance of the platform's statements, by currency; nil without
  /// any. Minor units.
  var statedBalances: [(opening: Int64, closing: Int64)?] {
    island.enter {
      reconciler.call {
        Balances(
          list: zip($0.opening, $0.closing).map { first, last in
            first.flatMap { opening in last.map { (opening, $0) } }
          })
      }.list
    }
  }

  private struct Balances: Sendable { var list: [(opening: Int64, closing: Int64)?] }

  /// Whether no payment is open, and the money of all is with the merchants' banks.
  var isSettled: Bool {
    shared.isDrained
      && island.enter {
        settlement.call { $0.book.batches.allSatisfy { $0.state == .confirmed } }
      }
  }
}

/// Takes an acquirer's clearing to where it belongs: the file to the reconciler, the money orders
/// to the interbank network.
private final class ClearingDesk: @unchecked Sendable {
  private let shared: CellShared
  private let reconciler: Reconciler
  private let instruct: @Sendable ([Instruction]) -> Void
  private var files: UInt32 = 0

  /// How long a file takes from the acquirer to the platform, nanoseconds.
  private static let transferTime: Int64 = 10_000_000_000

  init(
    shared: CellShared, reconciler: Reconciler,
    instruct: @escaping @Sendable ([Instruction]) -> Void
  ) {
    self.shared = shared
    self.reconciler = reconciler
    self.instruct = instruct
  }

  func deliver(_ clearing: Clearing) {
    let island = shared.island
    island.schedule(at: island.now + Self.transferTime) { [self] in
      guard shared.stop == nil else { return }
      files += 1
      island.note("clearing desk, file", Int(files))
      reconciler.call { $0.read(clearing.file, endpoint: clearing.endpoint) }
      instruct(instructions(clearing, file: files))
    }
  }

  private func instructions(_ clearing: Clearing, file: UInt32) -> [Instruction] {
    let banks = shared.deployment.banks
    let acquirer = banks.endpointBank(clearing.endpoint)
    let platform = banks.platform(cell: shared.plan.index)
    var instructions: [Instruction] = []
    func order(
      _ kind: Instruction.Kind, _ payer: BankID, _ payee: BankID, _ currency: CurrencyIndex,
      _ amount: Int64
    ) {
      guard amount != 0 else { return }
      instructions.append(
        Instruction(
          kind: kind, cell: shared.plan.index, reference: file,
          payer: amount > 0 ? payer : payee, payee: amount > 0 ? payee : payer,
          currency: currency, amount: abs(amount)))
    }
    for currency in shared.deployment.currencyIndices {
      var sum: Int64 = 0
      for (issuer, owed) in clearing.owed.enumerated() {
        order(.scheme, banks.issuer(issuer), acquirer, currency, owed[Int(currency)])
        sum += owed[Int(currency)]
      }
      order(.funding, acquirer, platform, currency, sum)
    }
    return instructions
  }
}
