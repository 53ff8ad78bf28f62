import Text

/// A line by which a step of GitHub Actions marks what it found: `::error file=F,title=T::text`.
public struct Annotation: Sendable, Equatable {
  /// How much it matters.
  public enum Level: String, Sendable {
    /// Something that ought not to be.
    case error
    /// Something to look at.
    case warning
    /// Something to know.
    case notice
  }

  /// How much it matters.
  public var level: Level
  /// The file it is about, relative to the root of the repository; nil for none.
  public var file: String?
  /// A few words.
  public var title: String
  /// The text, of one line or several.
  public var text: String

  /// A line of the level about `file`.
  public init(_ level: Level, file: String? = nil, title: String, _ text: String) {
    self.level = level
    self.file = file
    self.title = title
    self.text = text
  }

  /// The workflow command, with its line feed.
  public var line: String {
    let properties = [("file", file), ("title", title)].compactMap { name, value in
      value.map { "\(name)=\(Self.escaped($0, isProperty: true))" }
    }
    return "::\(level.rawValue) \(properties.joined(separator: ","))::"
      + Self.escaped(text, isProperty: false) + "\n"
  }

  /// `text` as the workflow commands of GitHub Actions want it.
  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      case _ where scalar.isInvisible: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension JUnitDocument {
  /// An error for each check that did not hold.
  public var annotations: [Annotation] {
    suites.flatMap(\.cases).compactMap { check in
      guard case .failed(let message, let details) = check.outcome else { return nil }
      let text = details.isEmpty || details.hasPrefix(message) ? details : message + "\n" + details
      return Annotation(
        .error, file: check.file, title: "\(name): \(check.name)", text.isEmpty ? message : text)
    }
  }
}
