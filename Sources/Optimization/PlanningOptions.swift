/// How a plan is searched for. Work is bounded by counts alone, so that the same problem gives the
/// same plan on a slow machine and a fast one.
public struct PlanningOptions: Equatable, Sendable {
  /// The search.
  public enum Method: Equatable, Sendable {
    /// Dives: the wire counts of the linear program are fixed step by step, from several starts.
    case dive
    /// Dives, then branch and bound by CBC until `nodeLimit` nodes are searched or the plan is
    /// within `relativeGap` of the bound.
    case branchAndBound(nodeLimit: Int, relativeGap: Double)
    /// Payments join an open batch where they can. No linear program, hence no bound.
    case greedy
  }

  /// The search.
  public var method: Method
  /// Linear programs that the dives may solve. A dive that meets the limit is given up.
  public var linearProgramLimit: Int
  /// Places of payments that may be looked at to improve the plan of one dive.
  public var lookLimit: Int
  /// Fractions from which on a dive rounds a wire count up, one dive each.
  public var thresholds: [Double]
  /// Gap to the bound, as a share of the cost, above which another dive is made.
  public var satisfactoryGap: Double
  /// How often cover inequalities are sought before the dives; they raise the bound. With 0, the
  /// bound is that of the compact formulation's linear program.
  public var cutRounds: Int

  /// Options; a dive unless told otherwise, and a second one where the first leaves a wide gap.
  /// - Precondition: the limits are positive, the gaps and the rounds not negative, the thresholds
  ///   lie in 0...1.
  public init(
    method: Method = .dive, linearProgramLimit: Int = 400, lookLimit: Int = 400_000,
    thresholds: [Double] = [0.5, 0.3], satisfactoryGap: Double = 0.09, cutRounds: Int = 3
  ) {
    precondition(linearProgramLimit > 0, "at least one linear program must be allowed")
    precondition(
      thresholds.allSatisfy((0...1).contains), "a threshold lies in 0...1, not \(thresholds)")
    precondition(satisfactoryGap >= 0, "a gap is not negative, as \(satisfactoryGap) is")
    precondition(cutRounds >= 0, "rounds of cuts are not negative, as \(cutRounds) is")
    if case .branchAndBound(let nodeLimit, let relativeGap) = method {
      precondition(
        nodeLimit > 0 && nodeLimit <= Int(Int32.max),
        "a node limit lies in 1...\(Int32.max), not \(nodeLimit)")
      precondition(relativeGap >= 0, "a gap is not negative, as \(relativeGap) is")
    }
    self.method = method
    self.linearProgramLimit = linearProgramLimit
    self.lookLimit = lookLimit
    self.thresholds = thresholds
    self.satisfactoryGap = satisfactoryGap
    self.cutRounds = cutRounds
  }
}
