/// A part of a page with a heading, which the contents link to.
struct PageSection {
  /// Unique in the page, made of fixed words.
  let id: String
  let title: String
  /// What the contents call it; its title where nil.
  var link: String?
  /// What stands under the heading.
  let content: String

  /// The element.
  var html: String {
    "<section id=\"\(id)\"><h2>\(escapedHTML(title))</h2>\n\(content)</section>\n"
  }

  /// Links to `sections`, in order; nothing for one alone.
  static func contents(_ sections: [PageSection]) -> String {
    guard sections.count > 1 else { return "" }
    let items = sections.map {
      "<li><a href=\"#\($0.id)\">\(escapedHTML($0.link ?? $0.title))</a></li>\n"
    }
    return "<nav aria-label=\"Contents\"><ul>\n\(items.joined())</ul></nav>\n"
  }

  /// What is folded up until a reader opens it.
  static func folded(_ title: String, _ content: String) -> String {
    content.isEmpty
      ? ""
      : "<details><summary>\(escapedHTML(title))</summary>\n\(content)</details>\n"
  }
}
