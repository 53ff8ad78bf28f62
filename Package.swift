// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is compiled alike: warnings are errors, and a nonisolated async function runs
/// on its caller's actor. Mixing that last setting between modules would break the runtime's
/// ordering.
let common: [SwiftSetting] = [
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

/// The modules a payment passes through. Release builds drop the dynamic exclusivity checks, which
/// cost a fifth of the run time; debug builds, and so the tests, keep them.
let hot: [SwiftSetting] =
  common + [
    .unsafeFlags(
      ["-enforce-exclusivity=unchecked", "-cross-module-optimization"],
      .when(configuration: .release))
  ]

/// What carries plants: faults that debug builds, and so the tests, can wake by name to see that a
/// running check names them. Release builds know no plant.
let plants: [SwiftSetting] = [.define("PLANTS", .when(configuration: .debug))]

/// What only computes is optimised in debug builds too: the tests solve and settle thousands of
/// random worlds.
let pure: [SwiftSetting] =
  hot + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// What writes figures is optimised in debug builds too: the tests write thousands of results.
let quick: [SwiftSetting] =
  common + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "settlesim",
  products: [
    .executable(name: "settlesim", targets: ["settlesim"]),
    .library(name: "SettleSim", targets: ["SettleSim"]),
    .library(name: "VirtualTime", targets: ["VirtualTime", "Chance"]),
  ],
  targets: [
    .systemLibrary(
      name: "CJemalloc", pkgConfig: "jemalloc", providers: [.apt(["libjemalloc-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CCbc", pkgConfig: "cbc",
      providers: [.apt(["coinor-libcbc-dev", "coinor-libclp-dev"])]),
    .target(name: "CRuntimeHooks"),
    .target(name: "Plants", swiftSettings: pure + plants),
    .target(name: "Chance", swiftSettings: pure),
    .target(
      name: "VirtualTime", dependencies: ["Chance", "CRuntimeHooks", "Plants"], swiftSettings: hot),
    .target(name: "Yardstick", dependencies: ["Chance", "VirtualTime"], swiftSettings: hot),
    .target(name: "Text", swiftSettings: quick),
    .target(
      name: "Host", dependencies: ["CCrypto", "CZlib", "Text"], swiftSettings: common),
    .target(name: "Declared", dependencies: ["Text", "Money"], swiftSettings: common),
    .target(name: "Faults", swiftSettings: pure),
    .target(name: "Money", dependencies: ["Host"], swiftSettings: pure),
    .target(name: "Measurement", dependencies: ["Declared"], swiftSettings: pure),
    .target(
      name: "Scenario",
      dependencies: ["Host", "Chance", "Declared", "Faults", "Text", "Money", "CYAML"],
      swiftSettings: common),
    .target(
      name: "Rails", dependencies: ["Chance", "Money", "Scenario", "Text"], swiftSettings: hot),
    .target(
      name: "PaymentModel", dependencies: ["Chance", "Money", "VirtualTime"], swiftSettings: hot),
    .target(name: "Statistics", dependencies: ["Chance"], swiftSettings: common),
    .target(
      name: "Optimization", dependencies: ["Chance", "CCbc"], swiftSettings: pure),
    .target(
      name: "Interbank",
      dependencies: ["Chance", "Declared", "Measurement", "Money", "Plants", "Scenario"],
      swiftSettings: pure),
    .target(
      name: "Batching",
      dependencies: [
        "Rails", "Chance", "Declared", "Optimization", "PaymentModel", "Plants", "Money",
        "Scenario", "VirtualTime",
      ],
      swiftSettings: pure),
    .target(
      name: "Pipeline",
      dependencies: [
        "Rails", "Chance", "Declared", "Faults", "Batching", "Interbank", "PaymentModel",
        "Measurement", "Plants", "Scenario", "Text", "Money", "VirtualTime",
      ],
      swiftSettings: hot),
    .target(
      name: "Reporting",
      dependencies: ["Declared", "Host", "Text", "Statistics", "Measurement", "Scenario", "Money"],
      swiftSettings: quick),
    .target(
      name: "Simulator",
      dependencies: [
        "Host", "Text", "Chance", "Declared", "Pipeline", "Reporting", "Batching", "Interbank",
        "PaymentModel", "Measurement", "Scenario", "Money", "VirtualTime", "CJemalloc",
      ],
      swiftSettings: hot + plants),
    .target(
      name: "SettleSim",
      dependencies: [
        "Batching", "Declared", "Host", "Interbank", "Reporting", "Scenario", "Simulator",
        "VirtualTime",
      ],
      swiftSettings: common),
    .target(
      name: "Experiments",
      dependencies: [
        "Declared", "Host", "Chance", "Text", "Simulator", "Reporting", "Statistics", "Batching",
        "Interbank", "Measurement", "Scenario", "Money", "VirtualTime", "Yardstick", "CJemalloc",
        "CRuntimeHooks",
      ],
      swiftSettings: common),
    .target(
      name: "CommandLine",
      dependencies: [
        "Declared", "Faults", "Host", "Text", "Experiments", "Simulator", "Reporting", "Batching",
        "Interbank", "Measurement", "Plants", "Scenario", "Money", "VirtualTime", "CJemalloc",
        "CYAML", "CZlib",
      ],
      swiftSettings: common + plants),
    .executableTarget(
      name: "settlesim", dependencies: ["CommandLine", "CJemalloc"], swiftSettings: common),
    .executableTarget(
      name: "tandem", dependencies: ["Yardstick", "VirtualTime", "CJemalloc"], swiftSettings: hot),
    .executableTarget(
      name: "timings",
      dependencies: [
        "Chance", "Batching", "Interbank", "Money", "Optimization", "PaymentModel", "Scenario",
        "VirtualTime",
      ],
      swiftSettings: hot),
    .testTarget(
      name: "VirtualTimeTests", dependencies: ["CRuntimeHooks", "Chance", "VirtualTime"],
      swiftSettings: common),
    .testTarget(name: "MoneyTests", dependencies: ["Host", "Money"], swiftSettings: common),
    .testTarget(
      name: "MeasurementTests", dependencies: ["Measurement"],
      swiftSettings: common),
    .testTarget(
      name: "StatisticsTests", dependencies: ["Chance", "Statistics", "VirtualTime"],
      swiftSettings: common),
    .testTarget(
      name: "OptimizationTests", dependencies: ["Optimization"],
      exclude: ["References/Instances"], swiftSettings: common),
    .testTarget(
      name: "InterbankTests", dependencies: ["Declared", "Interbank", "Scenario"],
      swiftSettings: common),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Host", "Text", "Chance", "Declared", "Experiments", "Simulator", "Reporting", "Statistics",
        "Scenario", "Batching", "Interbank", "VirtualTime",
      ],
      swiftSettings: common),
    .testTarget(
      name: "ScenarioTests",
      dependencies: [
        "VirtualTime", "Chance", "Declared", "Text", "Scenario", "Batching", "Interbank", "Money",
        "Simulator",
      ],
      swiftSettings: common),
    .testTarget(
      name: "RailsTests", dependencies: ["Money", "Rails", "Scenario"], swiftSettings: common),
    .testTarget(name: "HostTests", dependencies: ["Host"], swiftSettings: common),
    .testTarget(name: "TextTests", dependencies: ["Text"], swiftSettings: common),
    .testTarget(
      name: "BatchingTests",
      dependencies: ["Declared", "Batching", "PaymentModel", "Money", "Scenario"],
      swiftSettings: common),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "Measurement", "Chance", "Declared", "Pipeline", "Batching", "Interbank", "PaymentModel",
        "Rails", "Scenario", "Money", "VirtualTime",
      ],
      swiftSettings: common),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Declared", "Host", "Text", "Reporting", "Statistics", "Measurement"],
      swiftSettings: common),
    .testTarget(
      name: "SimulatorTests",
      dependencies: [
        "VirtualTime", "CZlib", "Declared", "Money", "Batching", "Interbank", "Measurement",
        "Optimization", "PaymentModel", "Pipeline", "Simulator", "Scenario", "Reporting",
      ],
      swiftSettings: common),
    .testTarget(name: "SettleSimTests", dependencies: ["SettleSim"], swiftSettings: common),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "Host", "Text", "Chance", "Declared", "CommandLine", "Plants", "Simulator", "Reporting",
        "Scenario", "VirtualTime",
      ],
      swiftSettings: common + plants),
    .testTarget(name: "ProjectTests", swiftSettings: common),
  ],
  swiftLanguageModes: [.v6]
)
