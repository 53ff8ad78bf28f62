import Text

/// Checks as a JUnit report, which CI services show test by test.
///
/// The elements and attributes that all readers share, as in the schema of the Jenkins xUnit plugin
/// (`jenkins-junit.xsd`): `testsuites`, `testsuite` with its counts, `testcase`, `failure`,
/// `skipped`, `system-out`. Times are virtual and there is no host: the same checks give the same
/// bytes.
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
    /// Value, limit and time, a line each, whatever the outcome; may be empty.
    public var facts: String
    /// Virtual time that it stands for (ns); nil for none.
    public var nanoseconds: Int64?
    /// The file it is about, for services that mark files; nil for none.
    public var file: String?

    /// The check `name` of the group `className`.
    public init(
      _ name: String, className: String, _ outcome: Outcome, facts: String = "",
      nanoseconds: Int64? = nil, file: String? = nil
    ) {
      self.name = name
      self.className = className
      self.outcome = outcome
      self.facts = facts
      self.nanoseconds = nanoseconds
      self.file = file
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
    var attributes = [("name", check.name), ("classname", check.className)]
    if let time = check.nanoseconds {
      attributes.append(("time", fixedPoint(Int128(time), decimals: 9)))
    }
    var inner: [String] = []
    switch check.outcome {
    case .passed: break
    case .skipped(let reason):
      inner.append("      " + tag("skipped", [("message", reason)], isEmpty: true))
    case .failed(let message, let details):
      let opening = tag("failure", [("message", message), ("type", "failure")])
      inner.append("      " + opening + escaped(details, isAttribute: false) + "</failure>")
    }
    if !check.facts.isEmpty {
      let facts = escaped(check.facts, isAttribute: false)
      inner.append("      <system-out>" + facts + "</system-out>")
    }
    guard !inner.isEmpty else { return ["    " + tag("testcase", attributes, isEmpty: true)] }
    return ["    " + tag("testcase", attributes)] + inner + ["    </testcase>"]
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
