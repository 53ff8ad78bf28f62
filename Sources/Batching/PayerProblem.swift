import Chance
import Money
import Optimization
import PaymentModel
import Plants
import VirtualTime

/// What one payer owes, as the optimiser sees it: values in minor units of the reporting currency,
/// currencies and counterparties by position, ascending.
struct PayerProblem {
  let problem: PlanningProblem
  private let payer: BankID
  private let members: [Int]
  /// Members that may not wait for the next plan.
  private let urgent: [Bool]
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
      let next =
        planted(Plant.nextPlanUnheeded)
        ? world.now : strategy.cycle.next(after: world.now, obligation.route.destination)
      let latest = world.outlook?.latestWindow(of: obligation, at: world.now, next: next)
      let amount = MoneyAmount(minorUnits: obligation.amount, currency: obligation.route.source)
      return PlanningPayment(
        source: currencies.firstIndex(of: obligation.route.source)!,
        destination: currencies.firstIndex(of: obligation.route.destination)!,
        counterparty: counterparties.firstIndex(of: obligation.route.payee)!,
        latest: PlanningWindow(rawValue: Int((latest ?? obligation.latest).rawValue))!,
        value: max(1, world.rates.convert(amount, to: world.costs.currency).amount.minorUnits))
    }
    urgent = payments.map { $0.latest == .rtgs }
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
      rails: Self.rails(to: currencies, world),
      discountPartsPerMillion: world.costs.discountPartsPerMillion,
      discountMinimum: world.costs.discountMinimum,
      carryPartsPerMillion: Int64((strategy.carryRate / 365 * 1_000_000).rounded()),
      maximumBatch: world.maximumBatch, netsConversions: strategy.netsConversions)
  }

  /// The rails that wires of each window would take: those with the same prices in the same windows
  /// are one.
  private static func rails(
    to currencies: [Currency], _ world: SettlementWorld
  ) -> [PlanningRail] {
    guard let outlook = world.outlook else {
      return [.wire(fee: world.rates.inReportingCurrency(world.costs.wire).minorUnits)]
    }
    var rails: [PlanningRail] = []
    for (position, currency) in currencies.enumerated() where outlook.settles(currency) {
      let prices = SettlementWindow.allCases.map {
        outlook.price(of: $0, currency, at: world.now)
      }
      for price in prices.indices where prices.firstIndex(of: prices[price]) == price {
        let windows = PlanningWindow.allCases.filter { prices[$0.rawValue] == prices[price] }
        let (fee, operatorFee) = (prices[price].wire, prices[price].operatorFee)
        let same = rails.firstIndex {
          $0.fee == fee && $0.operatorFee == operatorFee && $0.windows == windows
        }
        if let same {
          rails[same].destinations?.append(position)
        } else {
          rails.append(
            PlanningRail(
              name: "rail \(rails.count + 1)", fee: fee, operatorFee: operatorFee,
              windows: windows, destinations: [position]))
        }
      }
    }
    return rails
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

  /// The problem with the plan that was found for it.
  func instance(_ found: Plan, reportingCurrency: Currency) -> PlanInstance {
    PlanInstance(
      problem: problem, plan: found, currencies: currencies, counterparties: counterparties,
      reportingCurrency: reportingCurrency)
  }

  /// Puts what the optimiser found into a plan: a batch for each of its wires. An urgent payment
  /// that fits no limit goes by itself all the same: it may not wait.
  func add(
    _ found: Plan, _ pending: [Obligation], to plan: inout SettlementPlan, netsConversions: Bool
  ) {
    for (number, wire) in found.wires.enumerated() {
      let own = wire.payments.map { members[$0] }
      if planted(Plant.lastWirePutOff), number == found.wires.count - 1,
        own.allSatisfy({ !pending[$0].isUrgent })
      {
        plan.deferred += own
        continue
      }
      plan.batches.append(
        PlannedBatch(
          payer: payer, payee: counterparties[wire.counterparty],
          currency: currencies[wire.destination], members: own,
          window: SettlementWindow(rawValue: UInt8(wire.window.rawValue))!,
          netsConversions: netsConversions))
    }
    for (index, placement) in found.placements.enumerated() where placement == nil {
      let member = members[index]
      if urgent[index] {
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
  mutating func add(_ plan: Plan, _ instance: PlanInstance) {
    cost += Double(plan.cost.total) / 1e6
    bound = bound.flatMap { sum in plan.lowerBound.map { sum + $0 } }
    var sum =
      report
      ?? PlanReport(
        method: plan.producer.rawValue, lowerBound: nil, gap: nil, linearPrograms: 0, nodes: 0,
        fallback: nil, hash: 0)
    sum.lowerBound = bound
    sum.gap = bound.map { cost > 0 ? max(0, (cost - $0) / cost) : 0 }
    sum.linearPrograms += plan.linearPrograms
    sum.nodes += plan.nodes
    sum.fallback = sum.fallback ?? plan.fallback
    sum.hash = mix64(sum.hash ^ plan.fingerprint)
    var part = PayerPlanReport(plan)
    part.instance = instance
    sum.parts.append(part)
    report = sum
  }
}

extension PayerPlanReport {
  init(_ plan: Plan) {
    self.init(
      method: plan.producer.rawValue, payments: plan.placements.count, deferred: plan.deferred,
      wires: plan.wires.count, cost: plan.cost.total, greedyCost: plan.greedyCost,
      lowerBound: plan.lowerBound, gap: plan.relativeGap, linearPrograms: plan.linearPrograms,
      nodes: plan.nodes, fallback: plan.fallback, hash: plan.fingerprint)
  }
}
