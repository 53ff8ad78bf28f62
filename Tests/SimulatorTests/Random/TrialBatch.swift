import Foundation
import Testing

/// A part of the scenarios, tried in a child process, so that a death costs no more than the part
/// and names its scenario.
///
/// The child writes each step into a file before it takes it, one line of JSON each.
struct TrialBatch: Codable, Sendable {
  /// What the child tells.
  struct Line: Codable {
    enum Kind: String, Codable { case begun, clean, refused, fault }
    var kind: Kind
    /// Which scenario of how many, or the key and value under test.
    var subject: String
    var number: Int
    /// The scenario's text, or what is wrong.
    var text = ""
    var counts: [Int] = []
    var paths: [String] = []
  }

  /// Numbers of the trials.
  var numbers: [Int]
  var seed: UInt64
  var directory: String

  /// A batch with a directory of its own.
  init(numbers: [Int], seed: UInt64) {
    (self.numbers, self.seed) = (numbers, seed)
    let name = "settlesim-trial-\(UUID().uuidString)"
    directory = FileManager.default.temporaryDirectory.appending(path: name).path
    try? FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
  }

  /// In the child: keeps what is not bounded from taking the machine with it.
  func limitProcess() {
    var memory = rlimit(rlim_cur: 12 << 30, rlim_max: 12 << 30)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &memory)
    var core = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
  }

  /// In the child: a trial that takes longer than this is ended by a signal.
  func allow(seconds: UInt32) { alarm(seconds) }

  /// In the child.
  func tell(_ line: Line) {
    guard let file = fopen(path, "a"), let bytes = try? JSONEncoder().encode(line) else { return }
    fputs(String(decoding: bytes, as: UTF8.self) + "\n", file)
    fclose(file)
  }

  private var path: String { directory + "/told" }

  /// In the parent: what children told that took the trials in turn. After a death the next child
  /// goes on with the trial behind, and the one that was begun and not ended is a fault.
  func told(child: @Sendable (TrialBatch) async -> Void) async -> [Line] {
    var lines: [Line] = []
    var batch = self
    while !batch.numbers.isEmpty {
      await child(batch)
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      try? FileManager.default.removeItem(atPath: path)
      let new = text.split(separator: "\n").compactMap {
        try? JSONDecoder().decode(Line.self, from: Data($0.utf8))
      }
      lines += new
      guard let last = new.last, last.kind == .begun else { break }
      lines.append(
        Line(
          kind: .fault, subject: last.subject, number: last.number,
          text: "the process died or was ended\n\(last.text)"))
      batch.numbers = Array(batch.numbers.drop { $0 != last.number }.dropFirst())
    }
    try? FileManager.default.removeItem(atPath: directory)
    return lines
  }

  /// What the children of all batches told; two run at a time.
  static func told(
    by batches: [TrialBatch], child: @escaping @Sendable (TrialBatch) async -> Void
  ) async -> [Line] {
    await withTaskGroup(of: [Line].self) { group in
      var lines: [Line] = []
      for (index, batch) in batches.enumerated() {
        if index >= 2, let told = await group.next() { lines += told }
        group.addTask { await batch.told(child: child) }
      }
      for await told in group { lines += told }
      return lines
    }
  }
}

/// What the environment asks for.
enum TrialSettings {
  private static func number(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
  }
  /// `SETTLESIM_RANDOM_SCENARIOS`: how many random scenarios are tried.
  static var scenarios: Int { Int(number("SETTLESIM_RANDOM_SCENARIOS") ?? 300) }
  /// Whether everything is tried, and not only what fits into a run of the tests.
  static var isWhole: Bool { number("SETTLESIM_RANDOM_SCENARIOS") != nil }
  /// `SETTLESIM_RANDOM_SEED`: decides all of them.
  static var seed: UInt64 { number("SETTLESIM_RANDOM_SEED") ?? 1 }
}
