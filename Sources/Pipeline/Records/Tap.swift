import Plants
import VirtualTime

/// Writes down what it hears.
protocol RecordListener: AnyObject {
  /// Takes an event; `time` is the island's, in nanoseconds since the start of the run.
  func hear(_ event: RecordedEvent, at time: Int64)

  /// The files that came of it, when nothing more is to be heard.
  func finish() -> [RecordFile]
}

/// A file of a result, or the part of it that one listener has written.
struct RecordFile: Sendable {
  /// Name within the result directory.
  var name: String
  /// First line of a table, with its line feed; empty for other files.
  var header = ""
  var bytes: [UInt8]
}

/// Where what happens on an island is told once, whoever listens.
///
/// Actors hold it as an optional that is nil where nobody listens, so that nothing is made up to be
/// told then. Confined to its island.
final class Tap: @unchecked Sendable {
  private let island: Island
  private let listeners: [any RecordListener]

  /// Nil without listeners.
  init?(_ island: Island, _ listeners: [any RecordListener]) {
    if listeners.isEmpty { return nil }
    self.island = island
    self.listeners = listeners
  }

  /// Tells all listeners, in order.
  func hear(_ event: RecordedEvent) {
    let time = island.now.nanoseconds
    if planted(Plant.eventUnheard), case .posted(let posting) = event,
      posting.reference % 40 == 7
    {
      return
    }
    for listener in listeners { listener.hear(event, at: time) }
    if planted(Plant.postingHeardTwice), case .posted(let posting) = event,
      posting.reference % 40 == 7
    {
      for listener in listeners { listener.hear(event, at: time) }
    }
  }

  /// Transfers of the ledger that were written down; nil where none are.
  var journalled: Int? { listeners.lazy.compactMap { $0 as? JournalRecords }.first?.transfers }

  /// What the listeners have written.
  func finish() -> [RecordFile] { listeners.flatMap { $0.finish() } }
}

extension [RecordFile] {
  /// Files of one name as one, in order, under one header.
  var joined: [(name: String, bytes: [UInt8])] {
    var places: [String: Int] = [:]
    var files: [(name: String, bytes: [UInt8])] = []
    for file in self {
      if let place = places[file.name] {
        files[place].bytes += file.bytes
      } else {
        places[file.name] = files.count
        files.append((file.name, [UInt8](file.header.utf8) + file.bytes))
      }
    }
    return files
  }
}
