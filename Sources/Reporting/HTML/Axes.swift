/// Ticks at round values.
enum LinearAxis {
  /// Round steps of 1, 2 or 5 times a power of ten from 0 to at least `maximum`; about `count`.
  static func ticks(upTo maximum: Double, count: Int) -> [Double] {
    guard maximum > 0, maximum.isFinite, maximum < 1e18 else { return [0, 1] }
    var step = 1e-9
    while maximum / step > Double(count) {
      let mantissa = [2.0, 5, 10].first { maximum / (step * $0) <= Double(count) }
      step *= mantissa ?? 10
    }
    let last = Int((maximum / step).rounded(.up))
    return (0...last).map { Double($0) * step }
  }

  /// `5k`, `1.5M`: a tick's value in little space.
  static func label(_ value: Double) -> String {
    switch value.magnitude {
    case 1e9...: HumanFormat.plain(value / 1e9) + "G"
    case 1e6...: HumanFormat.plain(value / 1e6) + "M"
    case 1e4...: HumanFormat.plain(value / 1e3) + "k"
    default: HumanFormat.plain(value)
    }
  }
}

/// Virtual time since the scenario's start.
enum TimeAxis {
  private static let second: Int64 = 1_000_000_000
  private static let steps: [Int64] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600,
    43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000,
  ].map { $0 * second }

  /// Round times (ns) inside `range`, at most `count` + 1.
  static func ticks(_ range: Range<Int64>, count: Int64) -> [Int64] {
    let span = range.upperBound - range.lowerBound
    let step = steps.first { span / $0 <= count } ?? max(1, span / count)
    let first = (range.lowerBound + step - 1) / step * step
    return Array(stride(from: first, through: range.upperBound, by: Int64.Stride(step)))
  }

  /// `label` where whole days need no hours: `+2 d`.
  static func shortLabel(_ nanoseconds: Int64) -> String {
    let days = nanoseconds / (86_400 * second)
    return days > 0 && nanoseconds == days * 86_400 * second ? "+\(days) d" : label(nanoseconds)
  }

  /// `06:30`, with seconds where they are not zero, and `+1 d 06:30` from the second day on.
  static func label(_ nanoseconds: Int64) -> String {
    func two(_ value: Int64) -> String { (value < 10 ? "0" : "") + String(value) }
    let seconds = nanoseconds / second
    let days = seconds / 86_400
    let clock = two(seconds / 3_600 % 24) + ":" + two(seconds / 60 % 60)
    let tail = seconds % 60 == 0 ? "" : ":" + two(seconds % 60)
    return (days > 0 ? "+\(days) d " : "") + clock + tail
  }
}

/// Durations over many orders of magnitude.
enum LogarithmicAxis {
  /// The marks an axis may have: nanoseconds and label.
  static let marks: [(value: Int64, label: String)] = [
    (1_000, "1 µs"), (10_000, "10 µs"), (100_000, "100 µs"), (1_000_000, "1 ms"),
    (10_000_000, "10 ms"), (100_000_000, "100 ms"), (1_000_000_000, "1 s"),
    (10_000_000_000, "10 s"), (60_000_000_000, "1 min"), (600_000_000_000, "10 min"),
    (3_600_000_000_000, "1 h"), (36_000_000_000_000, "10 h"), (86_400_000_000_000, "1 d"),
    (864_000_000_000_000, "10 d"), (8_640_000_000_000_000, "100 d"),
    (86_400_000_000_000_000, "1,000 d"),
  ]

  /// The marks from the last at or below `low` to the first at or above `high`.
  static func ticks(_ low: Int64, _ high: Int64) -> [(value: Int64, label: String)] {
    let first = marks.lastIndex { $0.value <= low } ?? 0
    let last = marks.firstIndex { $0.value >= high && $0.value > marks[first].value }
    return Array(marks[first...(last ?? marks.count - 1)])
  }

  /// Round durations from `low` to `high`, finer than decades.
  static func fineTicks(_ low: Int64, _ high: Int64) -> [(value: Int64, label: String)] {
    let units: [(length: Int64, name: String, factors: [Int64])] = [
      (1_000, "µs", decades), (1_000_000, "ms", decades), (1_000_000_000, "s", [1, 2, 5, 10, 20]),
      (60_000_000_000, "min", [1, 2, 5, 10, 20]), (3_600_000_000_000, "h", [1, 2, 5, 12]),
      (86_400_000_000_000, "d", decades),
    ]
    return units.flatMap { unit in
      unit.factors.map { (value: unit.length * $0, label: "\($0) \(unit.name)") }
    }.filter { low <= $0.value && $0.value <= high }
  }

  private static let decades: [Int64] = [1, 2, 5, 10, 20, 50, 100, 200, 500]

  /// log2 by repeated squaring: only multiplications, so that the same bits come out on every
  /// machine, which the C library's logarithm does not promise.
  static func log2(_ value: Int64) -> Double {
    guard value > 1 else { return 0 }
    let exponent = 63 - value.leadingZeroBitCount
    var mantissa = Double(value) / Double(UInt64(1) << UInt64(exponent))
    if mantissa >= 2 { return Double(exponent + 1) }
    var result = Double(exponent)
    var bit = 0.5
    for _ in 0..<24 {
      mantissa *= mantissa
      if mantissa >= 2 {
        mantissa /= 2
        result += bit
      }
      bit /= 2
    }
    return result
  }
}
