import Glibc
import Host

/// The symbolic link `latest` among the results of a scenario, to the one that was made last.
public enum LatestResult {
  /// The name of the link.
  public static let name = "latest"

  /// Lets the link beside the result at `path` name it, in one step. What stands there and is no
  /// symbolic link stays, and is an error.
  public static func point(to path: String) throws(OutputError) {
    let place = try ResultPath(path)
    let link = place.parent + "/" + name
    if let status = try Posix.status(link), !status.isSymbolicLink {
      throw OutputError(.refused, link, "something that is no symbolic link is in the way")
    }
    let partial = place.partial + ".latest"
    unlink(partial)
    guard symlink(place.name, partial) == 0 else {
      throw OutputError("create the link", partial, errno: errno)
    }
    guard rename(partial, link) == 0 else {
      let error = OutputError("create the link", link, errno: errno)
      unlink(partial)
      throw error
    }
  }
}
