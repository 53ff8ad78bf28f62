import CCrypto

/// SHA-256 (FIPS 180-4) by OpenSSL's libcrypto, fed piece by piece.
public struct SHA256: Sendable {
  private var context = Context()

  /// The hash of nothing so far.
  public init() {}

  /// Adds `bytes`.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Adds the bytes of `buffer`.
  public mutating func update(_ buffer: UnsafeRawBufferPointer) {
    if !isKnownUniquelyReferenced(&context) { context = Context(copying: context) }
    succeeded(EVP_DigestUpdate(context.pointer, buffer.baseAddress, buffer.count))
  }

  /// The 32 bytes of the hash of everything added; more may be added afterwards.
  public func finalized() -> [UInt8] {
    let copy = Context(copying: context)
    var hash = [UInt8](repeating: 0, count: 32)
    succeeded(EVP_DigestFinal_ex(copy.pointer, &hash, nil))
    return hash
  }

  /// The hash as 64 hexadecimal digits, lower case.
  public func hexDigest() -> String {
    finalized().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The hash of `bytes` as 64 hexadecimal digits.
  public static func hexDigest(of bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.hexDigest()
  }

  /// The hash of the UTF-8 bytes of `text` as 64 hexadecimal digits.
  public static func hexDigest(of text: String) -> String { hexDigest(of: Array(text.utf8)) }

  /// The library's own state, copied before it is changed where two values share it.
  private final class Context: @unchecked Sendable {
    let pointer: OpaquePointer

    init() {
      CryptoLibrary.start()
      pointer = EVP_MD_CTX_new()!
      succeeded(EVP_DigestInit_ex(pointer, EVP_sha256(), nil))
    }

    init(copying other: Context) {
      pointer = EVP_MD_CTX_new()!
      succeeded(EVP_MD_CTX_copy_ex(pointer, other.pointer))
    }

    deinit { EVP_MD_CTX_free(pointer) }
  }
}

/// OpenSSL's libcrypto as linked.
public enum CryptoLibrary {
  /// Its version: `3.0.17`.
  public static var version: String {
    OpenSSL_version(OPENSSL_VERSION_STRING).map { String(cString: $0) } ?? "unknown"
  }

  /// Starts it without the configuration file of the machine, so that no setting of an
  /// administrator or of the environment changes a hash or keeps it from being computed.
  static func start() { _ = started }

  private static let started: Void = {
    succeeded(OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil))
  }()
}

/// A call fails only without memory; a wrong hash would be worse than the end.
private func succeeded(_ code: Int32) {
  precondition(code == 1, "libcrypto refused to hash")
}
