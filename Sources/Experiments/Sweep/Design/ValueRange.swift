import Chance
import VirtualTime

/// `FROM..TO`, from the smaller to the larger, in ticks of its scale.
struct ValueRange: Equatable {
  let scale: RangeScale
  let from: Int64
  let to: Int64
  /// Whether values are spread evenly by ratio and not by difference.
  let isLogarithmic: Bool

  /// - Parameter step: read on the same scale as the ends, where there is one.
  /// - Throws: what was expected, in words.
  init(
    _ first: String, _ last: String, step: String? = nil, isLogarithmic: Bool
  ) throws(Expectation) {
    let texts = [first, last] + (step.map { [$0] } ?? [])
    var numbers: [WrittenNumber] = []
    for text in texts {
      guard let number = WrittenNumber(text) else {
        throw Expectation("a plain number, a duration or an amount, found `\(text)`")
      }
      numbers.append(number)
    }
    guard let scale = RangeScale(numbers) else {
      throw Expectation(
        "numbers of one kind: bare, durations such as 250ms, or amounts such as 5.00 USD, "
          + "found `\(texts.joined(separator: "` and `"))`")
    }
    var ticks: [Int64] = []
    for number in numbers {
      guard let value = scale.ticks(number) else {
        throw Expectation("a number that fits, found `\(number.text)`")
      }
      ticks.append(value)
    }
    guard ticks[0] < ticks[1] else {
      throw Expectation("a range from the smaller to the larger, found `\(first)..\(last)`")
    }
    guard !isLogarithmic || ticks[0] > 0 else {
      throw Expectation("a logarithmic range above zero, found `\(first)..\(last)`")
    }
    // Differences and products below stay far inside 128 bits.
    guard ticks.allSatisfy({ $0.magnitude < 1 << 62 }) else {
      throw Expectation("numbers below 2^62 ticks, found `\(first)..\(last)`")
    }
    self.scale = scale
    from = ticks[0]
    to = ticks[1]
    self.isLogarithmic = isLogarithmic
    self.step = ticks.count > 2 ? ticks[2] : nil
  }

  private let step: Int64?

  /// The values from `from` on, a step apart, none above `to`.
  func stepped(limit: Int) throws(Expectation) -> [String] {
    guard let step, step > 0 else { throw Expectation("a step above zero") }
    let count = (Int128(to) - Int128(from)) / Int128(step) + 1
    guard count <= limit else { throw Self.tooMany(count, limit) }
    return (0..<Int64(count)).map { scale.text(from + $0 * step) }
  }

  /// `count` values from end to end.
  func spread(_ count: Int, limit: Int) throws(Expectation) -> [String] {
    guard count >= 2 else { throw Expectation("at least 2 points from end to end") }
    guard count <= limit else { throw Self.tooMany(Int128(count), limit) }
    let ticks = (0..<count).map { position(Int128($0), of: Int128(count - 1)) }
    guard zip(ticks, ticks.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw Expectation(
        "fewer points: \(count) do not differ between \(scale.text(from)) and \(scale.text(to)) "
          + "when rounded" + (scale == .whole ? " to whole numbers" : ""))
    }
    return ticks.map(scale.text)
  }

  /// The tick at `part` of `whole` of the way, rounded to the nearest.
  private func position(_ part: Int128, of whole: Int128) -> Int64 {
    if part == 0 { return from }
    if part == whole { return to }
    if isLogarithmic { return geometric(Double(part) / Double(whole)) }
    let distance = Int128(to) - Int128(from)
    return Int64(Int128(from) + (2 * distance * part + whole) / (2 * whole))
  }

  private func geometric(_ fraction: Double) -> Int64 {
    let start = PortableMath.ln(Double(from))
    let end = PortableMath.ln(Double(to))
    let value = PortableMath.exp(start + (end - start) * fraction).rounded()
    return value >= Double(to) ? to : max(from, Int64(value))
  }

  /// A value of each of `count` strata of equal probability, in the order of the strata.
  func stratified(_ count: Int, _ stream: inout RandomStream) -> [String] {
    if isLogarithmic {
      return (0..<count).map { stratum in
        scale.text(geometric((Double(stratum) + stream.uniform()) / Double(count)))
      }
    }
    let size = Int128(to) - Int128(from) + 1
    return (0..<count).map { stratum in
      let place = Strata.place(stratum, of: count, size: size, &stream)
      return scale.text(Int64(Int128(from) + place))
    }
  }

  private static func tooMany(_ count: Int128, _ limit: Int) -> Expectation {
    Expectation("at most \(limit) values, found \(count)")
  }
}

/// What was expected of a part of a command line; the caller says of which part.
struct Expectation: Error, Equatable {
  let text: String

  init(_ text: String) { self.text = text }
}

/// The strata of a Latin hypercube (McKay, Beckman and Conover 1979) over whole numbers.
enum Strata {
  /// A place in `0..<size`, drawn evenly from those places p for which `p * count / size` is
  /// `stratum`; where the strata are more than the places, the one place that the stratum falls
  /// into.
  static func place(
    _ stratum: Int, of count: Int, size: Int128, _ stream: inout RandomStream
  ) -> Int128 {
    let start = Int128(stratum) * size
    let strata = Int128(count)
    guard size >= strata else { return start / strata }
    let first = (start + strata - 1) / strata
    let next = (start + size + strata - 1) / strata
    return first + Int128(stream.below(UInt64(next - first)))
  }

  /// The strata in random order (Fisher and Yates).
  static func shuffled(_ count: Int, _ stream: inout RandomStream) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(stream.below(UInt64(last + 1))))
    }
    return order
  }
}
