/// What one rail carried.
public struct RailTally: Sendable, Equatable {
  /// The rail's name.
  public var name: String
  /// Instructions executed.
  public var instructions = 0
  /// Wires of the run's strategy among them.
  public var wires = 0
  /// Wires with enough payments for the consolidation discount.
  public var discounted = 0
  /// Payments that the wires settled.
  public var payments = 0
  /// Payments among them on wires with the discount.
  public var discountedPayments = 0
  /// Instructions that went over another rail, as all attempts on this one failed.
  public var rerouted = 0
  /// What the operator charged, minor units of the fee's currency.
  public var fees: Int64 = 0

  init(_ name: String) { self.name = name }

  mutating func add(_ instruction: Instruction, fee: Int64, isDiscounted: Bool) {
    instructions += 1
    fees += fee
    guard instruction.isWire else { return }
    wires += 1
    payments += Int(instruction.payments)
    guard isDiscounted else { return }
    discounted += 1
    discountedPayments += Int(instruction.payments)
  }
}

/// What the interbank network counts.
public struct RailMeasurements: Sendable {
  /// Instructions received.
  public var instructions = 0
  /// Attempts to execute an instruction.
  public var attempts = 0
  /// Attempts that are made again because the counterparty was unreachable.
  public var retries = 0
  /// How often an instruction went over another rail, as all attempts on its own had failed.
  public var rerouted = 0
  /// Instructions executed.
  public var settled = 0
  /// How often an instruction was put off to the next business day or window, for whatever reason.
  public var deferred = 0
  /// How often an instruction had to wait in a queue.
  public var queued = 0
  /// How often an instruction that was queued at a close came back to its sender.
  public var returned = 0
  /// How often a settlement system refused an instruction for lack of cover or a cap.
  public var rejected = 0
  /// How often an instruction had to wait for its rail to open.
  public var waitedForOpening = 0
  /// Events of the settlement systems that an independent check has followed.
  public var checks = 0
  /// Statements of the platform's accounts delivered.
  public var statements = 0
  /// By position in the scenario's list of rails.
  public var rails: [RailTally] = []
}
