/// The layout of stored results, as every reader of them checks it.
package enum ResultSchema {
  /// Lets the result in `file` pass if it has the layout of this settlesim.
  ///
  /// Figures moved between layouts in meaning, unit and name, so none but its own is read.
  ///
  /// - Throws: `.otherVersion`.
  package static func check(_ version: Int, file: String) throws(ResultReadError) {
    guard version == RunIdentity.schemaVersion else {
      throw .otherVersion(path: file, version: version)
    }
  }

  /// What is wrong with a result of another layout, and what helps.
  static func sentence(_ version: Int) -> String {
    let current = RunIdentity.schemaVersion
    let advice =
      version < current
      ? "make it again with this one, or read it with the settlesim that wrote it"
      : "read it with a newer settlesim"
    return "result schema \(version), this settlesim reads \(current); \(advice)"
  }
}
