import Measurement
import Text

/// A story as a sequence diagram in Mermaid's language.
enum StoryMermaid {
  private static let columns = 44

  static func render(_ story: Story) -> String {
    let stations = story.stations
    var text = "sequenceDiagram\n"
    text += "  title \(escaped("\(story.subject) of \(story.run)"))\n"
    for (place, station) in stations.enumerated() {
      text += "  participant p\(place) as \(escaped(station))\n"
    }
    let last = max(0, stations.count - 1)
    var day = ""
    for entry in story.entries {
      let today = story.day(entry.time)
      if today != day {
        text += "  Note over p0\(last > 0 ? ",p\(last)" : ""): \(today) UTC\n"
        day = today
      }
      let from = stations.firstIndex(of: entry.from)!
      let to = stations.firstIndex(of: entry.to)!
      let lines = TextTable.broken(visible(entry.text), width: columns).map(escaped)
      let message = "\(story.clock(entry.time))<br/>\(lines.joined(separator: "<br/>"))"
      text +=
        from == to
        ? "  Note over p\(from): \(message)\n" : "  p\(from)->>p\(to): \(message)\n"
    }
    return text
  }

  /// What Mermaid would take for its own is written by its number.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in visible(text) {
      switch character {
      case "#": result += "#35;"
      case ";": result += "#59;"
      case "<": result += "#lt;"
      case ">": result += "#gt;"
      case "%": result += "#37;"
      default: result.append(character)
      }
    }
    return result
  }
}
