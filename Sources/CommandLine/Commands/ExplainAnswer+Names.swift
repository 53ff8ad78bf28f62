import Pipeline
import Reporting
import Simulator
import Text

/// What people call what a story is about.
extension ExplainAnswer {
  func name(_ place: StoryPlace, _ kind: String) -> String {
    "\(place.scope)/\(kind)-\(place.number)"
  }

  /// `cell-0/payment-17`, `transfers/payment-3`, or the number alone where there is one cell.
  func place(_ id: String, _ kind: String) -> StoryPlace? {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 1, names.cells == 1, let number = number(parts[0]) {
      return StoryPlace(cell: 0, number: number)
    }
    guard parts.count == 2, parts[1].hasPrefix(kind + "-"),
      let number = number(String(parts[1].dropFirst(kind.count + 1)))
    else { return nil }
    if parts[0] == "transfers" { return StoryPlace(cell: StoryPlace.transfers, number: number) }
    guard parts[0].hasPrefix("cell-"), let cell = UInt16(parts[0].dropFirst(5)),
      cell < names.cells
    else { return nil }
    return StoryPlace(cell: Int(cell), number: number)
  }

  private func number(_ text: String) -> UInt32? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt32(text),
      number > 0
    else { return nil }
    return number
  }

  /// A key as results write it.
  func key(_ id: String) -> UInt64? {
    id.utf8.count == 16 && id.allSatisfy(\.isHexDigit) ? UInt64(id, radix: 16) : nil
  }

  /// `northbank/5`.
  func reference(_ id: String) -> (acquirer: String, number: UInt32)? {
    guard let slash = id.lastIndex(of: "/"),
      names.acquirers.contains(String(id[..<slash])),
      let number = number(String(id[id.index(after: slash)...]))
    else { return nil }
    return (String(id[..<slash]), number)
  }

  /// The key of a trace's id; nil where the scenario replays no trace.
  func traceKey(_ id: String) throws(Failure) -> (key: UInt64?, nearest: [String])? {
    do throws(RunError) { return try TraceKeys.find(id, in: scenario) } catch {
      throw Failure(
        .replayDiffers, error.description.split(separator: "\n").map(String.init))
    }
  }

  func unknown(_ what: String, _ id: String, _ near: [String]) -> Failure {
    let nearest =
      near.isEmpty ? "" : "; the nearest: " + near.map { visible($0) }.joined(separator: ", ")
    return Failure(.badInput, "settlesim: the run has no \(what) \(quoted(id))\(nearest)")
  }

  /// The names next to one that there is not, of numbers up to `count`.
  func near(_ place: StoryPlace, _ kind: String, _ count: UInt32?) -> [String] {
    guard let count, count > 0 else { return [] }
    let near = min(place.number, count)
    let numbers = near < count ? [near - min(1, near - 1), near + 1] : [count]
    return numbers.map { name(StoryPlace(cell: place.cell, number: $0), kind) }
  }
}
