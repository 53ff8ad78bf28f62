import Pipeline
import Text

/// Of what a story is asked.
enum ExplainQuestion: Equatable {
  case payment(String)
  case batch(String)
  case instruction(Int64)
  case request(String)
  case merchant(String, at: Int64)
  case slowest(Int, StoryStage)

  static let flags: [Flag] = [
    .payment, .transfer, .batch, .instruction, .request, .merchant, .at, .slowest, .stage,
  ]

  init(_ options: Options) throws(Failure) {
    let asked = [Flag.payment, .transfer, .batch, .instruction, .request, .merchant, .slowest]
      .filter { options.given($0) != nil }
    guard asked.count == 1, let flag = asked.first, let text = options.given(flag)?.text else {
      let names =
        "--payment, --transfer, --batch, --instruction, --request, --merchant or --slowest"
      throw options.usage(
        asked.isEmpty
          ? "expected one of \(names)"
          : "expected one of \(names), found \(asked.map(\.spelling).joined(separator: " and "))")
    }
    guard flag == .merchant || options.given(.at) == nil else {
      throw options.usage("--at goes with --merchant")
    }
    guard flag == .slowest || options.given(.stage) == nil else {
      throw options.usage("--stage goes with --slowest")
    }
    switch flag {
    case .batch: self = .batch(text)
    case .transfer: self = .payment("transfers/payment-\(try options.count(.transfer)!)")
    case .instruction: self = .instruction(Int64(try options.count(.instruction)!))
    case .request: self = .request(text)
    case .merchant:
      guard let at = options.given(.at) else {
        throw options.usage("--merchant needs a time: --at 12:00")
      }
      guard let time = Self.time(at.text) else {
        throw options.usage(
          "--at: expected a time of the first day such as 12:00 or 12:00:30, or a time since the "
            + "start such as 36h, found \(quoted(at.text))")
      }
      self = .merchant(text, at: time)
    case .slowest:
      let stage = try options.choice(.stage, default: StoryStage.authorization)
      self = .slowest(try options.count(.slowest)!, stage)
    default: self = .payment(text)
    }
  }

  /// Nanoseconds since the start of the run; nil for what is no time.
  private static func time(_ text: String) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count > 1 {
      let numbers = parts.map { $0.utf8.count == 2 && $0.allSatisfy(\.isASCII) ? UInt8($0) : nil }
      guard parts.count <= 3, let hour = numbers[0], hour < 24, let minute = numbers[1],
        minute < 60
      else { return nil }
      guard let second = parts.count == 3 ? numbers[2] : 0, second < 60 else { return nil }
      return (Int64(hour) * 3_600 + Int64(minute) * 60 + Int64(second)) * 1_000_000_000
    }
    return DurationText.parse(text).map(DurationText.nanoseconds).flatMap { $0 >= 0 ? $0 : nil }
  }
}

extension Flag {
  static let payment = Flag(
    "payment", .text("ID"),
    "A payment: cell-0/payment-17, 17, a trace's id, a key, or northbank/5.")
  static let transfer = Flag(
    "transfer", .count(1...Int(UInt32.max)), "A bank's transfer by its number in the run.")
  static let batch = Flag("batch", .text("ID"), "A batch: cell-0/batch-3 or transfers/batch-3.")
  static let instruction = Flag(
    "instruction", .count(1...(1 << 53)),
    "An instruction by its number in wires.csv.")
  static let request = Flag(
    "request", .text("KEY"),
    "All requests of a key (16 hexadecimal digits, or a trace's id), refused ones too.")
  static let merchant = Flag(
    "merchant", .text("NAME"), "How a merchant stood at a time, and what came just before.")
  static let at = Flag(
    "at", .text("TIME"), "That time: 12:00 of the first day (UTC), or since the start: 36h.")
  static let slowest = Flag(
    "slowest", .count(1...100), "The payments that took longest in a stage.")
  static let stage = Flag(
    "stage", .oneOf(StoryStage.self), "The stage of --slowest; default: authorization.")
}
