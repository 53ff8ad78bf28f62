import Faults
import Text

extension Section where Root == FaultSetting {
  private static let when = "when"

  static let fault = Section(
    "Something that goes wrong at its time and is mended. `settlesim list faults` tells the kinds.",
    [
      .required("id", \.id, .name, "Names the fault in results, and its random stream."),
      .required("kind", \.kind, .faultKind, "What goes wrong."),
      .optional(
        "target", \.target, base: "", .word,
        "Whom it befalls: the name of an acquirer; `cell-0` for a station of that cell, which "
          + "without a target is that of all cells."),
      .computed(
        "at", get: { $0.at }, set: { $0.at = $1 }, base: .elapsed(.zero), .faultInstant,
        "When it begins: `12h` after the start of the run, `\"12:00\"` UTC of the first day, or "
          + "{time: \"12:00\", zone: Europe/Berlin, day: 2}.", excludes: when),
      .computed(
        "every", get: { $0.every }, set: { $0.every = $1 }, base: .least,
        .duration(from: .seconds(1), to: .days(3_650)),
        "It begins so long after the start of the run, and again after as long, while payments "
          + "arrive.", excludes: when),
      .computed(
        "rate", get: { $0.rate }, set: { $0.rate = $1 }, base: FaultRate(count: 1, unit: "h"),
        .faultRate,
        "It begins by chance, so many times on average while it does not hold and payments "
          + "arrive: `2/h`.", excludes: when),
      .required("for", \.lasts, .duration(from: .least, to: .days(3_650)), "How long it lasts."),
      .init(
        "share", \.share, .probability,
        "Part of the calls that it concerns, each by a draw of the fault's own."),
      .optional(
        "factor", \.factor, base: 1, .decimal(1...1_000_000),
        "By how much it slows down, of kinds that do."),
    ], check: check)

  @Sendable private static func check(
    _ fault: FaultSetting, _ node: ScenarioNode, _ decoding: inout Decoding
  ) {
    let kind = FaultKind.named(fault.kind)!
    if fault.at == nil, fault.every == nil, fault.rate == nil {
      decoding.report(node, "expected one of `at`, `every`, `rate`, which say when it begins")
    }
    if let every = fault.every, fault.lasts >= every {
      decoding.report(
        in: node, under: ["for"],
        "expected less than `every` (\(DurationText.text(every))), or the fault would overlap "
          + "itself, found \(DurationText.text(fault.lasts))")
    }
    if fault.share == 0 {
      decoding.report(in: node, under: ["share"], "expected a share above 0, found 0")
    }
    if kind.takesFactor, fault.factor == nil {
      decoding.report(node, "expected `factor`: by how much `\(kind.name)` slows down")
    } else if !kind.takesFactor, fault.factor != nil {
      decoding.report(in: node, under: ["factor"], "expected none, as `\(kind.name)` takes none")
    }
  }
}

extension Syntax where Value == String {
  /// The name of a kind of fault.
  static var faultKind: Syntax<String> {
    let names = FaultKind.all.map(\.name)
    let schema = SchemaJSON.object([.init("enum", .strings(names))])
    return Syntax(scalar: schema, show: { .string($0) }) { node, decoding in
      guard let text = node.text, names.contains(text) else {
        decoding.expected(
          "one of \(names.joined(separator: ", "))", at: node,
          hint: node.text.map { EditDistance.hint($0, among: names) } ?? "")
        return nil
      }
      return text
    }
  }
}

extension Syntax where Value == FaultRate {
  /// `2/h`.
  static var faultRate: Syntax<FaultRate> {
    let schema = SchemaJSON.text(
      pattern: "^[1-9][0-9]{0,5}/(min|h|d)$", examples: ["2/h", "1/d"])
    return Syntax(scalar: schema, show: { .string("\($0.count)/\($0.unit)") }) { node, decoding in
      let parts = (node.text ?? "").split(separator: "/", omittingEmptySubsequences: false)
      let units = FaultRate.units.map(\.name)
      guard parts.count == 2, units.contains(String(parts[1])),
        (1...6).contains(parts[0].utf8.count), parts[0].utf8.allSatisfy(isDigit),
        parts[0].first != "0", let count = Int(parts[0])
      else {
        decoding.expected("a rate such as 2/h, in min, h or d", at: node)
        return nil
      }
      return FaultRate(count: count, unit: String(parts[1]))
    }
  }
}

extension Syntax where Value == ScheduleTime {
  /// `12h`, `"12:00"` or `{time: "12:00", zone: Europe/Berlin, day: 2}`.
  static let faultInstant = instant("an instant such as 12h or \"12:00\"", upTo: 73_050)
}
