import Measurement
import Text

/// A story for a reader: 80 columns, a heading for each day, a sentence for each entry.
enum StoryText {
  private static let columns = 80
  private static let longestStation = 17

  static func render(_ story: Story) -> String {
    var text = flow("\(visible(story.subject)) of \(visible(story.run))", indent: 0)
    for remark in story.remarks { text += flow(visible(remark), indent: 0) }
    let width = min(
      longestStation, story.entries.map { TextTable.width(visible($0.from)) }.max() ?? 0)
    // Two places, the time, two, the station, two.
    let indent = 2 + 15 + 2 + width + 2
    var day = ""
    for entry in story.entries {
      let today = story.day(entry.time)
      if today != day {
        text += "\n\(today) UTC\n"
        day = today
      }
      let station = clipped(visible(entry.from), width)
      let label = "  \(story.clock(entry.time))  \(station)  "
      let lines = TextTable.broken(visible(entry.text), width: columns - indent)
      let margin = String(repeating: " ", count: indent)
      text += label + lines.joined(separator: "\n" + margin) + "\n"
    }
    text += "\n" + flow(ending(of: story), indent: 0)
    return text
  }

  private static func ending(of story: Story) -> String {
    let count = story.entries.count == 1 ? "1 entry" : "\(story.entries.count) entries"
    let digest = "the run's digest is \(story.identity.digestHex)"
    guard let state = story.state else { return "\(count); \(digest)" }
    // A payment's own states end with its batch; what became of the money is the batch's.
    let fate = story.isBatchSettled ? ", its batch settled" : ", its batch unsettled"
    let batch = state == "batched" ? fate : ""
    return "\(count); the last state is \(state)\(batch); \(digest)"
  }

  private static func flow(_ text: String, indent: Int) -> String {
    TextTable.broken(text, width: columns - indent).joined(separator: "\n") + "\n"
  }

  /// The text in just so many places.
  private static func clipped(_ text: String, _ width: Int) -> String {
    var shown = text
    if TextTable.width(shown) > width {
      while TextTable.width(shown) > width - 1 { shown.removeLast() }
      shown += "…"
    }
    return shown + String(repeating: " ", count: width - TextTable.width(shown))
  }
}
