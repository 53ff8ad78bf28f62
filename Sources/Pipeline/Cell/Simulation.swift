import Measurement
import PaymentModel
import Scenario
import VirtualTime

/// A deployment set up on islands: one for each cell, one for the interbank network.
public final class Simulation {
  /// The islands.
  public let world: World
  /// The layout that was set up.
  public let deployment: Deployment
  /// The cells, by index.
  public private(set) var cells: [Cell] = []
  let network: InterbankNetwork
  let desk: TransferDesk
  private let networkTap: Tap?

  /// What merchants do.
  public enum Work {
    case generated(GeneratedWorkload)
    /// Requests by cell, in order of time.
    case trace([[TraceRequest]])
  }

  /// Builds the actors and sets them going.
  ///
  /// - Parameters:
  ///   - work: what merchants do.
  ///   - suspension: how tasks wait.
  ///   - story: what a story is wanted of; nil: of nothing.
  ///   - shouldStop: asked while arrivals are drawn; a run that is to stop is left without the
  ///     others.
  public init(
    _ deployment: Deployment, work: Work, suspension: Suspension = .parking,
    story: StoryWatch? = nil, shouldStop: @escaping () -> Bool = { false }
  ) {
    self.deployment = deployment
    let settings = deployment.settings
    let count = deployment.cells.count
    let world = World(islands: count + 1, seed: settings.seed, suspension: suspension)
    self.world = world
    let latency = settings.cells.interbankLatency
    let notices = Notices()
    network = InterbankNetwork(island: world.islands[count], deployment: deployment) {
      notices.links[$0].send($1)
    }
    let tap = Tap.forNetwork(world.islands[count], deployment, story)
    networkTap = tap
    desk = TransferDesk(
      island: world.islands[count], deployment: deployment, tap: tap,
      instruct: { [network] instructions in network.call { $0.submit(instructions) } },
      takeBack: { [network] wire in network.call { $0.takeBack(wire) } },
      room: { [network] bank, currency in network.call { $0.room(bank, currency) } })
    let traffic: TrafficPlan? =
      if case .generated(let workload) = work {
        TrafficPlan(workload, deployment: deployment, shouldStop: shouldStop)
      } else { nil }
    var expectedPayments = 0
    for plan in deployment.cells {
      let orders = Link<[Instruction]>(
        world, from: world.islands[plan.index], to: world.islands[count], minimum: latency
      ) { [network] instructions in network.call { $0.submit(instructions) } }
      let expected: Int =
        switch work {
        case .generated: traffic!.expectedPayments(cell: plan.index)
        case .trace(let requests): requests[plan.index].count
        }
      expectedPayments += expected
      let cell = Cell(
        island: world.islands[plan.index], deployment: deployment, plan: plan,
        expectedPayments: expected, story: story
      ) { orders.send($0) }
      notices.links.append(
        Link(
          world, from: world.islands[count], to: world.islands[plan.index], minimum: latency
        ) { [unowned cell] in cell.receive($0) })
      cells.append(cell)
    }
    world.bounds = WorkBounds(deployment, payments: expectedPayments)
    startNetwork()
    openingTotals = bankTotals
    openingBalances = deployment.currencyIndices.map { platformBalance(cell: 0, currency: $0) }
    openingDeposits = (0..<deployment.banks.correspondents).map { index in
      let bank = deployment.banks.correspondent(index)
      return deployment.currencyIndices.map { currency in
        network.island.enter { network.call { $0.balance(bank, currency) } }
      }
    }
    for cell in cells {
      switch work {
      case .generated(let workload): cell.start(.generated(workload, traffic!))
      case .trace(let requests): cell.start(.trace(requests[cell.shared.plan.index]))
      }
    }
  }

  private func startNetwork() {
    network.island.enter {
      network.call { [desk, networkTap] in
        $0.start(
          toDesk: { instruction, settlement in
            desk.call { $0.executed(instruction, by: settlement) }
          },
          backToDesk: { wires, areCancelled in
            desk.call { Wires(list: $0.returned(wires, areCancelled: areCancelled)) }.list
          },
          toLedger: { kind, bank, currency, amount, entry in
            desk.call { $0.book(kind, bank, currency, by: amount, entry: entry) }
          },
          wireOfRecord: { place in desk.call { $0.book.namedWires[place] } })
        $0.listen(networkTap)
      }
      let transfers = deployment.settings.workload.transfers
      if transfers.isPresent { desk.call { $0.start(transfers) } }
    }
  }

  private struct Wires: Sendable { var list: [Instruction] }

  /// Links from the network to the cells, by cell.
  private final class Notices: @unchecked Sendable {
    var links: [Link<InterbankNotice>] = []
  }

