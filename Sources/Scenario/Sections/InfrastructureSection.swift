extension Section where Root == InfrastructureSettings {
  static let infrastructure = Section(
    "Infrastructure for a month of 30 days by part, with what lowers it.",
    [
      .init("compute", \.compute, .money(), "Servers of the interface and of the workers."),
      .init("database", \.database, .money(), "Shards of the database."),
      .init("bus", \.bus, .money(), "The partitioned bus."),
      .init("cache", \.cache, .money(), "The cache."),
      .init("storage", \.storage, .money(), "The object store."),
      .init("network", \.network, .money(), "Traffic."),
      .optional(
        "spot_instances", \.spotInstances, base: Root.SpotInstances(),
        Section<Root.SpotInstances>.spotInstances.syntax,
        "Workers on instances that the provider may take back; left out, none."),
      .optional(
        "cold_tier", \.coldTier, base: Root.ColdTier(), Section<Root.ColdTier>.coldTier.syntax,
        "An archive for the oldest data; left out, none."),
      .optional(
        "compression", \.compression, base: Root.Compression(),
        Section<Root.Compression>.compression.syntax,
        "Compression of the oldest stored data and of traffic; left out, none."),
    ]
  ).changing(.figures)
}

extension Section where Root == InfrastructureSettings.SpotInstances {
  static let spotInstances = Section(
    "Workers on instances that the provider may take back.",
    [
      .init("enabled", \.isEnabled, .boolean, "Whether they are used."),
      .init("share", \.share, .probability, "Part of the cost of compute."),
      .init("discount", \.discount, .probability, "Taken off the price of that part."),
    ]
  ).changing(.figures)
}

extension Section where Root == InfrastructureSettings.ColdTier {
  static let coldTier = Section(
    "An archive for the oldest data.",
    [
      .init("enabled", \.isEnabled, .boolean, "Whether it is used."),
      .init("share", \.share, .probability, "Part of the stored bytes, the oldest ones."),
      .init("discount", \.discount, .probability, "Taken off the price of that part."),
    ]
  ).changing(.figures)
}

extension Section where Root == InfrastructureSettings.Compression {
  static let compression = Section(
    "Compression of the oldest stored data and of traffic.",
    [
      .init("enabled", \.isEnabled, .boolean, "Whether it is used."),
      .init("ratio", \.ratio, .decimal(1...1_000), "Bytes before by bytes after."),
      .init(
        "storage_share", \.storageShare, .probability,
        "Part of the stored bytes, the oldest ones."),
      .init("network_share", \.networkShare, .probability, "Part of the traffic."),
    ],
    check: { compression, node, decoding in
      guard compression.isEnabled, compression.storageShare == 0, compression.networkShare == 0
      else { return }
      decoding.report(
        in: node, under: ["storage_share"],
        "expected `storage_share` or `network_share` above zero, found nothing to compress; "
          + "leave `compression` out for none")
    }
  ).changing(.figures)
}

extension Section where Root == VolumeDiscount {
  static let volumeDiscount = Section(
    "What is taken off a bill in months of many payments.",
    [
      .init("enabled", \.isEnabled, .boolean, "Whether it is given."),
      .init(
        "payments_per_month", \.paymentsPerMonth, .integer(0...1_000_000_000_000),
        "Accepted payments a month of 30 days above which it is given; a run counts with its "
          + "payments at the pace of `time.duration`."),
      .required("rate", \.rate, .probability, "Part of the bill that is taken off."),
      .init(
        "base", \.base, .choice(),
        "The bill: what acquirers charge, or infrastructure with other savings taken off."),
    ]
  ).changing(.figures)
}
