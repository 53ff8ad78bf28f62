/// Values one after the other in bytes, for a pipe between two processes of one program.
struct Packer {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ number: Int) {
    withUnsafeBytes(of: Int64(number)) { bytes.append(contentsOf: $0) }
  }

  mutating func add(_ number: UInt64) { add(Int(bitPattern: UInt(number))) }
  mutating func add(_ number: Double) { add(number.bitPattern) }
  mutating func add(_ flag: Bool) { add(flag ? 1 : 0) }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func add(_ text: String?) {
    add(text != nil)
    if let text { add(text) }
  }

  mutating func add<Element>(_ list: [Element], _ body: (inout Packer, Element) -> Void) {
    add(list.count)
    for element in list { body(&self, element) }
  }
}

/// Takes apart what a `Packer` put together. The two are one program, so that what does not fit is
/// a fault of it.
struct Unpacker {
  private let bytes: ArraySlice<UInt8>
  private var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  init(_ bytes: [UInt8]) { self.init(bytes[...]) }

  mutating func number() -> Int {
    let end = index + MemoryLayout<Int64>.size
    precondition(end <= bytes.endIndex, "a message between processes is cut off")
    let number = bytes[index..<end].withUnsafeBytes { $0.loadUnaligned(as: Int64.self) }
    index = end
    return Int(number)
  }

  mutating func unsigned() -> UInt64 { UInt64(UInt(bitPattern: number())) }
  mutating func double() -> Double { Double(bitPattern: unsigned()) }
  mutating func flag() -> Bool { number() != 0 }

  mutating func text() -> String {
    let count = number()
    let end = index + count
    precondition(count >= 0 && end <= bytes.endIndex, "a message between processes is cut off")
    defer { index = end }
    return String(decoding: bytes[index..<end], as: UTF8.self)
  }

  mutating func optionalText() -> String? { flag() ? text() : nil }

  mutating func list<Element>(_ body: (inout Unpacker) -> Element) -> [Element] {
    (0..<number()).map { _ in body(&self) }
  }
}
