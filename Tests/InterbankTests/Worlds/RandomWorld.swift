import Declared
import Interbank
import Scenario

/// A small random system, in a random mode with random parameters, and some days of its life:
/// amounts and balances are small, so that everything that can be short is short often.
struct RandomWorld: CustomStringConvertible {
  enum Step {
    case submit(InterbankPayment)
    case advance
    case cancel(Int64, payer: Int)
    case adjust(Int, Int64)
    case reprioritise(Int64, payer: Int, PaymentPriority)
    case resubmit(Int64, payer: Int)
    case change(Int, TermsChange)
    case batch([InterbankPayment])
  }
  var seed: Int
  var mode: String
  var parameters: [String: ParameterValue] = [:]
  var terms: [ParticipantTerms] = []
  /// Per day: its start, its steps with their times, its close. Steps before the start are made
  /// while the system is closed.
  var days: [(start: Int64, steps: [(at: Int64, Step)], close: Int64)] = []

  var description: String {
    let chosen = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return "seed \(seed): \(mode) \(chosen.joined(separator: " "))"
  }

  /// Whether a mechanism that may be run has this name.
  func mayRun(_ mechanism: String) -> Bool {
    switch parameters["liquidity_saving"] {
    case .choice(let word)?: word == mechanism
    case .members(let entries)?: entries.contains { $0.name == mechanism }
    default: false
    }
  }

  /// Rules by which payments become more urgent.
  var rises: [PriorityRise] = []

  /// - Parameter manages: whether queues and terms are managed meanwhile.
  init(
    seed: Int, mode: String? = nil, extras: Bool = true, manages: Bool = false
  ) throws {
    var random = NettingWorld.Numbers(seed: seed)
    let names = SettlementModeRegistry.names
    self.seed = seed
    self.mode = mode ?? names[random.pick(0...names.count - 1)]
    let type = SettlementModeRegistry.type(named: self.mode)!
    for parameter in type.parameters {
      parameters[parameter.name] = RandomWorld.value(of: parameter, &random)
    }
    if case .members? = parameters["liquidity_saving"], self.mode == "rtgs" {
      // The entries of a list have their own.
      parameters["interval"] = nil
      parameters["offset_limit"] = nil
    }
    if parameters["at_cap"] == .choice("reject") { parameters["at_close"] = .choice("carry_over") }
    let count = random.pick(2...5)
    for _ in 0..<count { terms.append(RandomWorld.terms(&random, extras: extras)) }
    var id: Int64 = 0
    for day in 0..<random.pick(1...2) {
      let start = Int64(day) * 300 * second  // longer than a day can be
      var now = start - Int64(random.pick(0...3)) * second
      if day == 0 { now = start }
      var steps: [(Int64, Step)] = []
      for _ in 0..<random.pick(0...25) {
        if random.pick(0...2) > 0 { now += Int64(random.pick(0...8)) * second }
        if manages, random.pick(0...3) == 0 {
          steps.append((now, RandomWorld.management(&random, id, count)))
        }
        steps.append((now, RandomWorld.step(&random, &id, count, now, start, extras: extras)))
      }
      let close = max(now, start) + Int64(random.pick(0...30)) * second
      days.append((start, steps, close))
    }
    guard manages else { return }
    rises = (0..<random.pick(0...2)).map { _ in
      PriorityRise(
        within: Int64(random.pick(0...30)) * second,
        priority: random.pick(0...1) == 0 ? .urgent : .high)
    }
  }

  /// Something that is done to payments that have been handed in, or to terms.
  private static func management(
    _ random: inout NettingWorld.Numbers, _ last: Int64, _ count: Int
  ) -> Step {
    let id = Int64(random.pick(1...max(1, Int(last))))
    let participant = random.pick(0...count - 1)
    let amount = Int64(random.pick(0...20))
    switch random.pick(0...6) {
    case 0, 1:
      let priority = PaymentPriority(rawValue: UInt8(random.pick(0...2)))!
      return .reprioritise(id, payer: participant, priority)
    case 2: return .resubmit(id, payer: participant)
    case 3: return .change(participant, .netDebitCap(random.pick(0...3) == 0 ? nil : amount))
    case 4: return .change(participant, .bilateralLimit(amount, to: nil))
    case 5:
      let other = (participant + random.pick(1...count - 1)) % count
      return .change(participant, .bilateralLimit(amount, to: other))
    default: return .change(participant, .collateral(amount))
    }
  }

