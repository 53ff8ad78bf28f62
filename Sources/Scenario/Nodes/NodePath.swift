/// The keys that lead from the root of a scenario to a value: `acquirers[1].latency`.
///
/// Paths share their prefixes, so that a file of many nodes stores each key once.
public struct NodePath: Sendable, CustomStringConvertible {
  /// One key of a mapping or one index of a list.
  public enum Step: Sendable, Hashable {
    /// A key of a mapping.
    case key(String)
    /// A position in a list, from 0.
    case index(Int)
  }

  private final class Link: Sendable {
    let parent: Link?
    let step: Step
    init(parent: Link?, step: Step) {
      self.parent = parent
      self.step = step
    }
  }

  private let last: Link?

  /// The path of the root itself.
  public static let root = NodePath(last: nil)

  private init(last: Link?) { self.last = last }

  /// Makes a path from its steps.
  public init(_ steps: [Step]) {
    self = steps.reduce(.root) { $0.appending($1) }
  }

  /// The path of a child.
  public func appending(_ step: Step) -> NodePath {
    NodePath(last: Link(parent: last, step: step))
  }

  /// The steps from the root.
  public var steps: [Step] {
    var result: [Step] = []
    var link = last
    while let current = link {
      result.append(current.step)
      link = current.parent
    }
    return result.reversed()
  }

  /// Keys joined by points, indices in brackets; empty for the root.
  public var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }
}
