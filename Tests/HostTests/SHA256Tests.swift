import Testing

@testable import Host

@Suite struct SHA256Tests {
  @Test(
    "the vectors of FIPS 180-4 come out",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func vectors(text: String, digest: String) {
    #expect(SHA256.hexDigest(of: text) == digest)
  }

  @Test("a million letters a come out")
  func million() {
    var hash = SHA256()
    let chunk = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000)
    for _ in 0..<1_000 { hash.update(chunk) }
    #expect(
      hash.hexDigest() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test(
    "lengths around the block size equal hashlib's",
    arguments: [
      (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
      (55, "463eb28e72f82e0a96c0a4cc53690c571281131f672aa229e0d45ae59b598b59"),
      (56, "da2ae4d6b36748f2a318f23e7ab1dfdf45acdc9d049bd80e59de82a60895f562"),
      (63, "29af2686fd53374a36b0846694cc342177e428d1647515f078784d69cdb9e488"),
      (64, "fdeab9acf3710362bd2658cdc9a29e8f9c757fcf9811603a8c447cd1d9151108"),
      (65, "4bfd2c8b6f1eec7a2afeb48b934ee4b2694182027e6d0fc075074f2fabb31781"),
      (119, "da18797ed7c3a777f0847f429724a2d8cd5138e6ed2895c3fa1a6d39d18f7ec6"),
      (120, "f52b23db1fbb6ded89ef42a23ce0c8922c45f25c50b568a93bf1c075420bbb7c"),
      (127, "92ca0fa6651ee2f97b884b7246a562fa71250fedefe5ebf270d31c546bfea976"),
      (128, "471fb943aa23c511f6f72f8d1652d9c880cfa392ad80503120547703e56a2be5"),
      (1000, "4e4c294b331f7a2099a379bec34b9f9fc03dc46ab465d998f4d683da53487e6d"),
    ])
  func lengths(count: Int, digest: String) {
    let bytes = (0..<count).map { UInt8($0 % 251) }
    #expect(SHA256.hexDigest(of: bytes) == digest)
    for step in [1, 7, 64, 65] {
      var hash = SHA256()
      for start in stride(from: 0, to: count, by: step) {
        hash.update(Array(bytes[start..<min(start + step, count)]))
      }
      #expect(hash.hexDigest() == digest, "in pieces of \(step)")
    }
  }
}

extension SHA256Tests {
  @Test("a copy goes its own way, and more may be added after the hash was told")
  func copies() {
    var first = SHA256()
    first.update(Array("a".utf8))
    let told = first.hexDigest()
    var second = first
    second.update(Array("bc".utf8))
    #expect(first.hexDigest() == told && told == SHA256.hexDigest(of: "a"))
    #expect(second.hexDigest() == SHA256.hexDigest(of: "abc"))
    first.update(Array("bc".utf8))
    #expect(first.hexDigest() == second.hexDigest())
  }
}
