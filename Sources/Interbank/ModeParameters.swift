import Declared
import Scenario

/// Parameters that several settlement modes share.
enum ModeParameters {
  static func queueOrder(default order: QueueOrder) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "queue_order", kind: .choice(QueueOrder.allCases.map(\.rawValue)),
      defaultValue: .choice(order.rawValue),
      description: "Which of a payer's waiting payments goes first")
  }

  static func interval(
    _ name: String = "interval", default length: Duration,
    _ text: String = "Time between attempts to settle waiting payments together"
  ) -> ParameterDeclaration {
    ParameterDeclaration(
      name: name, kind: .duration(.seconds(1)...(.seconds(86_400))),
      defaultValue: .duration(length), description: text)
  }

  static func lag(_ text: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "settlement_lag", kind: .duration(.zero...(.seconds(86_400))),
      defaultValue: .duration(.zero), description: text)
  }

  static let offsetLimit = ParameterDeclaration(
    name: "offset_limit", kind: .integer(1...64), defaultValue: .integer(10),
    description: "Payments of the counterparty that one payment is offset with, at most")

  static let maximumPart = ParameterDeclaration(
    name: "maximum_part", kind: .integer(0...Int(InterbankPayment.maximumAmount)),
    defaultValue: .integer(0),
    description:
      "Minor units; larger payments settle in parts of this, 1,000 at most; 0: in one piece")

  static func nodes(default count: Int) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "nodes", kind: .integer(0...10_000_000), defaultValue: .integer(count),
      description: "Steps of a search, at most")
  }

  static let atClose = ParameterDeclaration(
    name: "at_close", kind: .choice(ClosingRule.allCases.map(\.rawValue)),
    defaultValue: .choice(ClosingRule.carryOver.rawValue),
    description:
      "Whether waiting payments are carried over to the next day or return to the payer; a "
      + "transfer that returns has failed for lack of funds, others are sent again the next day")

  static func queueOrder(
    in given: [String: ParameterValue], default order: QueueOrder = .fifo
  ) throws(ParameterError) -> QueueOrder {
    let word = try queueOrder(default: order).choice(in: given)
    guard let order = QueueOrder(rawValue: word) else { preconditionFailure(word) }
    return order
  }

  static func closingRule(
    in given: [String: ParameterValue]
  ) throws(ParameterError) -> ClosingRule {
    let word = try atClose.choice(in: given)
    guard let rule = ClosingRule(rawValue: word) else { preconditionFailure(word) }
    return rule
  }

  static func maximumPart(
    in given: [String: ParameterValue]
  ) throws(ParameterError) -> Int64? {
    let part = try maximumPart.integer(in: given)
    return part == 0 ? nil : Int64(part)
  }

  static func offsetLimit(in given: [String: ParameterValue]) throws(ParameterError) -> Int {
    try offsetLimit.integer(in: given)
  }

  static func interval(
    _ name: String = "interval", in given: [String: ParameterValue],
    default length: Duration = .seconds(300)
  ) throws(ParameterError) -> Int64 {
    nanoseconds(try interval(name, default: length).duration(in: given))
  }

  static func lag(in given: [String: ParameterValue]) throws(ParameterError) -> Int64 {
    nanoseconds(try lag("").duration(in: given))
  }

  static func nanoseconds(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
