import Foundation

/// The files of the package as they are on disk.
enum ProjectFiles {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Entries of a folder of the package, sorted.
  static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let path = root.appending(path: path).path
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  static func isExecutable(_ path: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: root.appending(path: path).path)
  }

  /// All files below a folder, as paths from the package's root, sorted.
  static func files(below folder: String) throws -> [String] {
    var result: [String] = []
    for name in try names(in: folder) {
      let path = "\(folder)/\(name)"
      if isFolder(path) { result += try files(below: path) } else { result.append(path) }
    }
    return result
  }

  private static let sources = try? ["Sources", "Tests"].flatMap { try readSources(below: $0) }

  /// The Swift files below `Sources` or `Tests`, or a folder of theirs; read and taken apart once.
  static func sources(below folder: String) throws -> [SourceText] {
    if let sources { return sources.filter { $0.path.hasPrefix(folder + "/") } }
    return try readSources(below: folder)
  }

  private static func readSources(below folder: String) throws -> [SourceText] {
    try files(below: folder).filter { $0.hasSuffix(".swift") }.map {
      SourceText(path: $0, text: try text($0))
    }
  }

  /// Names of the targets that the manifest declares, of one kind (`testTarget`) or of those that
  /// live in `Sources`.
  static func targets(_ kinds: [String], manifest: String) -> Set<String> {
    var result: Set<String> = []
    for kind in kinds {
      for piece in manifest.components(separatedBy: ".\(kind)(").dropFirst() {
        if let name = piece.components(separatedBy: "name: \"").dropFirst().first?
          .components(separatedBy: "\"").first
        {
          result.insert(name)
        }
      }
    }
    return result
  }
}

/// Where things are.
enum Layout {
  static let topLevel: Set<String> = [
    "Package.swift", "Sources", "Tests", "Scenarios", "Results", "README.md", "CHANGELOG.md",
    "Makefile", "LICENSE", "Containerfile",
  ]
  /// - Parameters:
  ///   - sources: what stands in `Sources`.
  ///   - tests: what stands in `Tests` and holds Swift; other folders there are data.
  static func findings(
    topLevel names: [String], sources: [String], tests: [String], manifest: String
  ) -> [Finding] {
    var findings: [Finding] = []
    for name in names where !topLevel.contains(name) && !name.hasPrefix(".") {
      findings.append(Finding(path: name, line: 0, message: "has no place at the top level"))
    }
    let kinds = ["target", "executableTarget", "systemLibrary"]
    let built = ProjectFiles.targets(kinds, manifest: manifest)
    let tested = ProjectFiles.targets(["testTarget"], manifest: manifest)
    for name in sources where !built.contains(name) {
      findings.append(Finding(path: "Sources/\(name)", line: 0, message: "belongs to no target"))
    }
    for name in tests where !tested.contains(name) {
      findings.append(Finding(path: "Tests/\(name)", line: 0, message: "belongs to no target"))
    }
    return findings
  }
}
