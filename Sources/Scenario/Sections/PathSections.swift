extension Section where Root == GatewaySettings {
  static let gateway = Section(
    "The front door of a cell.",
    [
      .init(
        "instances", \.instances, .integer(1...10_000),
        "Instances behind the load balancer of each cell."),
      .init(
        "concurrency", \.concurrency, .integer(1...100_000),
        "Requests an instance serves at once."),
      .init("service_time", \.serviceTime, .latency, "Time an instance takes for a request."),
      .init(
        "network_latency", \.networkLatency, .latency,
        "One-way network latency between merchant and gateway."),
      .init(
        "maximum_amount", \.maximumAmount, .money(positive: true),
        "Largest accepted amount, converted at mid."),
      .init(
        "queue_limit", \.queueLimit, .duration(to: .days(1)),
        "A request that would wait longer is answered with 503."),
    ])
}

extension Section where Root == IdempotencySettings {
  static let idempotency = Section(
    "How a repeated key is recognised.",
    [
      .init(
        "mode", \.mode, .choice(),
        "Fast store and the ledger's unique constraint, or one of them only."),
      .init(
        "time_to_live", \.timeToLive, .duration(from: .least, to: .days(36_525)),
        "How long a key lives in the fast store."
      ),
      .init(
        "capacity", \.capacity, .integer(1...10_000_000_000),
        "Keys the fast store of a cell holds before it evicts the oldest."),
      .init("fast_store_latency", \.fastStoreLatency, .latency, "Latency of the fast store."),
      .init(
        "database_latency", \.databaseLatency, .latency, "Latency of the unique constraint."),
    ])
}

extension Section where Root == BusSettings {
  static let bus = Section(
    "The partitioned log between gateway and workers.",
    [
      .init(
        "partitions", \.partitions, .integer(1...100_000),
        "Partitions over all cells, keyed by hash(merchant); at least one for each cell."),
      .init("replicas", \.replicas, .integer(1...15), "Replicas of each partition."),
      .init(
        "publish_latency", \.publishLatency, .latency,
        "Time until one replica has a record; it is acknowledged when all have it."),
      .init(
        "fetch_latency", \.fetchLatency, .duration(to: .days(1)),
        "Time until a waiting consumer sees an acknowledged record."),
      .init(
        "ordering", \.ordering, .choice(),
        "What is worked on one at a time: a partition, a merchant, or a payment."),
      .init(
        "in_flight_per_partition", \.inFlightPerPartition, .integer(1...1_000_000),
        "Records of one partition that may be worked on at once."),
      .init(
        "maximum_lag", \.maximumLag, .integer(1...1_000_000_000),
        "Unconsumed records of a partition above which the gateway answers 503."),
      .init("lag_alert", \.lagAlert, .integer(1...1_000_000_000), "Lag that raises an alert.")
        .changing(.figures),
      .init("lag_page", \.lagPage, .integer(1...1_000_000_000), "Lag that pages somebody.")
        .changing(.figures),
    ], retired: ["minimum_in_sync_replicas"]
  ) { bus, node, decoding in
    if bus.lagAlert > bus.lagPage {
      decoding.report(
        in: node, under: ["lag_alert"], or: "lag_page",
        "expected `lag_alert` (\(bus.lagAlert)) of at most `lag_page` (\(bus.lagPage))")
    }
  }
}

extension Section where Root == LedgerSettings {
  static let ledger = Section(
    "The double-entry store of a cell.",
    [
      .init("commit_latency", \.commitLatency, .latency, "Latency of a durable commit."),
      .init(
        "group_commit", \.groupCommit, .duration(to: .seconds(3_600)),
        "Writes that arrive within this time share a commit; 0s turns group commit off."),
      .init(
        "journal", \.journal, .boolean,
        "Whether every transfer is written to `journal.csv` of the result."
      ).changing(.files),
    ])
}
