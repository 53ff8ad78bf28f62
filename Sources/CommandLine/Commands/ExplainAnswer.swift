import Measurement
import PaymentModel
import Pipeline
import Reporting
import Scenario
import Simulator
import Text

/// Answers a question about a run by making it again.
struct ExplainAnswer {
  private let command: ExplainCommand
  private let manifest: ResultManifest
  let scenario: LoadedScenario
  private let prepared: any PreparedRun
  let names: ScenarioNames

  init(
    _ command: ExplainCommand, _ manifest: ResultManifest, _ scenario: LoadedScenario,
    _ prepared: any PreparedRun
  ) {
    self.command = command
    self.manifest = manifest
    self.scenario = scenario
    self.prepared = prepared
    names = prepared.names
  }

  func stories(_ question: ExplainQuestion) throws(Failure) -> [Story] {
    switch question {
    case .payment(let id): return try payment(id)
    case .request(let id): return try request(id)
    case .batch(let id): return [try batch(id)]
    case .instruction(let number): return [try instruction(number)]
    case .merchant(let name, let time): return [try merchant(name, time)]
    case .slowest(let count, let stage): return try slowest(count, stage)
    }
  }

  // MARK: payments

  private func payment(_ id: String) throws(Failure) -> [Story] {
    if let found = try traceKey(id) {
      if let key = found.key { return try keyed(id, key) }
      guard place(id, "payment") != nil || key(id) != nil || reference(id) != nil else {
        throw unknown("payment", id, found.nearest)
      }
    }
    if let reference = reference(id) { return try referenced(id, reference) }
    if let key = key(id) { return try keyed(id, key) }
    guard let place = place(id, "payment") else {
      let cells = names.cells > 1 ? " (the cells are 0 to \(names.cells - 1))" : ""
      throw Failure(
        .badInput,
        "settlesim: there is no payment \(quoted(id)): expected a name such as "
          + "cell-0/payment-17\(cells), a key, or ACQUIRER/REFERENCE")
    }
    return try payments([place], id)
  }

  /// The stories of payments, in their order.
  private func payments(
    _ places: [StoryPlace], _ id: String, remarks: [String] = []
  ) throws(Failure) -> [Story] {
    var focus = StoryFocus()
    focus.payments = Set(places)
    let watch = try run(focus)
    let stories = watch.stories
    var told: [Story] = []
    for (index, place) in places.enumerated() {
      guard let entries = stories[.payment(place)] else {
        throw unknown("payment", id, near(place, "payment", watch.counts[place.cell]?.payments))
      }
      told.append(
        story(
          name(place, "payment"), entries, remarks.indices.contains(index) ? [remarks[index]] : []))
    }
    return told
  }

  private func keyed(_ id: String, _ key: UInt64) throws(Failure) -> [Story] {
    var focus = StoryFocus()
    focus.keys = [key]
    let stories = try run(focus).stories
    let told = stories.keys.sorted().map { about -> Story in
      if case .payment(let place) = about { return story(name(place, "payment"), stories[about]!) }
      return story("request \(id)", stories[about]!)
    }
    guard !told.isEmpty else { throw unknown("payment or request", id, []) }
    return told
  }

  private func request(_ id: String) throws(Failure) -> [Story] {
    let found = try traceKey(id)
    guard let key = found?.key ?? key(id) else {
      throw unknown("request", id, found?.nearest ?? [])
    }
    return try keyed(id, key).map { whole in
      var story = whole
      story.entries = whole.entries.filter { $0.kind == .request || $0.kind == .state }
      if whole.subject.contains("/payment-") {
        story.remarks = ["The requests of key \(id); --payment \(whole.subject) tells all."]
      }
      return story
    }
  }

  private func referenced(
    _ id: String, _ reference: (acquirer: String, number: UInt32)
  ) throws(Failure) -> [Story] {
    var focus = StoryFocus()
    focus.reference = reference
    let places = try run(focus).referenced
    guard let first = places.first else { throw unknown("payment", id, []) }
    // Each cell is connected to an acquirer that counts its references for itself.
    guard places.count == 1 else {
      throw Failure(
        .badInput,
        "settlesim: \(places.count) payments have the reference \(quoted(id)), one in each cell: "
          + places.map { name($0, "payment") }.joined(separator: ", "))
    }
    return try payments([first], id)
  }

