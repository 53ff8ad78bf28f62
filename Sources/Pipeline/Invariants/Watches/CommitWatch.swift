/// When writes are durable, as those see it who make them: a write opens a group that others join
/// while it is gathered, and a group is durable after that. Pure; nanoseconds.
struct CommitWatch {
  /// How long a group takes writes in.
  let gather: Int64
  private var opened: Int64?
  private var last: Int64 = 0

  init(gather: Int64) { self.gather = gather }

  /// A write made at `now` is durable at a time; what is wrong with that, in words; nil: nothing.
  mutating func fault(ofWriteAt now: Int64, durableAt time: Int64) -> String? {
    let began: Int64
    if let opened, now - opened < gather { began = opened } else { began = now }
    opened = began
    defer { last = time }
    guard time < last || time - began < gather else { return nil }
    return "a write at \(now), gathered from \(began) on, is durable at \(time), one before at "
      + "\(last)"
  }
}
