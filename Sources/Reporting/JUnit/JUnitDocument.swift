/// Checks as a JUnit report, which CI services show test by test.
///
/// The elements and attributes that all readers share, as in the schema of the Jenkins xUnit plugin
/// (`jenkins-junit.xsd`): `testsuites`, `testsuite` with its counts, `testcase`, `failure`,
/// `skipped`. No times and no host: the same checks give the same bytes.
public struct JUnitDocument: Sendable, Equatable {
  /// One check.
  public struct Case: Sendable, Equatable {
    /// How it went.
    public enum Outcome: Sendable, Equatable {
      /// It held.
      case passed
      /// It did not hold: one line with the numbers, and as much more as there is to say.
      case failed(message: String, details: String)
      /// There was nothing to check, and why.
      case skipped(String)
    }

    /// What is checked.
    public var name: String
    /// The group it belongs to, dotted, as CI services fold it.
    public var className: String
    /// How it went.
    public var outcome: Outcome

    /// The check `name` of the group `className`.
    public init(_ name: String, className: String, _ outcome: Outcome) {
      self.name = name
      self.className = className
      self.outcome = outcome
    }
  }

  /// Checks that belong together.
  public struct Suite: Sendable, Equatable {
    /// The suite's name.
    public var name: String
    /// Its checks, in order.
    public var cases: [Case]

    /// The suite `name`.
    public init(_ name: String, _ cases: [Case]) {
      self.name = name
      self.cases = cases
    }

    fileprivate var failures: Int {
      cases.count { if case .failed = $0.outcome { true } else { false } }
    }

    fileprivate var skipped: Int {
      cases.count { if case .skipped = $0.outcome { true } else { false } }
    }
  }

  /// What was checked as a whole.
  public var name: String
  /// The suites, in order.
  public var suites: [Suite]

  /// A report called `name`.
  public init(_ name: String, _ suites: [Suite]) {
    self.name = name
    self.suites = suites
  }

  /// The report as XML 1.0 in UTF-8.
  public var text: String {
    let tests = suites.reduce(0) { $0 + $1.cases.count }
    let failures = suites.reduce(0) { $0 + $1.failures }
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      Self.tag(
        "testsuites",
        [("name", name), ("tests", "\(tests)"), ("failures", "\(failures)"), ("errors", "0")]),
    ]
    for suite in suites {
      lines.append(
        "  "
          + Self.tag(
            "testsuite",
            [
              ("name", suite.name), ("tests", "\(suite.cases.count)"),
              ("failures", "\(suite.failures)"), ("errors", "0"), ("skipped", "\(suite.skipped)"),
            ]))
      for check in suite.cases { lines += Self.lines(check) }
      lines.append("  </testsuite>")
    }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ check: Case) -> [String] {
    let attributes = [("name", check.name), ("classname", check.className)]
    switch check.outcome {
    case .passed: return ["    " + tag("testcase", attributes, isEmpty: true)]
    case .skipped(let reason):
      return [
        "    " + tag("testcase", attributes),
        "      " + tag("skipped", [("message", reason)], isEmpty: true),
        "    </testcase>",
      ]
    case .failed(let message, let details):
      let opening = tag("failure", [("message", message), ("type", "failure")])
      return [
        "    " + tag("testcase", attributes),
        "      " + opening + escaped(details, isAttribute: false) + "</failure>",
        "    </testcase>",
      ]
    }
  }

  private static func tag(
    _ name: String, _ attributes: [(String, String)], isEmpty: Bool = false
  ) -> String {
    let words = attributes.map { " \($0)=\"\(escaped($1, isAttribute: true))\"" }
    return "<\(name)\(words.joined())\(isEmpty ? "/" : "")>"
  }

  /// `text` with what XML would interpret made harmless, and without what XML 1.0 has no way to
  /// write.
  private static func escaped(_ text: String, isAttribute: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += isAttribute ? " " : "\n"
      case _ where scalar.isInvisible || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
