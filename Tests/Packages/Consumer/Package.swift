// swift-tools-version: 6.2
import PackageDescription

/// A package that uses settlesim's libraries as any other would; `make consumer` builds and runs it
/// from nothing.
let package = Package(
  name: "consumer",
  dependencies: [.package(name: "settlesim", path: "../../..")],
  targets: [
    .executableTarget(
      name: "Consumer",
      dependencies: [
        .product(name: "SettleSim", package: "settlesim"),
        .product(name: "VirtualTime", package: "settlesim"),
      ],
      swiftSettings: [.enableUpcomingFeature("NonisolatedNonsendingByDefault")])
  ],
  swiftLanguageModes: [.v6])
