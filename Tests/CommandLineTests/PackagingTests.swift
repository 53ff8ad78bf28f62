import Foundation
import Testing

@testable import CommandLine

/// What packagers and users get, from the executable of the tests: no release build is needed.
@Suite("Getting it: installation, the Debian package, the container, the libraries")
struct PackagingTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  private static func isInstalled(_ program: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: program)
  }

  /// Runs a script in the directory of a session, with `$root` the checkout.
  private func shell(_ session: Session, _ script: String) throws -> String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let (code, text) = try session.shell(
      "set -e\n" + script, ["PATH": path, "root": Self.root, "HOME": session.directory])
    #expect(code == 0, "\(script)\n\(text)")
    return text
  }

  /// Files below a directory, sorted.
  private func files(_ session: Session, _ directory: String) throws -> [String] {
    try shell(session, "cd '\(directory)' && find . -type f | sed 's,^./,,' | LC_ALL=C sort")
      .split(separator: "\n").map(String.init)
  }

  /// What the directory Scenarios of the repository holds.
  private func scenarios(_ session: Session) throws -> [String] {
    try shell(
      session,
      "cd \"$root\" && if [ -e .git ]; then git ls-files Scenarios; else find Scenarios -type f; fi"
    )
    .split(separator: "\n").map(String.init)
  }

  @Test(
    "make install puts everything below DESTDIR and PREFIX, and make uninstall takes it away",
    .enabled(if: Executable.isBuilt))
  func installation() throws {
    let session = Session()
    func make(_ target: String) throws -> String {
      try shell(
        session,
        "make --silent -C \"$root\" \(target) EXECUTABLE=\"$settlesim\" DESTDIR=\"$PWD/staged\" "
          + "PREFIX='/opt/a b'")
    }
    session.write("staged/opt/a b/bin/other", "not ours")
    _ = try make("install")
    let prefix = "staged/opt/a b"
    let own = [
      "bin/settlesim", "share/bash-completion/completions/settlesim",
      "share/fish/vendor_completions.d/settlesim.fish", "share/man/man1/settlesim.1",
      "share/settlesim/installed", "share/zsh/site-functions/_settlesim",
    ]
    let expected = try own + scenarios(session).map { "share/settlesim/" + $0 } + ["bin/other"]
    #expect(
      try files(session, prefix) == expected.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(session.read("\(prefix)/share/man/man1/settlesim.1") == session("manual").output)
    #expect(
      session.read("\(prefix)/share/zsh/site-functions/_settlesim")
        == session("completions", "zsh").output)
    let list = try shell(session, "cd / && \"$OLDPWD/\(prefix)/bin/settlesim\" list scenarios")
    for name in ["smoke", "standard-day", "trace-replay"] { #expect(list.contains(name)) }
    _ = try shell(
      session, "cd / && \"$OLDPWD/\(prefix)/bin/settlesim\" validate --quiet trace-replay")

    // A new version without a scenario of the former one leaves none of it, and nothing of others.
    session.write("\(prefix)/share/settlesim/Scenarios/mine.yaml", tinyScenario)
    session.write("\(prefix)/share/settlesim/Scenarios/old.yaml", tinyScenario)
    _ = try shell(
      session, "echo share/settlesim/Scenarios/old.yaml >> '\(prefix)/share/settlesim/installed'")
    _ = try make("install")
    let again = Set(try files(session, prefix))
    #expect(again == Set(expected + ["share/settlesim/Scenarios/mine.yaml"]))
    _ = try make("uninstall")
    #expect(try files(session, prefix) == ["bin/other", "share/settlesim/Scenarios/mine.yaml"])
    _ = try make("uninstall")
    try FileManager.default.removeItem(
      atPath: session.path("\(prefix)/share/settlesim/Scenarios/mine.yaml"))
  }

  @Test("an executable that does not start is not installed, and what stands there stays")
  func brokenExecutable() throws {
    let session = Session()
    session.write("broken", "#!/bin/sh\nexit 1\n")
    session.write("there/bin/settlesim", "former")
    session.write("there/share/settlesim/installed", "bin/settlesim\n")
    let ended = try session.shell(
      "chmod +x broken; \"$root/.packaging/install.sh\" install \"$PWD/broken\" \"$PWD/there\"",
      ["root": Self.root])
    #expect(ended.code != 0)
    #expect(session.read("there/bin/settlesim") == "former")
  }

  @Test(
    "make deb builds a package that dpkg installs and whose program runs the shipped scenarios",
    .enabled(if: isInstalled("/usr/bin/dpkg-shlibdeps") && Executable.isBuilt))
  func debianPackage() throws {
    let session = Session()
    let text = try shell(
      session,
      """
      export compression=none
      mkdir one two
      make --silent -C "$root" deb EXECUTABLE="$settlesim" DEBIAN="$PWD/one" 2>/dev/null
      (umask 077; TZ=Asia/Tokyo "$root/.packaging/deb.sh" "$settlesim" two 2>/dev/null)
      cmp one/*.deb two/*.deb
      mkdir -p scratch/var/lib/dpkg/info scratch/var/lib/dpkg/updates
      touch scratch/var/lib/dpkg/status scratch/var/lib/dpkg/available
      dpkg --root=scratch --log=log --force-not-root --force-depends --install one/*.deb 2>/dev/null
      dpkg --root=scratch --status settlesim
      (cd scratch && md5sum --check --quiet var/lib/dpkg/info/settlesim.md5sums)
      cd /
      "$OLDPWD/scratch/usr/bin/settlesim" version
      "$OLDPWD/scratch/usr/bin/settlesim" list scenarios
      "$OLDPWD/scratch/usr/bin/settlesim" run smoke --output "$OLDPWD/result" --progress never
      """)
    let version = session("version").output.split(separator: "\n")[0].split(separator: " ")[1]
    #expect(text.contains("Status: install ok installed"))
    #expect(text.contains("\nVersion: \(version)\n") && text.contains("\nsettlesim \(version)\n"))
    for library in ["coinor-libcbc3", "libc6", "libjemalloc2", "libssl3", "libyaml-0-2", "tzdata"] {
      #expect(text.contains(" \(library)"), "\(library)")
    }
    #expect(session.read("result/summary.json")?.contains("\"verdict\": \"passed\"") == true)
    let installed = try files(session, "scratch/usr")
    for file in [
      "bin/settlesim", "share/bash-completion/completions/settlesim",
      "share/doc/settlesim/changelog.gz", "share/doc/settlesim/copyright",
      "share/fish/vendor_completions.d/settlesim.fish", "share/man/man1/settlesim.1.gz",
      "share/settlesim/Scenarios/schema.json", "share/settlesim/Scenarios/traces/retail-sample.csv",
      "share/zsh/vendor-completions/_settlesim",
    ] {
      #expect(installed.contains(file), "\(file)")
    }
    _ = try shell(
      session, "dpkg --root=scratch --log=log --force-not-root --purge settlesim 2>/dev/null")
    #expect(session.names("scratch/usr").isEmpty && session.names("scratch").contains("var"))
  }

  @Test("the Containerfile copies what exists and what .dockerignore lets through")
  func containerfile() throws {
    let session = Session()
    func lines(_ name: String) throws -> [String] {
      try String(contentsOfFile: Self.root + "/" + name, encoding: .utf8)
        .split(separator: "\n").map(String.init)
    }
    let ignored = try lines(".dockerignore")
    let kept = ignored.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) }
    #expect(ignored.contains("*"))
    let needed = [
      ".ci", ".packaging", "CHANGELOG.md", "LICENSE", "Makefile", "Package.swift", "Scenarios",
      "Sources", "Tests",
    ]
    #expect(kept == needed)
    let copied = try lines("Containerfile").filter {
      $0.hasPrefix("COPY ") && !$0.contains("--from")
    }
    .flatMap { $0.split(separator: " ").dropFirst().dropLast().map(String.init) }
    #expect(!copied.isEmpty)
    for path in kept + copied {
      #expect(FileManager.default.fileExists(atPath: Self.root + "/" + path), "\(path)")
    }
    for path in copied where path != "." {
      #expect(kept.contains { path == $0 || path.hasPrefix($0 + "/") }, "\(path)")
    }
    // Package.swift names test targets, so what it names must be there for it to be read.
    _ = try shell(session, "make --dry-run --silent -C \"$root\" deb EXECUTABLE=\"$settlesim\"")
  }

  @Test(
    "the Containerfile is one that hadolint accepts",
    .enabled(if: isInstalled(root + "/.venv/bin/hadolint")))
  func containerSyntax() throws {
    let session = Session()
    #expect(try shell(session, "\"$root/.venv/bin/hadolint\" \"$root/Containerfile\"") == "")
    session.write("Containerfile", "FROM debian:bookworm-slim\nCOPPY a b\n")
    let wrong = try session.shell(
      "\"$root/.venv/bin/hadolint\" Containerfile", ["root": Self.root])
    #expect(wrong.code != 0)
  }

  @Test(
    "another package uses SettleSim and VirtualTime with nothing but their public names",
    .enabled(if: Executable.isBuilt))
  func consumer() throws {
    let session = Session()
    let text = try shell(
      session,
      """
      "$root/Tests/Packages/build-consumer.sh" "$root/.build/debug" "$PWD/consumer"
      ./consumer result
      """)
    #expect(text.contains("a lamp was switched 62 times in an hour\n"))
    #expect(text.contains("corner-shop: passed, 278 payments settled"))
    #expect(text.contains("refused: shop.yaml:2:18: time.duration: expected a duration"))
    let session2 = session("replay", "result")
    #expect(session2.code == 0, "\(session2)")
  }
}
