import PaymentModel

/// A part of a payment's way whose length can be asked for.
public enum StoryStage: String, Sendable, CaseIterable {
  /// From the client's request to the record on the bus.
  case intake
  /// From the client's request to the decision, without the cardholder's time.
  case authorization
  /// From the hold to its capture or its end.
  case hold
  /// From the capture to the batch.
  case batching
}

/// A payment, and how long (ns) it was in a stage.
public struct StagedPayment: Sendable, Equatable, Comparable {
  /// Nanoseconds.
  public var time: Int64
  /// The payment.
  public var place: StoryPlace

  /// The slower comes first; of equal ones that of the earlier cell, then the earlier.
  public static func < (first: StagedPayment, second: StagedPayment) -> Bool {
    first.time != second.time ? first.time > second.time : first.place < second.place
  }
}

/// The slowest payments of a cell in a stage; 8 bytes a payment.
struct StageWatch {
  private let count: Int
  private let stage: StoryStage
  private let cell: Int
  /// When the stage began, by payment; `.min` outside of it.
  private var began: [Int64] = []
  private(set) var slowest: [StagedPayment] = []

  init(count: Int, stage: StoryStage, cell: Int) {
    self.count = count
    self.stage = stage
    self.cell = cell
  }

  mutating func hear(_ payment: PaymentID, _ step: PaymentStep, at now: Int64) {
    switch (stage, step) {
    case (.intake, .accepted(let request, let intake)):
      let durable = intake.arrived + intake.served + intake.lookUp + intake.publication
      note(payment, durable - request.sent)
    case (.authorization, .accepted(let request, _)): begin(payment, at: request.sent)
    case (.authorization, .asksCardholder): shift(payment, by: -now)
    case (.authorization, .challenged): shift(payment, by: now)
    case (.authorization, .moved(.authorized)), (.authorization, .moved(.declined)),
      (.hold, .moved(.captured)), (.hold, .moved(.voided)), (.hold, .moved(.expired)),
      (.batching, .moved(.batched)):
      end(payment, at: now)
    case (.hold, .moved(.authorized)), (.batching, .moved(.captured)): begin(payment, at: now)
    default: break
    }
  }

  private mutating func begin(_ payment: PaymentID, at time: Int64) {
    while began.count <= Int(payment) { began.append(.min) }
    began[Int(payment)] = time
  }

  /// Between a shift back and one forward the clock stands still.
  private mutating func shift(_ payment: PaymentID, by time: Int64) {
    guard began.indices.contains(Int(payment)), began[Int(payment)] != .min else { return }
    began[Int(payment)] += time
  }

  private mutating func end(_ payment: PaymentID, at time: Int64) {
    guard began.indices.contains(Int(payment)), began[Int(payment)] != .min else { return }
    note(payment, time - began[Int(payment)])
    began[Int(payment)] = .min
  }

  private mutating func note(_ payment: PaymentID, _ time: Int64) {
    let staged = StagedPayment(
      time: time, place: StoryPlace(cell: cell, number: payment.rawValue))
    if slowest.count == count, !(staged < slowest[count - 1]) { return }
    let place = slowest.firstIndex { staged < $0 } ?? slowest.count
    slowest.insert(staged, at: place)
    if slowest.count > count { slowest.removeLast() }
  }
}
