import Host

extension RunResult {
  /// The files that are the same in every run: those that `ResultDirectory.publish` writes after
  /// `files`, manifest included, `environment.json` not.
  public func contents(
    with files: [(name: String, bytes: [UInt8])]
  ) -> [(name: String, bytes: [UInt8])] {
    var contents = files
    for file in StandardFiles.deterministic(self) {
      contents.append((file.name, file.pieces.reduce(into: []) { $0 += $1.utf8 }))
    }
    let listed = contents.map {
      InputFile(name: $0.name, sha256: SHA256.hexDigest(of: $0.bytes), size: $0.bytes.count)
    }
    let manifest = ResultManifest(self, files: listed).json.encoded()
    contents.append((ResultManifest.fileName, Array(manifest.utf8)))
    return contents
  }
}
