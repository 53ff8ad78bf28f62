import Measurement
import Text

/// Stories as a picture: at the left the time, then a line for each station with arrows between
/// them, at the right what happens, in words. One picture for all, one below the other; readable on
/// light and dark paper.
struct StorySVG {
  private static let margin = 20
  private static let timeWidth = 112
  private static let lane = 84
  private static let textColumns = 74
  private static let letter = 7
  private static let lineHeight = 17

  private let story: Story
  private let stations: [String]
  private var elements = ""
  private var y: Int
  private let top: Int

  static func render(_ stories: [Story]) -> String {
    var body = ""
    var height = margin
    var width = 0
    for story in stories {
      var drawing = StorySVG(story, at: height)
      drawing.draw()
      body += drawing.elements
      height = drawing.y + margin
      width = max(width, drawing.width)
    }
    let title = stories.map { "\($0.subject) of \($0.run)" }.joined(separator: "; ")
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" "
      + "width=\"\(width)\" height=\"\(height)\" role=\"img\" aria-labelledby=\"story-title\">\n"
      + "<title id=\"story-title\">\(escapedHTML(title))</title>\n<style>\(style)</style>\n"
      + "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" "
      + "markerHeight=\"8\" orient=\"auto-start-reverse\"><path class=\"head\" d=\"M0 0L8 4L0 8Z\" "
      + "/></marker></defs>\n"
      + "<rect class=\"paper\" width=\"\(width)\" height=\"\(height)\" />\n" + body + "</svg>\n"
  }

  private init(_ story: Story, at top: Int) {
    self.story = story
    stations = story.stations
    self.top = top
    y = top
  }

  private var textStart: Int {
    Self.margin + Self.timeWidth + Self.lane * stations.count + 10
  }

  private var width: Int { textStart + Self.textColumns * Self.letter + Self.margin }

  private func center(_ station: Int) -> Int {
    Self.margin + Self.timeWidth + Self.lane * station + Self.lane / 2
  }

  private mutating func draw() {
    y += 18
    text(Self.margin, y, "\(story.subject) of \(story.run)", "title")
    y += 12
    for remark in story.remarks {
      for line in TextTable.broken(visible(remark), width: 110) {
        y += Self.lineHeight
        text(Self.margin, y, line, "quiet")
      }
    }
    y += 26
    drawHeads()
    let lanesStart = y
    let before = elements
    elements = ""
    drawEntries()
    let rows = elements
    elements = before
    for station in stations.indices {
      let x = center(station)
      elements += "<path class=\"lane\" d=\"M\(x) \(lanesStart)L\(x) \(y)\" />\n"
    }
    elements += rows
  }

  /// Names of stations on two lines where they are long; every other one higher, so that neighbours
  /// do not touch.
  private mutating func drawHeads() {
    let lines = stations.map { station -> [String] in
      let all = TextTable.broken(visible(station), width: 11)
      guard all.count > 3 else { return all }
      return Array(all.prefix(2)) + [String(all[2].dropLast()) + "…"]
    }
    let height = (lines.map(\.count).max() ?? 1) * 14
    for (station, lines) in lines.enumerated() {
      for (place, line) in lines.enumerated() {
        let line0 = y + height - 14 * (lines.count - 1 - place)
        text(center(station), line0, line, "station")
      }
    }
    y += height + 8
  }

  private mutating func drawEntries() {
    var day = ""
    for entry in story.entries {
      let today = story.day(entry.time)
      if today != day {
        y += 24
        text(Self.margin, y - 6, "\(today) UTC", "day")
        elements +=
          "<path class=\"rule\" d=\"M\(Self.margin) \(y)L\(width - Self.margin) \(y)\" />\n"
        day = today
      }
      let lines = TextTable.broken(visible(entry.text), width: Self.textColumns)
      y += Self.lineHeight + 5
      let row = y
      text(Self.margin, row, story.clock(entry.time), "time")
      draw(entry, at: row - 4)
      for (place, line) in lines.enumerated() {
        if place > 0 { y += Self.lineHeight }
        text(textStart, row + place * Self.lineHeight, line, entry.state == nil ? "" : "state")
      }
    }
    y += 12
  }

  private mutating func draw(_ entry: StoryEntry, at row: Int) {
    let from = center(stations.firstIndex(of: entry.from)!)
    let to = center(stations.firstIndex(of: entry.to)!)
    let kind = "k-\(entry.kind.rawValue)"
    guard from != to else {
      elements += "<circle class=\"dot \(kind)\" cx=\"\(from)\" cy=\"\(row)\" r=\"4\" />\n"
      return
    }
    elements +=
      "<path class=\"arrow\" marker-end=\"url(#head)\" d=\"M\(from) \(row)L\(to) \(row)\" />\n"
  }

  private mutating func text(_ x: Int, _ y: Int, _ text: String, _ kind: String) {
    let type = kind.isEmpty ? "" : " class=\"\(kind)\""
    elements += "<text\(type) x=\"\(x)\" y=\"\(y)\">\(escapedHTML(text))</text>\n"
  }

  private static let style = """

    :root { color-scheme: light dark; --paper: #ffffff; --line: #cfd5dd; --ink: #1b2330;
      --quiet: #5d6878; --one: #2b6cb0; --two: #b8630f; }
    @media (prefers-color-scheme: dark) { :root { --paper: #12161c; --line: #3a4655;
      --ink: #e6eaf0; --quiet: #9aa6b5; --one: #6cabec; --two: #eda55a; } }
    text { font: 12px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
      fill: var(--ink); }
    .title { font-size: 15px; font-weight: 600; } .day { font-weight: 600; }
    .quiet, .time { fill: var(--quiet); } .state { font-weight: 600; }
    .station { text-anchor: middle; font-size: 11px; font-weight: 600; }
    .paper { fill: var(--paper); } .lane, .rule { stroke: var(--line); fill: none; }
    .arrow { stroke: var(--one); fill: none; stroke-width: 1.5; } .head { fill: var(--one); }
    .dot { fill: var(--one); } .dot.k-state { fill: var(--two); }

    """
}
