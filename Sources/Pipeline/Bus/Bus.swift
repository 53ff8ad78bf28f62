import PaymentModel
import Plants
import Scenario
import VirtualTime

/// The partitioned log between gateway and workers, for the partitions of one cell.
///
/// A record goes to a worker as soon as the order that the scenario asks for allows it; its offset
/// is committed when its effect is durable and all before it are done.
actor Bus: IslandActor {
  nonisolated let island: Island
  /// Records that workers may take.
  nonisolated let ready: WorkQueue<BusRecord>
  private let shared: CellShared
  private let settings: BusSettings
  private var partitions: [Partition] = []
  /// All records appended, and how many were completed, by partition.
  private(set) var appended: [BusSum] = []
  private var completed: [Int] = []
  /// Partition of each merchant, as a position among those of this cell.
  private var positions: [Int32] = []
  /// Whether a record of the merchant is being worked on, and those that wait for it.
  private var busy: [Bool]
  /// Since when the lag of each partition is what it is (ns).
  private var lagSince: [Int64]
  private var waiting: [CellMerchant: Backlog<BusRecord>] = [:]
  private let limit: Int

  init(shared: CellShared) {
    island = shared.island
    self.shared = shared
    settings = shared.settings.bus
    ready = WorkQueue(shared.island)
    var known: [Int: Int32] = [:]
    for merchant in shared.plan.merchants {
      if known[merchant.partition] == nil {
        known[merchant.partition] = Int32(partitions.count)
        partitions.append(Partition())
      }
      positions.append(known[merchant.partition]!)
    }
    appended = Array(repeating: BusSum(), count: partitions.count)
    completed = Array(repeating: 0, count: partitions.count)
    lagSince = Array(repeating: 0, count: partitions.count)
    let numbers = known.sorted { $0.value < $1.value }.map(\.key)  // ordered: by position
    shared.measurements.arrivalSeries.follow(partitions: numbers, of: settings.partitions)
    busy = Array(repeating: false, count: shared.plan.merchants.count)
    limit = settings.ordering == .partition ? 1 : settings.inFlightPerPartition
  }

  /// Whether the merchant's partition takes another record: the bus pushes back when lag is too
  /// high.
  func hasRoom(merchant: CellMerchant) -> Bool {
    partitions[Int(positions[Int(merchant)])].lag < settings.maximumLag
      || planted(Plant.lagUnheeded)
  }

  /// Whether the merchant's partition is as far behind as it may, by what was appended to it.
  func isFull(merchant: CellMerchant) -> Bool {
    let position = Int(positions[Int(merchant)])
    return appended[position].count - partitions[position].committed >= settings.maximumLag
  }

  /// Appends a payment: from now on it is durable and will be worked on.
  func append(_ payment: PaymentID, sent: Int64) {
    island.note("bus, payment", Int(payment))
    if planted(Plant.recordSkipped), payment.rawValue % 97 == 3 { return }
    let merchant = shared.store[payment].merchant
    let position = positions[Int(merchant)]
    holdLag(of: Int(position))
    let offset = partitions[Int(position)].append()
    shared.store[payment].steps.insert(.published)
    noteLag(partitions[Int(position)].lag, of: Int(position))
    let record = BusRecord(
      payment: payment, merchant: merchant, partition: position, offset: offset, sent: sent,
      published: island.now.nanoseconds)
    appended[Int(position)].add(record)
    schedule(record)
  }

  /// A worker has made the record's effect durable.
  func complete(_ record: BusRecord) {
    island.note("bus, done payment", Int(record.payment))
    let position = Int(record.partition)
    let committed = partitions[position].committed
    completed[position] += 1
    holdLag(of: position)
    let isOutstanding = partitions[position].complete(record.offset)
    let now = partitions[position].committed
    if !isOutstanding || now < committed || now > completed[position] {
      island.fail(
        .busCommitted,
        "partition \(position): offset \(record.offset), committed \(committed), then \(now), of "
          + "\(completed[position]) done")
    }
    partitions[position].inFlight -= 1
    if settings.ordering == .merchant { releaseMerchant(record.merchant) }
    while partitions[position].inFlight < limit,
      let next = partitions[position].backlog.removeFirst()
    {
      if planted(Plant.backlogRecordLost), next.payment.rawValue % 5 == 3 { continue }
      dispatch(next)
    }
  }

  /// Records that are not completed, as far as they are in hand or wait for it.
  var held: Int { partitions.reduce(0) { $0 + $1.inFlight + $1.backlog.count } }

  func close() { ready.channel.close() }

  private func schedule(_ record: BusRecord) {
    let position = Int(record.partition)
    if partitions[position].inFlight < limit, partitions[position].backlog.isEmpty {
      dispatch(record)
    } else {
      partitions[position].backlog.append(record)
    }
  }

  /// Takes a place in flight; a record whose merchant is being served waits for its turn in that
  /// place.
  private func dispatch(_ record: BusRecord) {
    partitions[Int(record.partition)].inFlight += 1
    guard settings.ordering == .merchant else { return ready.add(record) }
    if busy[Int(record.merchant)], !planted(Plant.merchantOrderBroken) {
      waiting[record.merchant, default: Backlog()].append(record)
    } else {
      busy[Int(record.merchant)] = true
      ready.add(record)
      if planted(Plant.recordHandedTwice), record.payment.rawValue % 41 == 3 {
        ready.add(record)
      }
    }
  }

  private func releaseMerchant(_ merchant: CellMerchant) {
    busy[Int(merchant)] = false
    guard !waiting.isEmpty, var queue = waiting.removeValue(forKey: merchant),
      let next = queue.removeFirst()
    else { return }
    if !queue.isEmpty { waiting[merchant] = queue }
    busy[Int(merchant)] = !planted(Plant.merchantLetGo)
    ready.add(next)
  }

  /// The partition has stood at its lag until now.
  private func holdLag(of position: Int) {
    let now = island.now.nanoseconds
    shared.measurements.arrivalSeries.hold(
      partition: position, at: partitions[position].lag, from: lagSince[position], until: now)
    lagSince[position] = now
  }

  private func noteLag(_ lag: Int, of position: Int) {
    let measurements = shared.measurements
    measurements.arrivalSeries.raise(
      partition: position, to: lag, at: island.now.nanoseconds)
    measurements.series.raise(
      CellMeasurements.Column.lag.rawValue, at: island.now.nanoseconds, to: lag)
    if lag > measurements.maximumLag { measurements.maximumLag = lag }
    if lag == settings.lagAlert + 1 { measurements.lagAlerts += 1 }
    if lag == settings.lagPage + 1 { measurements.lagPages += 1 }
  }
}
