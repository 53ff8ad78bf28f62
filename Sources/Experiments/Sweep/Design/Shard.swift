/// One of several equal shares of a sweep's points: shard I of N has the points whose numbers leave
/// the remainder I - 1 when they, less one, are divided by N.
///
/// Points that lie near each other, and so take about as long, thus go to different shards.
public struct Shard: Equatable, Sendable {
  /// From 1 to `count`.
  public let index: Int
  /// How many shards there are.
  public let count: Int

  /// The only shard, which has all points.
  public static let whole = Shard(uncheckedIndex: 1, count: 1)

  private init(uncheckedIndex index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// Shard `index` of `count`; nil where there is no such shard.
  public init?(index: Int, of count: Int) {
    guard (1...Variation.limit).contains(count), (1...count).contains(index) else { return nil }
    self.init(uncheckedIndex: index, count: count)
  }

  /// `3-of-8`: the name of its file, and how it is told.
  public var name: String { "\(index)-of-\(count)" }

  /// The numbers of its points, of `pointCount` in all, ascending.
  public func points(of pointCount: Int) -> [Int] {
    Array(stride(from: index, through: pointCount, by: count))
  }
}

/// Which shard a process is, by its flag or by what starts it.
///
/// 1. A flag or variable that says `I/N` decides.
/// 2. Else a task of a Slurm job array has the place of its id among those of the array: the
///    smallest id is shard 1, whether the array counts from 0 or from 1, and the number of tasks is
///    N.
/// 3. Else a pod of a Kubernetes Indexed Job with index K, from 0, is shard K + 1; N must be said,
///    by `/N` or by `SETTLESIM_SHARDS`, since Kubernetes does not tell.
/// 4. Else the process has the whole sweep.
///
/// Where N is said and the job array has another number of tasks, neither is believed.
public struct ShardChoice: Equatable, Sendable {
  /// The shard.
  public let shard: Shard
  /// What decided, in words; empty for the whole sweep.
  public let origin: String

  /// The variable that says how many shards there are.
  public static let countVariable = "SETTLESIM_SHARDS"

  /// - Parameters:
  ///   - given: what the flag or its variable says, `I/N` or `/N`; nil without either.
  ///   - name: of the flag or variable, for messages.
  ///   - environment: the variables of the process.
  public init(
    given: String?, name: String = "--shard", environment: [String: String]
  ) throws(SweepError) {
    func variable(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    var count: Int?
    if let given {
      let (index, total) = try Self.read(given, name)
      if let index {
        guard let shard = Shard(index: index, of: total) else {
          throw SweepError(
            .usage, "\(name): expected I/N with I from 1 to N, found `\(given)`")
        }
        self.init(shard: shard, origin: "\(name) \(given)")
        return
      }
      count = total
    } else if let text = variable(Self.countVariable) {
      count = try Self.total(text, Self.countVariable, text)
    }
    if let id = variable("SLURM_ARRAY_TASK_ID") {
      self = try Self.slurm(id, count, variable)
    } else if let index = variable("JOB_COMPLETION_INDEX") {
      self = try Self.kubernetes(index, count)
    } else if let count, count > 1 || given != nil {
      throw SweepError(
        .usage,
        "there are \(count) shards, but neither --shard I/N nor SLURM_ARRAY_TASK_ID nor "
          + "JOB_COMPLETION_INDEX says which one this is")
    } else {
      self.init(shard: .whole, origin: "")
    }
  }

  private init(shard: Shard, origin: String) {
    self.shard = shard
    self.origin = origin
  }

  /// `I/N` or `/N`.
  private static func read(_ text: String, _ name: String) throws(SweepError) -> (Int?, Int) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw SweepError(.usage, "\(name): expected I/N, such as 3/8, found `\(text)`")
    }
    let count = try total(parts[1], name, text)
    if parts[0].isEmpty { return (nil, count) }
    guard let index = WholeNumber.read(parts[0]).flatMap({ Int(exactly: $0) }) else {
      throw SweepError(.usage, "\(name): expected I/N, such as 3/8, found `\(text)`")
    }
    return (index, count)
  }

  private static func total(
    _ digits: some StringProtocol, _ name: String, _ text: String
  ) throws(SweepError) -> Int {
    guard let count = WholeNumber.read(digits).flatMap({ Int(exactly: $0) }),
      (1...Variation.limit).contains(count)
    else {
      throw SweepError(
        .usage, "\(name): expected 1 to \(Variation.limit) shards, found `\(text)`")
    }
    return count
  }

  private static func number(
    _ name: String, _ text: String
  ) throws(SweepError) -> Int {
    guard let value = WholeNumber.read(text).flatMap({ Int(exactly: $0) }), value < 1 << 40 else {
      throw SweepError(.usage, "\(name): expected a whole number, found `\(text)`")
    }
    return value
  }

  private static func slurm(
    _ text: String, _ count: Int?, _ variable: (String) -> String?
  ) throws(SweepError) -> ShardChoice {
    func array(_ part: String) throws(SweepError) -> Int? {
      let name = "SLURM_ARRAY_TASK_" + part
      guard let text = variable(name) else { return nil }
      return try number(name, text)
    }
    let id = try number("SLURM_ARRAY_TASK_ID", text)
    let instead = "; give --shard I/N instead"
    guard let first = try array("MIN"), let last = try array("MAX") else {
      throw SweepError(
        .usage,
        "SLURM_ARRAY_TASK_ID is set, but not SLURM_ARRAY_TASK_MIN and _MAX" + instead)
    }
    let step = max(1, try array("STEP") ?? 1)
    let tasks = try array("COUNT") ?? (last - first) / step + 1
    guard first <= id, id <= last, (id - first) % step == 0, (last - first) / step + 1 == tasks
    else {
      throw SweepError(
        .usage,
        "SLURM_ARRAY_TASK_ID \(id) of \(tasks) tasks from \(first) to \(last): expected an array "
          + "without gaps, such as --array=1-8" + instead)
    }
    guard count == nil || count == tasks else {
      throw SweepError(
        .usage, "there are \(count!) shards, but the job array has \(tasks) tasks" + instead)
    }
    guard let shard = Shard(index: (id - first) / step + 1, of: tasks) else {
      throw SweepError(.usage, "a sweep has at most \(Variation.limit) shards, found \(tasks)")
    }
    return ShardChoice(shard: shard, origin: "SLURM_ARRAY_TASK_ID \(id)")
  }

  private static func kubernetes(_ text: String, _ count: Int?) throws(SweepError) -> ShardChoice {
    let index = try number("JOB_COMPLETION_INDEX", text)
    guard let count else {
      throw SweepError(
        .usage,
        "JOB_COMPLETION_INDEX is set, but nothing says of how many: set \(countVariable), or give "
          + "--shard /N")
    }
    guard let shard = Shard(index: index + 1, of: count) else {
      throw SweepError(
        .usage, "JOB_COMPLETION_INDEX: expected 0 to \(count - 1), found `\(index)`")
    }
    return ShardChoice(shard: shard, origin: "JOB_COMPLETION_INDEX \(index)")
  }
}
