import Testing

@Suite("Source text")
struct SourceTextTests {
  private func code(_ text: String) -> [String] { SourceText(path: "a", text: text).code }

  @Test(
    "code, comments and strings are told apart",
    arguments: [
      ("a // b", "a     "), ("a /* b /* c */ d */ e", "a                   e"),
      ("f(\"b\") // c", "f(   )     "), ("f(\"\\\"b\")", "f(     )"),
      ("f(\"\\\\\") + g", "f(    ) + g"),
      ("f(\"x \\(g(1)) y\")", "f(     g(1)    )"), ("f(#\"a\" b\"#)", "f(        )"),
      ("#if os(Linux)", "#if os(Linux)"), ("f(\"// no\") + g", "f(       ) + g"),
      ("f(\"\\(h(\"i\"))\")", "f(   h(   )  )"), ("f(#\"\\#(g)\"#)", "f(     g   )"),
    ])
  func views(text: String, expected: String) {
    #expect(code(text) == [expected])
  }

  @Test("a string over several lines is no code, and lines keep their numbers")
  func multiline() {
    let text = "a\n\"\"\"\nprint(\"x\")\n\"\"\"\nb"
    #expect(code(text) == ["a", "   ", "          ", "   ", "b"])
    #expect(SourceText(path: "a", text: "a // x\nb").comments == ["  // x", " "])
  }
}
