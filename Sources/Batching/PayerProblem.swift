import Money
import Optimization
import PaymentModel
import VirtualTime

/// What one payer owes, as the optimiser sees it: values in minor units of the reporting currency,
/// currencies and counterparties by position, ascending.
struct PayerProblem {
  let problem: PlanningProblem
  private let payer: BankID
  private let members: [Int]
  private let currencies: [Currency]
  private let counterparties: [BankID]

  init(
    payer: BankID, members: [Int], _ pending: [Obligation], _ strategy: Optimised,
    _ world: SettlementWorld
  ) {
    self.payer = payer
    self.members = members
    let routes = members.map { pending[$0].route }
    let quoted = world.rates.quotedPairs
    let currencies = Set(
      routes.flatMap { [$0.source, $0.destination] } + quoted.flatMap { [$0.first, $0.second] }
    ).sorted()
    let counterparties = Set(routes.map(\.payee)).sorted()
    self.currencies = currencies
    self.counterparties = counterparties
    let payments = members.map { member in
      let obligation = pending[member]
      let amount = MoneyAmount(minorUnits: obligation.amount, currency: obligation.route.source)
      return PlanningPayment(
        source: currencies.firstIndex(of: obligation.route.source)!,
        destination: currencies.firstIndex(of: obligation.route.destination)!,
        counterparty: counterparties.firstIndex(of: obligation.route.payee)!,
        latest: PlanningWindow(rawValue: Int(obligation.latest.rawValue))!,
        value: max(1, world.rates.convert(amount, to: world.costs.currency).amount.minorUnits))
    }
    let wire = world.rates.convert(world.costs.wire, to: world.costs.currency).amount.minorUnits
    problem = PlanningProblem(
      payments: payments, currencies: currencies.count, counterparties: counterparties.count,
      quotes: quoted.map { pair in
        PlanningQuote(
          first: currencies.firstIndex(of: pair.first)!,
          second: currencies.firstIndex(of: pair.second)!, basisPoints: pair.basisPoints)
      },
      liquidity: Self.limits(payments, count: currencies.count, strategy.liquidityShare) {
        $0.destination
      },
      counterpartyLimits: Self.limits(
        payments, count: counterparties.count, strategy.counterpartyShare
      ) { $0.counterparty },
      rails: [.wire(fee: wire)],
      discountPartsPerMillion: world.costs.discountPartsPerMillion,
      discountMinimum: world.costs.discountMinimum,
      carryPartsPerMillion: Int64((strategy.carryRate / 365 * 1_000_000).rounded()),
      maximumBatch: world.maximumBatch, netsConversions: strategy.netsConversions)
  }

  /// A share of what is pending for each window; never less than the largest payment, so that every
  /// plan settles something, nor than what must go at once.
  private static func limits(
    _ payments: [PlanningPayment], count: Int, _ share: Double,
    of position: (PlanningPayment) -> Int
  ) -> [WindowLimits] {
    var totals = [Int64](repeating: 0, count: count)
    var largest = totals
    var urgent = totals
    for payment in payments {
      let index = position(payment)
      totals[index] += payment.value
      largest[index] = max(largest[index], payment.value)
      if payment.latest == .rtgs { urgent[index] += payment.value }
    }
    let millionths = Int128((share * 1_000_000).rounded())
    return totals.indices.map { index in
      let part = max(Int64(Int128(totals[index]) * millionths / 1_000_000), largest[index])
      return WindowLimits(
        rtgs: max(part, urgent[index]), sameDay: part, nextDay: part, secondDay: part)
    }
  }

  /// Puts what the optimiser found into a plan: a batch for each of its wires. An urgent payment
  /// that fits no limit goes by itself all the same: it may not wait.
  func add(
    _ found: Plan, _ pending: [Obligation], to plan: inout SettlementPlan, netsConversions: Bool
  ) {
    for wire in found.wires {
      plan.batches.append(
        PlannedBatch(
          payer: payer, payee: counterparties[wire.counterparty],
          currency: currencies[wire.destination], members: wire.payments.map { members[$0] },
          window: SettlementWindow(rawValue: UInt8(wire.window.rawValue))!,
          netsConversions: netsConversions))
    }
    for (index, placement) in found.placements.enumerated() where placement == nil {
      let member = members[index]
      if pending[member].isUrgent {
        plan.batches.append(PlannedBatch(single: pending[member], at: member))
      } else {
        plan.deferred.append(member)
      }
    }
  }
}

/// The reports of several payers' plans as one, with a part for each.
struct PlanReports {
  private(set) var report: PlanReport?
  private var cost = 0.0
  private var bound: Double? = 0

  /// Adds the plan of the next payer.
  mutating func add(_ plan: Plan) {
    cost += Double(plan.cost.total) / 1e6
    bound = bound.flatMap { sum in plan.lowerBound.map { sum + $0 } }
    var sum =
      report
      ?? PlanReport(
        method: plan.producer.method, lowerBound: nil, gap: nil, linearPrograms: 0, nodes: 0,
        fallback: nil, hash: 0)
    sum.lowerBound = bound
    sum.gap = bound.map { cost > 0 ? max(0, (cost - $0) / cost) : 0 }
    sum.linearPrograms += plan.linearPrograms
    sum.nodes += plan.nodes
    sum.fallback = sum.fallback ?? plan.fallback
    sum.hash = mix64(sum.hash ^ plan.fingerprint)
    sum.parts.append(PayerPlanReport(plan))
    report = sum
  }
}

extension PayerPlanReport {
  init(_ plan: Plan) {
    self.init(
      method: plan.producer.method, payments: plan.placements.count, deferred: plan.deferred,
      wires: plan.wires.count, cost: plan.cost.total, greedyCost: plan.greedyCost,
      lowerBound: plan.lowerBound, gap: plan.relativeGap, linearPrograms: plan.linearPrograms,
      nodes: plan.nodes, fallback: plan.fallback, hash: plan.fingerprint)
  }
}

extension PlanProducer {
  /// The name that the parameter `method` has for it.
  fileprivate var method: String {
    switch self {
    case .dive: "dive"
    case .branchAndBound: "branch_and_bound"
    case .greedy: "greedy"
    }
  }
}
