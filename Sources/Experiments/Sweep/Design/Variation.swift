import Chance
import Scenario
import VirtualTime

/// One `--vary PATH=SPEC`: a value of the scenario and what it is given, one after another.
///
/// A SPEC is one of
/// - `a,b,c`: these values, in the notation of the scenario; commas within brackets, braces or
///   quotes do not separate;
/// - `1..10/2`: from 1 on in steps of 2, none above 10;
/// - `1..10x4`: 4 values from 1 to 10, evenly spread; `log 1..1000x4`: evenly by ratio;
/// - `lhs 0.1..0.9`, `lhs log 1..1000`, `lhs a,b,c`: one value of each of N strata of equal
///   probability, where N is the number of samples.
///
/// Numbers of a range are bare, durations or amounts. Ranges of numbers written without a point
/// hold whole numbers.
public struct Variation: Equatable, Sendable {
  /// The values of a list or a range, or what a Latin hypercube draws from.
  enum Source: Equatable {
    case values([String])
    case sampledRange(ValueRange)
    case sampledList([String])
  }

  /// Which value of the scenario: `settlement.strategy`.
  public let path: String
  /// The SPEC as it was given.
  public let specification: String
  let source: Source

  /// Most values of one variation, and most points of one sweep.
  public static let limit = 100_000

  /// Whether the values are drawn, jointly with those of other variations.
  public var isSampled: Bool {
    if case .values = source { false } else { true }
  }

  /// As typed behind the flag.
  public var assignment: String { "\(path)=\(specification)" }

  /// Reads `PATH=SPEC`.
  public init(_ assignment: String) throws(SweepError) {
    guard let equals = assignment.firstIndex(of: "="), equals > assignment.startIndex else {
      throw SweepError(.usage, "--vary: expected PATH=SPEC, found `\(assignment)`")
    }
    path = String(assignment[..<equals])
    specification = String(assignment[assignment.index(after: equals)...])
    guard path != "seed" else {
      throw SweepError(.usage, "--vary: seeds are varied by --seeds, such as --seeds 1..20")
    }
    do throws(Expectation) {
      source = try Self.read(specification)
    } catch { throw SweepError(.usage, "--vary \(assignment): expected \(error.text)") }
  }

  private static func read(_ text: String) throws(Expectation) -> Source {
    var rest = text[...]
    func takes(_ word: String) -> Bool {
      guard rest.hasPrefix(word + " ") else { return false }
      rest = rest.dropFirst(word.count + 1).drop { $0 == " " }
      return true
    }
    let isSampled = takes("lhs")
    let isLogarithmic = takes("log")
    guard isLogarithmic || looksLikeRange(rest) else {
      let values = try list(rest)
      return isSampled ? .sampledList(values) : .values(values)
    }
    return try range(rest, isSampled: isSampled, isLogarithmic: isLogarithmic)
  }

  /// Two points behind something that begins like a number.
  private static func looksLikeRange(_ text: Substring) -> Bool {
    let first = text.first == "-" ? text.dropFirst().first : text.first
    return first?.isNumber == true && text.contains("..")
  }

  private static func range(
    _ text: Substring, isSampled: Bool, isLogarithmic: Bool
  ) throws(Expectation) -> Source {
    let ends = text.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
    guard ends.count == 2 else { throw Expectation("a range such as 1..1000x4") }
    let first = String(ends[0])
    let parts = ends[1].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2 {
      guard !isSampled, !isLogarithmic else {
        throw Expectation(
          isSampled
            ? "no step: a sampled range has as many values as --samples says"
            : "a number of points such as x4: steps are not logarithmic")
      }
      let range = try ValueRange(first, parts[0], step: parts[1], isLogarithmic: false)
      return .values(try range.stepped(limit: limit))
    }
    guard parts.count == 1 else { throw Expectation("one step, found `\(ends[1])`") }
    let (last, count) = try points(parts[0])
    guard let count else {
      guard isSampled else {
        throw Expectation("a step or a number of points behind `\(text)`, such as /1 or x5")
      }
      return .sampledRange(try ValueRange(first, last, isLogarithmic: isLogarithmic))
    }
    guard !isSampled else {
      throw Expectation("no number of points: --samples says how many")
    }
    let range = try ValueRange(first, last, isLogarithmic: isLogarithmic)
    return .values(try range.spread(count, limit: limit))
  }

  /// What stands before `xN`, and N, where it ends like that.
  private static func points(_ text: String) throws(Expectation) -> (String, Int?) {
    guard let cross = text.lastIndex(of: "x") else { return (text, nil) }
    let digits = text[text.index(after: cross)...]
    guard let count = WholeNumber.read(digits).flatMap({ Int(exactly: $0) }) else {
      throw Expectation("a whole number of points behind the x, found `\(digits)`")
    }
    return (String(text[..<cross]), count)
  }

  /// The parts between commas that stand outside brackets, braces and quotes.
  private static func list(_ text: Substring) throws(Expectation) -> [String] {
    var values = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "[" || character == "{" {
        depth += 1
      } else if character == "]" || character == "}" {
        depth -= 1
      }
      if character == ",", depth == 0, quote == nil {
        values.append("")
      } else {
        values[values.count - 1].append(character)
      }
    }
    guard quote == nil, depth == 0 else {
      throw Expectation("quotes, brackets and braces that are closed")
    }
    guard values.allSatisfy({ $0.contains { $0 != " " } }) else {
      throw Expectation(text.isEmpty ? "values" : "a value before and after every comma")
    }
    guard values.count <= limit else {
      throw Expectation("at most \(limit) values, found \(values.count)")
    }
    var seen: Set<String> = []
    for value in values where !seen.insert(value).inserted {
      throw Expectation("every value once, found `\(value)` twice")
    }
    return values
  }

  /// The values in the order of the samples or of the list.
  ///
  /// - Parameters:
  ///   - samples: how many of a sampled variation.
  ///   - seed: of the draws, which depend on nothing else but the path.
  func values(samples: Int, seed: UInt64) -> [String] {
    func stream(_ purpose: String) -> RandomStream {
      RandomStream(seed: seed, component: "sweep.\(path)", purpose: purpose)
    }
    var place = stream("place in the stratum")
    let strata: [String]
    switch source {
    case .values(let values): return values
    case .sampledRange(let range): strata = range.stratified(samples, &place)
    case .sampledList(let list):
      strata = (0..<samples).map { stratum in
        list[Int(Strata.place(stratum, of: samples, size: Int128(list.count), &place))]
      }
    }
    var order = stream("order of the strata")
    return Strata.shuffled(samples, &order).map { strata[$0] }
  }
}

/// Whole numbers as flags write them.
enum WholeNumber {
  /// ASCII digits alone, at most 2^64-1.
  static func read(_ text: some StringProtocol) -> UInt64? {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isPlain && text.utf8.count <= 20 ? UInt64(text) : nil
  }
}
