import Measurement
import Text

/// Stories for programs.
enum StoryJSON {
  static func render(_ stories: [Story]) -> String {
    let json: CanonicalJSON = ["stories": .array(stories.map(story))]
    return json.encoded()
  }

  private static func story(_ story: Story) -> CanonicalJSON {
    [
      "subject": .string(story.subject),
      "scenario": .string(story.identity.scenarioName),
      "seed": .int(story.identity.seed),
      "digest": .string(story.identity.digestHex),
      "start": .string("\(story.day(0))T\(story.clock(0))Z"),
      "remarks": .array(story.remarks.map { .string($0) }),
      "state": story.state.map { .string($0) } ?? .null,
      "entries": .array(story.entries.map { entry($0, story) }),
    ]
  }

  private static func entry(_ entry: StoryEntry, _ story: Story) -> CanonicalJSON {
    var named: [String: CanonicalJSON] = [:]
    for fact in entry.facts { named[fact.name] = .string(fact.value) }
    return [
      "time_ns": .int(entry.time),
      "at": .string("\(story.day(entry.time))T\(story.clock(entry.time))Z"),
      "from": .string(entry.from), "to": .string(entry.to),
      "kind": .string(entry.kind.rawValue), "text": .string(entry.text),
      "facts": .object(named),
      "state": entry.state.map { .string($0) } ?? .null,
      "posting": entry.posting.map(posting) ?? .null,
    ]
  }

  private static func posting(_ posting: StoryEntry.Posting) -> CanonicalJSON {
    [
      "kind": .string(posting.kind), "debit": .string(posting.debit),
      "credit": .string(posting.credit), "currency": .string(posting.currency),
      "amount_minor": .int(posting.amount), "shared": .boolean(posting.isShared),
    ]
  }
}