  private func slowest(_ count: Int, _ stage: StoryStage) throws(Failure) -> [Story] {
    var focus = StoryFocus()
    focus.slowest = (count, stage)
    let slowest = try run(focus).slowest
    guard !slowest.isEmpty else {
      throw Failure(.badInput, "settlesim: no payment of the run came through the stage \(stage)")
    }
    return try payments(
      slowest.map(\.place), "",
      remarks: slowest.enumerated().map { place, staged in
        "Number \(place + 1) of the slowest in \(stage.rawValue): "
          + HumanFormat.duration(staged.time) + "."
      })
  }

  // MARK: batches and instructions

  private func batch(_ id: String) throws(Failure) -> Story {
    guard let place = place(id, "batch") else {
      throw Failure(
        .badInput,
        "settlesim: there is no batch \(quoted(id)): expected a name such as cell-0/batch-3")
    }
    var focus = StoryFocus()
    focus.batches = [place]
    let watch = try run(focus)
    guard let entries = watch.stories[.batch(place)] else {
      throw unknown(
        "batch of payments", id, near(place, "batch", watch.counts[place.cell]?.batches))
    }
    return story(name(place, "batch"), entries)
  }

  private func instruction(_ number: Int64) throws(Failure) -> Story {
    var focus = StoryFocus()
    focus.instructions = [number]
    let watch = try run(focus)
    guard let entries = watch.stories[.instruction(number)] else {
      let count = watch.counts[StoryPlace.transfers]?.instructions ?? 0
      throw unknown("instruction", "\(number)", count > 0 ? ["\(min(number, count))"] : [])
    }
    var remarks: [String] = []
    if let origin = watch.origins[number], origin.isPayout, origin.cell >= 0 {
      remarks = [
        "It pays cell-\(origin.cell)/batch-\(origin.reference), a batch or a net position."
      ]
    }
    return story("instruction \(number)", entries, remarks)
  }

  // MARK: a merchant

  private func merchant(_ name: String, _ time: Int64) throws(Failure) -> Story {
    guard let merchant = names.merchant(name) else {
      throw Failure(
        .badInput,
        "settlesim: there is no merchant \(quoted(name))\(hint(name, names.merchants))")
    }
    var focus = StoryFocus()
    focus.merchant = (merchant, time)
    let stories = try run(focus).stories
    let view = MerchantView(name, stories, at: time)
    return story("\(name) at \(clock(time))", view.entries, view.remarks)
  }

  private func clock(_ time: Int64) -> String {
    let story = story("", [])
    return "\(story.day(time)) \(story.clock(time).prefix(8)) UTC"
  }

  // MARK: a pass

  /// Makes the run again with a listener; it must be the run of the manifest.
  private func run(_ focus: StoryFocus) throws(Failure) -> StoryWatch {
    let watch = StoryWatch(focus)
    let execution = command.context.execute(
      prepared.told(to: watch), threads: command.threads, progress: command.style)
    if let signal = execution.signal {
      throw Failure(.signal(signal), "settlesim: stopped by signal \(signal); nothing is told")
    }
    if let memory = execution.memory, !execution.outcome.result.isComplete {
      throw Failure(.badInput, "settlesim: \(memory)")
    }
    let (old, new) = (manifest.identity, execution.outcome.result.identity)
    for (what, was, now) in [
      ("digest", old.digestHex, new.digestHex),
      ("version of settlesim", old.settlesimVersion, new.settlesimVersion),
      ("time-zone database", old.timeZoneDatabaseVersion, new.timeZoneDatabaseVersion),
    ] where was != now {
      throw Failure(
        .replayDiffers,
        "settlesim: \(visible(command.path)): \(what): the result has \(quoted(was)), the run made "
          + "again \(quoted(now)); what it would tell is the story of another run")
    }
    return watch
  }

  private func story(_ subject: String, _ entries: [StoryEntry], _ remarks: [String] = []) -> Story
  {
    Story(
      subject: subject, identity: manifest.identity, epochSecond: names.epochSecond,
      entries: entries, remarks: remarks)
  }
}
