import Host
import CJemalloc
import CYAML
import CZlib
import Glibc
import Reporting

extension Machine {
  /// The machine this process runs on.
  static var current: Machine {
    var machine = Machine()
    machine.cores = Processors.usable
    machine.processor = processorName()
    machine.operatingSystem = operatingSystemName()
    machine.swiftVersion = compilerVersion
    machine.libraries = [
      NamedText("jemalloc", jemallocVersion()),
      NamedText("libcrypto", CryptoLibrary.version),
      NamedText("libyaml", String(cString: yaml_get_version_string())),
      NamedText("zlib", String(cString: zlibVersion())),
    ]
    machine.memory = { memoryInUse() }
    return machine
  }

  /// The compiler that built this, as precisely as a source can tell.
  private static var compilerVersion: String {
    #if compiler(>=6.3.2)
      "6.3.2 or newer"
    #elseif compiler(>=6.3.1)
      "6.3.1"
    #elseif compiler(>=6.3)
      "6.3.0"
    #else
      "6.2"
    #endif
  }

  /// The first word behind a field of what the kernel says about this process.
  private static func processStatus(_ field: String) -> String? {
    guard let bytes = try? RegularFile.read("/proc/self/status", limit: 1 << 20) else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split { $0 == "\t" || $0 == " " }
      if words.count > 1, words[0] == field { return String(words[1]) }
    }
    return nil
  }

  /// What the kernel says the first processor is called.
  private static func processorName() -> String {
    guard let bytes = try? RegularFile.read("/proc/cpuinfo", limit: 1 << 24) else { return "" }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].hasPrefix("model name") {
        return String(parts[1].drop { $0 == " " })
      }
    }
    return ""
  }

  private static func operatingSystemName() -> String {
    var name = utsname()
    guard uname(&name) == 0 else { return "" }
    func text<Field>(_ field: Field) -> String {
      withUnsafeBytes(of: field) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
    }
    return [text(name.sysname), text(name.release), text(name.machine)].joined(separator: " ")
  }

  private static func jemallocVersion() -> String {
    var version: UnsafePointer<CChar>?
    var size = MemoryLayout<UnsafePointer<CChar>?>.size
    guard mallctl("version", &version, &size, nil, 0) == 0, let version else { return "" }
    let text = String(cString: version)
    return String(text.prefix { $0 != "-" })
  }

  /// jemalloc's own figures, brought up to date first, and the kernel's high-water mark.
  private static func memoryInUse() -> MemoryUse {
    var epoch: UInt64 = 1
    _ = mallctl("epoch", nil, nil, &epoch, MemoryLayout<UInt64>.size)
    return MemoryUse(
      allocated: jemallocStatistic("stats.allocated"),
      resident: jemallocStatistic("stats.resident"), peakResident: peakResidentBytes())
  }

  private static func jemallocStatistic(_ name: String) -> Int {
    var value = 0
    var size = MemoryLayout<Int>.size
    return mallctl(name, &value, &size, nil, 0) == 0 ? value : 0
  }

  /// `VmHWM` of this program; `ru_maxrss` would also count the program that started it.
  private static func peakResidentBytes() -> Int {
    if let kibibytes = processStatus("VmHWM:").flatMap(Int.init) { return kibibytes * 1_024 }
    var usage = rusage()
    return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0
      ? Int(usage.ru_maxrss) * 1_024 : 0
  }
}
