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
  /// Fractions from which on a dive rounds a wire count up, one start each.
  public var thresholds: [Double]
  /// How often cover inequalities are sought before the dives; they raise the bound. With 0, the
  /// bound is that of the compact formulation's linear program.
  public var cutRounds: Int

  /// Options; one dive unless told otherwise.
  /// - Precondition: the limits are positive, the gap and the rounds are not negative, the thresholds
  ///   lie in 0...1.
  public init(
    method: Method = .dive, linearProgramLimit: Int = 400, lookLimit: Int = 400_000,
    thresholds: [Double] = [0.85], cutRounds: Int = 3
  ) {
    precondition(linearProgramLimit > 0, "at least one linear program must be allowed")
    precondition(
      thresholds.allSatisfy((0...1).contains), "a threshold lies in 0...1, not \(thresholds)")
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
    self.cutRounds = cutRounds
  }
}
