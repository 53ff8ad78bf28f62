import Text

/// A metric in the OpenMetrics text format 1.0, with every sample of it.
struct MetricFamily {
  /// What its values are.
  enum Kind: String {
    case counter, gauge, histogram, summary, info
  }

  /// A value at an instant.
  struct Sample {
    /// What follows the name of the family: `_total`, `_bucket`; empty for gauges.
    var suffix = ""
    var labels: [MetricLabel] = []
    /// A number as the format writes it.
    var value: String
    /// Nanoseconds of virtual time.
    var time: Int64
  }

  var name: String
  var kind: Kind
  /// The unit, with which the name ends; empty for none.
  var unit = ""
  var help: String
  /// Those of one set of labels stand together, in the order of time.
  var samples: [Sample]
}

/// A label of a sample.
struct MetricLabel {
  var name: String
  var value: String

  init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Families of metrics as one exposition.
struct OpenMetricsText {
  /// UTC second since 1970-01-01 at which virtual time begins.
  let start: Int64
  /// Labels that every sample has.
  let labels: [MetricLabel]

  /// The exposition, its end mark included. Families without samples are left out: what was not
  /// measured is absent.
  func render(_ families: [MetricFamily]) -> String {
    var text = ""
    for family in families where !family.samples.isEmpty { write(family, to: &text) }
    return text + "# EOF\n"
  }

  private func write(_ family: MetricFamily, to text: inout String) {
    text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
    if !family.unit.isEmpty { text += "# UNIT \(family.name) \(family.unit)\n" }
    text += "# HELP \(family.name) \(Self.escaped(family.help))\n"
    for sample in family.samples {
      let labels = (labels + sample.labels).map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
      text += family.name + sample.suffix
      text += "{" + labels.joined(separator: ",") + "} "
      text += sample.value + " " + timestamp(sample.time) + "\n"
    }
  }

  /// Seconds since 1970-01-01, without zeros at the end.
  private func timestamp(_ time: Int64) -> String {
    Self.decimal(Int128(start) * 1_000_000_000 + Int128(time), decimals: 9)
  }

  /// `scaled` * 10^-`decimals`, exact, without zeros at the end.
  static func decimal(_ scaled: Int128, decimals: Int) -> String {
    withoutTrailingZeros(fixedPoint(scaled, decimals: decimals))
  }

  /// A double in the shortest form that reads back.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return value.description
  }

  /// `text` with what would end a quoted string or a line written as an escape, and without
  /// characters that steer a terminal.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case _ where scalar.isInvisible: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A name of letters, digits and underscores.
  static func name(_ text: String) -> String {
    String(
      text.unicodeScalars.map { scalar in
        scalar.isASCII && (scalar.properties.isAlphabetic || (48...57).contains(scalar.value))
          ? Character(scalar) : "_"
      })
  }
}
