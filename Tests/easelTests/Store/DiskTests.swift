import Foundation
import Testing

extension ProgramTests {
  /// Whatever is the matter with the cache's disk, the picture comes out, and what is wrong is said
  /// at most once.
  struct DiskTests {
    /// Something that is the matter.
    struct Trouble: Sendable, CustomTestStringConvertible {
      var testDescription: String
      /// Lines of shell in which `$run` runs the graph once, with the folder `cache` as its cache.
      var script: String
      /// How many times the cache is said not to be writable, in all runs of the script.
      var notes: ClosedRange<Int>

      init(_ description: String, notes: ClosedRange<Int>, _ script: String) {
        (testDescription, self.script, self.notes) = (description, script, notes)
      }
    }

    static let troubles = [
      Trouble("none", notes: 0...0, "$run; $run"),
      Trouble("a file in the folder's place", notes: 1...1, "touch cache; $run"),
      Trouble(
        "a file in the place of a folder in it", notes: 1...1, "mkdir cache; touch cache/v2; $run"),
      Trouble(
        "a file in the place of the values' folder", notes: 1...1,
        "mkdir -p cache/v2; touch cache/v2/objects; $run"),
      Trouble("a link to nowhere", notes: 1...1, "ln -s nowhere cache; $run"),
      Trouble("a link in a circle", notes: 1...1, "ln -s cache cache; $run"),
      Trouble("files that may not grow", notes: 1...1, "ulimit -f 16; $run"),
      Trouble(
        "a folder that goes away all the time", notes: 0...1,
        "(while [ $SECONDS -lt 5 ]; do rm -rf cache || true; done) & $run; kill $!"),
      Trouble(
        "a folder that goes away between two runs", notes: 0...0, "$run; rm -rf cache out; $run"),
      Trouble(
        "values that may not be read", notes: 0...0,
        """
        $run; chmod 000 cache/v2/objects/*/*; rm -rf out; $restricted $run; rm -rf out
        $restricted $run 2>&1 | grep 'small  cached'
        """),
      Trouble(
        "a folder that may not be written", notes: 1...1,
        "mkdir cache; chmod 555 cache; $restricted $run; chmod 755 cache"),
      Trouble(
        "a full cache that may not be written", notes: 0...0,
        "$run; chmod -R a-w cache; rm -rf out; $restricted $run; chmod -R u+w cache"),
      Trouble(
        "records that may not be read", notes: 1...1,
        "$run; chmod -R 000 cache/v2/records; rm -rf out; $restricted $run || true; chmod -R 755 cache"
      ),
      Trouble(
        "times in 1970 and after", notes: 0...0,
        """
        for time in 1970-01-01 2170-01-01; do
        $run; find cache -exec touch -d $time {} +; $run 2>&1 | grep 'small  cached'
        easel cache prune --to 1k; done; $run
        """),
    ]

    /// Root may do what it is forbidden, unless it gives that up.
    private static let restricted =
      getuid() == 0 ? "setpriv --bounding-set=-dac_override,-dac_read_search" : ""

    @Test(arguments: troubles) func thePictureComesOut(in trouble: Trouble) throws {
      try withFolder { program in try expectPicture(program, trouble) }
    }

    /// Whether there can be file systems of a test's own.
    private static let canMount =
      (try? withFolder { try $0.shell("unshare -rm mount -t tmpfs none .").status }) == 0

    static let disks = [
      Trouble(
        "a disk that fills up", notes: 1...1,
        "mkdir cache; mount -t tmpfs -o size=96k none cache; $run"),
      Trouble(
        "a disk without room for a file", notes: 1...1,
        "mkdir cache; mount -t tmpfs -o nr_inodes=2 none cache; $run"),
      Trouble(
        "a disk that cannot be written", notes: 1...1,
        "mkdir cache; mount -t tmpfs -o ro none cache; $run"),
      Trouble(
        "a disk of its own", notes: 0...0,
        "mkdir cache; mount -t tmpfs none cache; $run; rm -r out; $run 2>&1 | grep 'small  cached'"),
      Trouble(
        "a disk of its own for the outputs", notes: 0...0,
        "mkdir out; mount -t tmpfs none out; $run; cp -r out kept; umount out; mv kept/* out"),
    ]

    @Test(.enabled(if: canMount), arguments: disks)
    func thePictureComesOut(on disk: Trouble) throws {
      try withFolder { program in
        var disk = disk
        disk.script = "unshare -rm bash -euc \"$(cat <<'END'\n\(disk.script)\nEND\n)\""
        try expectPicture(program, disk)
      }
    }

    private func expectPicture(_ program: Program, _ trouble: Trouble) throws {
      let graph = try SmallGraph(in: program)
      let clean = try program.easel("run", graph.file.path, "--no-cache", "--out", "clean")
      #expect(clean.status == 0)
      let result = try program.shell(
        """
        export run="easel run small.yaml --out out" restricted="\(Self.restricted)"
        \(trouble.script)
        """)
      #expect(result.status == 0, "\(result.errors)")
      let expected = try Data(contentsOf: program.folder.appending(path: "clean/image.png"))
      #expect(try graph.picture() == expected)
      let notes = result.errors.split(separator: "\n").filter { $0.hasPrefix("note: ") }
      #expect(trouble.notes.contains(notes.count), "\(result.errors)")
      #expect(notes.allSatisfy { $0.contains("cannot be written") }, "\(notes)")
    }
  }
}
