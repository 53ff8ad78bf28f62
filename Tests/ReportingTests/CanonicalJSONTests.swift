import Testing

@testable import Reporting
@testable import Text

@Suite struct CanonicalJSONTests {
  @Test("objects are written with sorted keys, two spaces and a final newline")
  func layout() {
    let value: CanonicalJSON = [
      "b": [1, "two", true, .null], "a": ["nested": .decimal(0.1)], "empty": [], "none": [:],
    ]
    let expected = """
      {
        "a": {
          "nested": 0.1
        },
        "b": [
          1,
          "two",
          true,
          null
        ],
        "empty": [],
        "none": {}
      }

      """
    #expect(value.encoded() == expected)
    #expect(
      value.encodedLine() == #"{"a":{"nested":0.1},"b":[1,"two",true,null],"empty":[],"none":{}}"#)
  }

  @Test("keys sort by their bytes, whatever the locale thinks of them")
  func keyOrder() {
    let value: CanonicalJSON = ["é": 1, "z": 2, "Z": 3, "a_b": 4, "aB": 5]
    #expect(value.encodedLine() == #"{"Z":3,"aB":5,"a_b":4,"z":2,"é":1}"#)
  }

  @Test(
    "numbers are exact and shortest",
    arguments: [
      (.int(UInt64.max), "18446744073709551615"), (.int(Int64.min), "-9223372036854775808"),
      (.decimal(0.1 + 0.2), "0.30000000000000004"), (.decimal(1e21), "1e+21"),
      (.decimal(.leastNonzeroMagnitude), "5e-324"), (.decimal(-0.0), "-0.0"), (.decimal(3), "3.0"),
      (.decimal(.infinity), "null"), (.decimal(.nan), "null"),
      (.fixed(scaled: -5, decimals: 2), "-0.05"), (.fixed(scaled: 123_456, decimals: 2), "1234.56"),
      (.fixed(scaled: 7, decimals: 0), "7"),
      (.fixed(scaled: .min, decimals: 3), "-9223372036854775.808"),
    ] as [(CanonicalJSON, String)])
  func numbers(value: CanonicalJSON, text: String) {
    #expect(value.encodedLine() == text)
  }

  @Test("control and direction characters of a hostile name are escaped")
  func escapes() {
    let hostile = "\"\\/\n\t\u{1B}[31m\u{202E}abc\u{7F}\u{0}é漢"
    let encoded = CanonicalJSON.string(hostile).encodedLine()
    #expect(encoded == #""\"\\/\n\t\u001b[31m\u202eabc\u007f\u0000é漢""#)
    #expect(try! CanonicalJSON(parsing: encoded, file: "x") == .string(hostile))
  }

  @Test("what is written reads back the same")
  func roundTrip() throws {
    let document = SummaryDocument.json(sampleResult())
    let text = document.encoded()
    let read = try CanonicalJSON(parsing: text, file: "summary.json")
    #expect(read["identity"]?["digest"]?.text == "0123456789abcdef")
    #expect(read["steps"]?.elements?.first?["count"]?.integer() == 5_012_345)
    #expect(try CanonicalJSON(parsing: read.encodedLine(), file: "x") == read)
  }

  @Test(
    "an error names file, byte offset and what was expected",
    arguments: [
      ("", 0, "expected a value, the text ends here"),
      ("{\"a\" 1}", 5, "expected ':' after the key"),
      ("[1,2", 4, "expected ',' or ']'"), ("{\"a\":1,}", 7, "expected a key in quotes"),
      ("\"abc", 4, "the string does not end"), ("01", 1, "expected the end of the text"),
      ("1.", 2, "expected digits after the point"), ("-", 1, "expected a value"),
      ("1e400", 0, "the number is too large"), ("\"\\x\"", 2, "unknown escape"),
      ("99999999999999999999", 0, "the integer does not fit 64 bits"),
      ("{\"a\":1,\"a\":2}", 7, "the key is given twice"), ("NaN", 0, "expected a value"),
      ("\"\\ud800\"", 3, "half a surrogate pair"), ("nul", 0, "expected null"),
      ("\"\u{1}\"", 1, "a control character must be escaped"),
      ("[] []", 3, "expected the end of the text"),
    ])
  func errors(text: String, offset: Int, message: String) {
    #expect(throws: JSONError(file: "manifest.json", offset: offset, message: message)) {
      try CanonicalJSON(parsing: text, file: "manifest.json")
    }
  }

  @Test("surrogate pairs and plain escapes are read")
  func unicodeEscapes() throws {
    let value = try CanonicalJSON(parsing: #""\ud83d\ude00\u00e9\/\b\f""#, file: "x")
    #expect(value.text == "😀é/\u{8}\u{C}")
  }

  @Test("ten thousand levels are refused, not overflowed")
  func depth() {
    for open in ["[", "{\"a\":"] {
      let text = String(repeating: open, count: 10_000)
      #expect(throws: JSONError.self) { try CanonicalJSON(parsing: text, file: "deep.json") }
    }
    let allowed = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(throws: Never.self) { try CanonicalJSON(parsing: allowed, file: "deep.json") }
  }

  @Test("bytes that are not UTF-8 are refused")
  func notUTF8() {
    #expect(throws: JSONError(file: "x", offset: 0, message: "the string is not UTF-8")) {
      try CanonicalJSON(parsing: [0x22, 0xFF, 0xC0, 0x22], file: "x")
    }
  }

  @Test("every truncation of a manifest is an error, never a crash")
  func truncations() {
    let bytes = Array(ResultManifest(sampleResult(), files: []).json.encoded().utf8)
    for length in 0..<(bytes.count - 2) {
      #expect(throws: JSONError.self) {
        try CanonicalJSON(parsing: Array(bytes[..<length]), file: "manifest.json")
      }
    }
  }

  @Test("altered bytes give an error or another value, never a crash", arguments: 1...8)
  func mutations(seed: UInt64) {
    let original = Array(ResultManifest(sampleResult(), files: []).json.encoded().utf8)
    var state = seed
    for _ in 0..<1_500 {
      var bytes = original
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int((state >> 33) % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: state >> 24)
      }
      if let json = try? CanonicalJSON(parsing: bytes, file: "manifest.json") {
        _ = try? ResultManifest(json, file: "manifest.json")
      }
    }
  }
}
