/// First in, first out; also gives up its last. An array and the index of its first, so that both
/// ends cost amortised constant time and memory follows the length.
struct Line<Element> {
  private var items: ContiguousArray<Element?> = []
  private var head = 0

  var count: Int { items.count - head }

  mutating func append(_ element: Element) { items.append(element) }

  mutating func removeFirst() -> Element? {
    guard head < items.count else { return nil }
    let element = items[head].take()
    head += 1
    if head == items.count {
      reset()
    } else if head >= 1_024 && head * 2 > items.count {
      items.removeFirst(head)
      head = 0
    }
    return element
  }

  mutating func removeLast() -> Element? {
    guard head < items.count else { return nil }
    let element = items.removeLast()
    if head == items.count { reset() }
    return element
  }

  private mutating func reset() {
    items.removeAll(keepingCapacity: true)
    head = 0
  }
}
