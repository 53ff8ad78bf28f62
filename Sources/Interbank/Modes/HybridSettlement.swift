import Declared
import Scenario

/// Hybrid settlement: urgent payments gross at once; the others wait to be offset.
public struct HybridSettlement: SettlementMode {
  /// `hybrid_offset`.
  public static let name = "hybrid_offset"
  /// One line for people.
  public static let summary =
    "Urgent payments settle gross at once; the others wait to be offset, for a while"
  /// A page for people.
  public static let explanation = """
    Urgent payments settle by themselves, at once, if there is cover; those that cannot wait
    before all others. Every other payment first waits for payments that pay for it:
      - when it comes in, it is offset against up to offset_limit waiting payments of its
      payee; the smaller side must come to at least minimum_match percent of the larger;
      - at each interval waiting payments are offset again;
      - liquidity_saving then settles more of them together: the largest set that keeps the
      queue order (urgent first, then by arrival) at each interval, if it is not told
      otherwise; or another mechanism, or a list of them, each at its own times, as in rtgs
      (`settlesim list mechanisms`). Those that pass the order may pass urgent payments too.
      At the close the largest set in order settles in any case;
      - after patience, or that long before its deadline, it may settle by itself.
    The delay of payments that can wait buys liquidity for those that cannot.

    Used, in variants, by: Lynx of Canada, T2, RITS of Australia, BOJ-NET, CHAPS.
    """
  /// See `explanation`.
  public static let parameters = [
    ModeParameters.interval(default: .seconds(300)), patienceParameter,
    ModeParameters.offsetLimit, minimumMatchParameter, liquiditySavingParameter,
    ModeParameters.atClose,
  ]

  private static let liquiditySavingParameter = LiquiditySaving.parameter(
    default: GridlockResolution.name, besides: Reordering.name,
    "Which waiting payments are settled together, after those that are offset")

  private static let patienceParameter = ParameterDeclaration(
    name: "patience", kind: .duration(.zero...(.seconds(86_400))),
    defaultValue: .duration(.seconds(1_800)),
    description: "How long a payment that is not urgent waits to be offset")
  private static let minimumMatchParameter = ParameterDeclaration(
    name: "minimum_match", kind: .integer(0...100), defaultValue: .integer(50),
    description: "Percent of the larger side of an offset that the smaller comes to, at least")

  /// Urgent first, then by arrival.
  public let queueRule: QueueRule
  /// What happens at the close.
  public let closingRule: ClosingRule
  private let interval: Int64
  private let offsetRule: OffsetRule
  private let saving: LiquiditySaving

  /// The mode with these parameters.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    let patience = try Self.patienceParameter.duration(in: parameters)
    interval = try ModeParameters.interval(in: parameters)
    saving = try LiquiditySaving(
      Self.liquiditySavingParameter, interval: interval, in: parameters)
    queueRule = QueueRule(
      order: .priority, patience: ModeParameters.nanoseconds(patience),
      netsInParts: saving.netsInParts)
    closingRule = try ModeParameters.closingRule(in: parameters)
    offsetRule = OffsetRule(
      maximum: try ModeParameters.offsetLimit(in: parameters),
      minimumMatch: Int64(try Self.minimumMatchParameter.integer(in: parameters)) * 10_000,
      order: .urgentInOrder)
  }

  /// Urgent payments keep their order, unless a mechanism passes it; offsets may pass the others.
  public var promise: QueuePromise { saving.passesOrder ? .none : .strictAmongUrgent }

  /// Settles an urgent payment, offsets another.
  public func accept(_ payment: InterbankPayment, in state: inout SettlementState) {
    if payment.priority == .urgent {
      guard state.settleOrQueue(payment) != nil else { return }
    } else {
      state.enqueue(payment, .awaitingOffset)
    }
    if state.offset(payment.id, of: payment.payer, offsetRule) { return }
    saving.accept(payment, in: &state)
  }

  /// At each interval, and when a mechanism is to be run, as long as payments wait.
  public func nextTick(in state: SettlementState) -> Int64? {
    guard state.queuedCount > 0 else { return nil }
    let next = state.nextMultiple(of: interval)
    return min(next, saving.nextTick(in: state) ?? next)
  }

  /// Offsets, then settles together, then by themselves those that have waited long enough.
  public func tick(in state: inout SettlementState) {
    let isAtInterval = state.isMultiple(of: interval)
    if isAtInterval { _ = state.offsetAll(offsetRule) }
    saving.tick(in: &state)
    guard isAtInterval else { return }
    for participant in 0..<state.participants { state.settleQueue(of: participant) }
  }

  /// Settles whatever can be settled, also what has not waited long enough yet: in order, whichever
  /// mechanisms there are.
  public func close(in state: inout SettlementState) {
    repeat {
      saving.close(in: &state)
      if !saving.resolvesGridlock { _ = state.resolveGridlock() }
    } while state.offsetAll(offsetRule)
  }
}
