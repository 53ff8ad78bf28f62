import Declared
import Money
import Optimization
import PaymentModel
import Scenario

/// A payer's payments of a window are spread over settlement windows and consolidated at the least
/// cost of exchange, wires and waiting, within limits of liquidity and counterparties.
public struct Optimised: BatchingStrategy, WindowedStrategy {
  /// `optimised`.
  public static let name = "optimised"
  /// One line for people.
  public static let summary = "Wires, windows and exchange of each payer at the least cost"
  /// A page for people.
  public static let explanation = """
    At the end of each window what a payer owes is planned as a whole: in which settlement window \
    (at once, the same, the next or the second business day) each payment goes, and with which \
    others it shares a wire. The plan minimises exchange spread, wires after the consolidation \
    discount, and the cost of waiting, so that "everything on the last day" is not free. Wires \
    have the prices of the rails that `settlement.rail_choice` gives their windows. No payment is \
    planned later than its latest window, counted from when it came about: one for which the next \
    plan would be too late goes with this one. In each window a currency may take \
    `liquidity_share` of what is pending in it and a counterparty `counterparty_share`, but never \
    less than what must go then. Strategies without deadlines and limits, such as \
    `counterparty_consolidation`, can be cheaper for it.

    The linear relaxation of a compact formulation (classes of payments alike in currencies, \
    counterparty and latest window), raised by cover inequalities, gives a lower bound; dives with \
    warm starts round the wires, \
    whole payments are repaired to the limits, and the plan is never dearer than the greedy one, \
    which is also what is left when the solver fails. The work is bounded by the number of linear \
    programs, never by time. What fits no limit is left for the next plan.

    \(WindowParameters.explanation)

    Parameters: \(WindowParameters.names), `urgent`, `fx_netting`, `liquidity_share`, \
    `counterparty_share`, `carry_rate`, `method`, `linear_programs`.

    Solved with COIN-OR Clp, and CBC for `branch_and_bound` (Forrest and Lougee-Heimer, "CBC user \
    guide", 2005).
    """
  /// See `explanation`.
  public static let parameters =
    WindowParameters.all(default: defaultWindow) + [
      urgentParameter, ConversionNetting.parameter, liquidityParameter, counterpartyParameter,
      carryParameter, methodParameter, programsParameter,
    ]

  private static let defaultWindow = Duration.seconds(3_600)
  private static let urgentParameter = ParameterDeclaration(
    name: "urgent", kind: .choice(["at_once", "with_plan"]), defaultValue: .choice("at_once"),
    description: "Whether urgent payments are sent as they come or with the next plan")
  private static let liquidityParameter = ParameterDeclaration(
    name: "liquidity_share", kind: .decimal(0...1), defaultValue: .decimal(0.35),
    description: "Part of what is pending in a currency that one settlement window may take")
  private static let counterpartyParameter = ParameterDeclaration(
    name: "counterparty_share", kind: .decimal(0...1), defaultValue: .decimal(0.5),
    description: "The same for what is owed to a counterparty")
  private static let carryParameter = ParameterDeclaration(
    name: "carry_rate", kind: .decimal(0...10), defaultValue: .decimal(0.02),
    description: "Cost of value that waits, per year")
  private static let methodParameter = ParameterDeclaration(
    name: "method", kind: .choice(["dive", "branch_and_bound", "greedy"]),
    defaultValue: .choice("dive"), description: "How plans are searched for")
  private static let programsParameter = ParameterDeclaration(
    name: "linear_programs", kind: .integer(1...100_000), defaultValue: .integer(400),
    description: "Linear programs (dive) or nodes (branch_and_bound) of a plan at most")

  var cycle: SettlementCycle
  private let sendsUrgentAtOnce: Bool
  let netsConversions: Bool
  let liquidityShare: Double
  let counterpartyShare: Double
  let carryRate: Double
  private let options: PlanningOptions

  /// The strategy; an error names a parameter that does not fit.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    cycle = try WindowParameters.cycle(default: Self.defaultWindow, in: parameters)
    sendsUrgentAtOnce = try Self.urgentParameter.choice(in: parameters) == "at_once"
    netsConversions = try ConversionNetting.isOn(in: parameters)
    liquidityShare = try Self.liquidityParameter.decimal(in: parameters)
    counterpartyShare = try Self.counterpartyParameter.decimal(in: parameters)
    carryRate = try Self.carryParameter.decimal(in: parameters)
    let limit = try Self.programsParameter.integer(in: parameters)
    switch try Self.methodParameter.choice(in: parameters) {
    case "branch_and_bound":
      options = PlanningOptions(
        method: .branchAndBound(nodeLimit: limit, relativeGap: 0), linearProgramLimit: limit)
    case "greedy": options = PlanningOptions(method: .greedy, linearProgramLimit: limit)
    default: options = PlanningOptions(method: .dive, linearProgramLimit: limit)
    }
  }

  /// At the end of each window; urgent payments before, if so asked.
  public var release: Release {
    sendsUrgentAtOnce ? .urgentOnCapture(otherwiseEvery: cycle) : .every(cycle)
  }

  /// What each payer owes is planned by itself; what is not above zero goes by itself, gross.
  public func plan(_ pending: [Obligation], in world: SettlementWorld) -> SettlementPlan {
    var plan = SettlementPlan(batches: [])
    var payers = Partition<BankID>()
    var payable: [Int] = []
    for (position, obligation) in pending.enumerated() {
      if obligation.amount > 0 {
        payers.append(obligation.route.payer)
        payable.append(position)
      } else {
        plan.batches.append(PlannedBatch(single: obligation, at: position))
      }
    }
    var reports = PlanReports()
    for (payer, members) in payers.sorted() {
      let problem = PayerProblem(
        payer: payer, members: members.map { payable[$0] }, pending, self, world)
      do throws(PlanningProblemError) {
        let found = try Planner(options).plan(problem.problem)
        problem.add(found, pending, to: &plan, netsConversions: netsConversions)
        reports.add(
          found, problem.instance(found, reportingCurrency: world.costs.currency))
      } catch { preconditionFailure("a problem of the strategy's own making: \(error)") }
    }
    plan.deferred.sort()
    plan.report = reports.report
    return plan
  }
}
