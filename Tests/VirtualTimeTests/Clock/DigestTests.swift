import Chance
import Testing
import VirtualTime

@Suite struct DigestTests {
  static func digest(_ words: [UInt64]) -> Digest {
    var digest = Digest()
    for word in words { digest.add(word) }
    return digest
  }

  @Test("The digest is that of a separate implementation")
  func golden() {
    #expect(Digest().description == "243f6a8885a308d3")
    #expect(Self.digest([1, 2, 3]).description == "6fe41b49fa4ce37c")
    #expect(Self.digest([.max, 0]).description == "dec1a9ab231546ec")
    #expect(mix64(0) == 0xe220_a839_7b1d_cdaf)
    #expect(mix64(1) == 0x910a_2dec_8902_5cc1)
  }

  @Test("Altering one word by one unit, or the order, changes it", arguments: 0..<50)
  func sensitive(position: Int) {
    let words = (0..<50 as Range<UInt64>).map { $0 * 1_000 }
    let original = Self.digest(words)
    for change: UInt64 in [1, .max, 1 << 63] {
      var altered = words
      altered[position] &+= change
      #expect(Self.digest(altered) != original)
    }
    if position > 0 {
      var swapped = words
      swapped.swapAt(position, position - 1)
      #expect(Self.digest(swapped) != original)
    }
    #expect(Self.digest(Array(words[..<position])) != original)
  }

  @Test("A signed word counts by its bits")
  func signed() {
    var a = Digest()
    a.add(Int64(-1))
    #expect(a == Self.digest([.max]))
  }

  @Test("Every input bit of the mixer changes about half of the output bits")
  func avalanche() {
    for bit in 0..<64 as Range<UInt64> {
      let changed = (0..<200 as Range<UInt64>).reduce(0) {
        $0 + (mix64($1) ^ mix64($1 ^ 1 << bit)).nonzeroBitCount
      }
      #expect(abs(Double(changed) / 200 - 32) < 1.5)
    }
  }
}