  /// Runs until the last statement is matched, then goes through all records.
  ///
  /// 1. Up to the scenario's horizon, and the instant itself, everything goes on as ever.
  /// 2. If all is settled then, that remains so to the end. If not, the horizon ends settlement:
  ///    nothing is captured, planned or executed any more.
  /// 3. Messages that are on their way, and statements, still arrive.
  /// 4. Every cell goes through its records.
  ///
  /// - Parameters:
  ///   - threads: at least 1.
  ///   - processors: that the process may use; more threads are not started.
  ///   - shouldStop: asked between windows with the virtual time reached.
  /// - Returns: whether the run came to its end; false when it was stopped or an invariant broke.
  public func run(
    threads: Int, processors: Int = .max,
    shouldStop: @escaping (VirtualInstant) -> Bool = { _ in false }
  ) -> Bool {
    var stopped = false
    func go(until limit: VirtualInstant) -> Bool {
      world.run(threads: threads, processors: processors, until: limit) {
        stopped = stopped || shouldStop($0)
        return stopped
      }
      return world.breach == nil && !stopped
    }
    if let horizon = deployment.settings.time.settlementHorizon {
      guard go(until: VirtualInstant(nanoseconds: horizon.nanoseconds + 1)) else { return false }
      if !isSettled { stopSettlement(at: VirtualInstant(nanoseconds: horizon.nanoseconds)) }
    }
    guard go(until: .never) else { return false }
    for cell in cells {
      cell.shared.island.schedule(at: cell.shared.island.now) { cell.audit() }
    }
    network.island.enter {
      desk.call {
        $0.checkBalance()
        $0.checkReturns()
        $0.checkAtRest()
        $0.bindLedger()
      }
      network.call { $0.checkAtRest() }
    }
    world.run(threads: threads, processors: processors)
    checkWaits()
    return world.breach == nil
  }

  /// At the end nobody waits but those who stand ready for work.
  private func checkWaits() {
    for cell in cells where cell.idleTasks != cell.shared.island.waitingTasks {
      cell.shared.island.fail(
        .waiting,
        "\(cell.shared.island.waitingTasks) tasks wait at the end, \(cell.idleTasks) of them for "
          + "work")
    }
    if network.island.waitingTasks > 0 {
      network.island.fail(
        .waiting, "\(network.island.waitingTasks) tasks of the banks wait at the end")
    }
  }

  /// When the horizon ended settlement; nil: everything was settled before, or there is none.
  public private(set) var stop: VirtualInstant?

  /// Whether everybody has the money that is owed to them, and no instruction is under way.
  private var isSettled: Bool {
    let isIdle = network.island.enter {
      network.call { $0.underWay == 0 } && desk.call { $0.open == 0 && $0.book.wires.isEmpty }
    }
    guard isIdle, world.messagesBalanced else { return false }
    return cells.allSatisfy(\.isSettled)
  }

  private func stopSettlement(at instant: VirtualInstant) {
    stop = instant
    network.island.enter {
      desk.call { $0.stop() }
      network.call { $0.stop(at: instant) }
    }
    for cell in cells { cell.shared.stop = instant }
  }

  /// Sum of all banks' balances by currency; constant over a run. Minor units.
  public var bankTotals: [Int64] {
    network.island.enter {
      network.call { [deployment] network in
        deployment.currencyIndices.map { network.total($0) }
      }
    }
  }

  /// What `bankTotals` was when the run began.
  public private(set) var openingTotals: [Int64] = []
  /// What every account began with, by currency; minor units.
  public private(set) var openingBalances: [Int64] = []

  /// What the accounts of the transfers' banks began with, by bank and currency; minor units.
  var openingDeposits: [[Int64]] = []

  /// Balance of the platform's account of a cell at its bank, with what is settled and not paid
  /// into it yet; minor units.
  public func platformBalance(cell: Int, currency: CurrencyIndex) -> Int64 {
    network.island.enter {
      network.call { [deployment] in
        $0.funds(deployment.banks.platform(cell: cell), currency)
      }
    }
  }

  /// What the scenario wants written down of what happened: files of the result, alike for any
  /// number of threads. Called once, when the world stands still.
  public func records() -> [(name: String, bytes: [UInt8])] {
    let taps = cells.map(\.shared.tap) + [networkTap]
    return taps.compactMap { $0 }.flatMap { $0.finish() }.joined
  }

  /// The way of the payments that the scenario samples, cell by cell, in the order in which they
  /// were accepted; nil where it samples none. Called when the world stands still.
  public func traces() -> [TracedPayment]? {
    guard deployment.settings.results.traceOneIn > 0 else { return nil }
    return cells.flatMap { $0.shared.traces?.finish(at: end.nanoseconds) ?? [] }
  }

  /// Lets all waiting tasks end; the simulation cannot be run again. Time stands still: what a run
  /// that was cut short had ahead of it may have no end.
  public func close() {
    for cell in cells { cell.close() }
    world.run(until: VirtualInstant(nanoseconds: now.nanoseconds + 1))
  }
}