  @discardableResult
  func run(
    afterEachStep look: (inout SettlementDriver) -> Void = { _ in },
    prepare: (inout SettlementDriver) -> Void = { _ in }
  ) throws -> SettlementDriver {
    let mode = try SettlementModeRegistry.make(mode, parameters: parameters)
    var driver = SettlementDriver(mode, terms, rises: rises)
    prepare(&driver)
    for day in days {
      for (at, step) in day.steps where at < day.start { make(step, at: at, &driver) }
      driver.startDay(at: day.start)
      for (at, step) in day.steps where at >= day.start {
        make(step, at: at, &driver)
        look(&driver)
      }
      driver.endDay(at: day.close)
    }
    return driver
  }

  private func make(_ step: Step, at time: Int64, _ driver: inout SettlementDriver) {
    switch step {
    case .submit(let payment): driver.submit(payment, at: time)
    case .advance: driver.advance(to: time)
    case .cancel(let id, let payer): driver.cancel(id, payer: payer, at: time)
    case .adjust(let participant, let amount): _ = driver.adjust(participant, by: amount, at: time)
    case .reprioritise(let id, let payer, let priority):
      driver.reprioritise(id, payer: payer, to: priority, at: time)
    case .resubmit(let id, let payer): driver.resubmit(id, payer: payer, at: time)
    case .change(let participant, let change): driver.change(participant, change, at: time)
    case .batch(let payments): _ = driver.settleTogether(payments, at: time)
    }
    driver.check.compare(driver.system)
  }

  private static func step(
    _ random: inout NettingWorld.Numbers, _ id: inout Int64, _ count: Int, _ now: Int64,
    _ start: Int64, extras: Bool
  ) -> Step {
    func payment() -> InterbankPayment {
      id += 1
      let payer = random.pick(0...count - 1)
      let deadline = random.pick(0...2) == 0 ? now + Int64(random.pick(0...40)) * second : nil
      return InterbankPayment(
        id: id, payer: payer, payee: (payer + random.pick(1...count - 1)) % count,
        amount: Int64(random.pick(1...[3, 12, 40][random.pick(0...2)])),
        priority: PaymentPriority(rawValue: UInt8([0, 1, 2, 2, 2][random.pick(0...4)]))!,
        submitted: now, deadline: deadline, forCorrespondent: random.pick(0...4) == 0)
    }
    let kind = extras ? random.pick(0...19) : 0
    switch kind {
    case 0...15: return .submit(payment())
    case 16: return .advance
    case 17:
      return .cancel(Int64(random.pick(1...max(1, Int(id)))), payer: random.pick(0...count - 1))
    case 18: return .adjust(random.pick(0...count - 1), Int64(random.pick(-20...20)))
    default: return now < start ? .advance : .batch((0..<random.pick(1...4)).map { _ in payment() })
    }
  }

  private static func terms(
    _ random: inout NettingWorld.Numbers, extras: Bool
  ) -> ParticipantTerms {
    func maybe(_ range: ClosedRange<Int>) -> Int64 {
      random.pick(0...2) == 0 ? Int64(random.pick(range)) : 0
    }
    var terms = ParticipantTerms(
      openingBalance: Int64(random.pick(0...30)), creditCap: maybe(0...15),
      collateral: maybe(0...30), haircut: Int64(random.pick(0...3)) * 100_001,
      reservedForUrgent: maybe(0...12))
    if random.pick(0...2) == 0 { terms.netDebitCap = Int64(random.pick(0...30)) }
    if random.pick(0...3) == 0 { terms.bilateralLimit = Int64(random.pick(0...20)) }
    if random.pick(0...3) == 0 { terms.bilateralLimits[random.pick(0...3)] = maybe(0...25) }
    guard extras else { return terms }
    switch random.pick(0...7) {
    case 0: terms.releaseRule = .urgency(lead: Int64(random.pick(0...20)) * second)
    case 1: terms.releaseRule = .position(share: Int64(random.pick(0...3)) * 500_000)
    case 2: terms.releaseRule = .time(opening: Int64(random.pick(0...60)) * second)
    default: break
    }
    return terms
  }

  private static func value(
    of parameter: ParameterDeclaration, _ random: inout NettingWorld.Numbers
  ) -> ParameterValue {
    switch parameter.kind {
    case .choice(let words): return .choice(words[random.pick(0...words.count - 1)])
    case .duration(let range):
      return .duration(max(range.lowerBound, .seconds(random.pick(0...30))))
    case .integer(let range):
      return .integer(max(range.lowerBound, random.pick(0...12)))
    case .decimal, .times, .timeZone: return parameter.defaultValue!
    case .members(let list):
      if random.pick(0...1) == 0 {
        return .choice(list.words[random.pick(0...list.words.count - 1)])
      }
      return .members(
        (0..<random.pick(1...3)).map { _ in
          let member = list.members[random.pick(0...list.members.count - 1)]
          var choice = MemberChoice(member.name)
          for parameter in member.parameters {
            choice.parameters[parameter.name] = value(of: parameter, &random)
          }
          return choice
        })
    }
  }
}
