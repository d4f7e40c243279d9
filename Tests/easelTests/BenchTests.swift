import Foundation
import Testing

extension ProgramTests {
  /// `easel bench`.
  struct BenchTests {
    @Test func unitsAreListed() throws {
      try withFolder { program in
        let list = try program.easel("bench", "--list", "kernel", "--format", "json").events()
        #expect(list.count > 50)
        #expect(list.allSatisfy { $0["group"] as? String == "kernel" })
        #expect(
          list.first { $0["unit"] as? String == "linear-77x768x768" }?["operations"] as? Int
            == 2 * 77 * 768 * 768)
        let all = try program.easel("bench", "--list").output
        for unit in ["sd15-unet", "vae-decode-512", "portrait"] { #expect(all.contains(unit)) }
      }
    }

    @Test func aUnitIsTimed() throws {
      try withFolder { program in
        let result = try program.easel(
          "bench", "linear-77x768x768", "--runs", "3", "--threads", "2", "--format", "json")
        let figures = try #require(result.events().first)
        func number(_ key: String) -> Double { (figures[key] as? NSNumber)?.doubleValue ?? .nan }
        #expect(figures["unit"] as? String == "linear-77x768x768")
        #expect(figures["group"] as? String == "kernel")
        #expect(number("runs") == 3 && number("threads") == 2)
        #expect(number("operations") == 2 * 77 * 768 * 768)
        #expect(number("minSeconds") > 0 && number("minSeconds") <= number("medianSeconds"))
        #expect(number("medianSeconds") <= number("maxSeconds"))
        #expect(number("firstSeconds") > 0 && number("preparationSeconds") > 0)
        #expect(number("peakMemoryBytes") > 1e6)
        #expect(number("machineOperationsPerSecond") > 1e8)
      }
    }

    @Test func figuresStandInATable() throws {
      try withFolder { program in
        let lines = try program.easel("bench", "layer-norm", "--runs", "1", "--threads", "1").output
          .split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].contains(/at most \d+\.\d GFLOP\/s of f32 with one thread/))
        #expect(lines[1].contains(/unit +median +min\.\.max +runs +first +rate +of peak +memory/))
        #expect(lines[2].contains(/layer-norm-8192x320 .*GB\/s +- +\d/))
        #expect(Set(lines.dropFirst().map(\.count)).count == 1)
      }
    }

    @Test func theFirstRunAloneCanBeTimed() throws {
      try withFolder { program in
        let result = try program.easel(
          "bench", "--model", Program.model.path, "text-encoder-2", "--runs", "0", "--format",
          "json")
        let figures = try #require(result.events().first)
        #expect(figures["runs"] as? Int == 0)
        #expect(figures["medianSeconds"] == nil)
        #expect(figures["firstSeconds"] != nil)
      }
    }

    @Test func whatIsMeantByAWrongNameIsSaid() throws {
      try withFolder { program in
        let wrong = try program.easel("bench", "sd15-unte")
        #expect(wrong.status == 64)
        #expect(wrong.errors.contains("there is no unit `sd15-unte`; did you mean `sd15-unet`?"))
        let model = try program.easel("bench", "--model", "nowhere")
        #expect(model.status == 1)
        #expect(model.errors.contains("nowhere/unet/config.json"))
        #expect(try program.easel("bench", "--runs", "-1").status == 64)
      }
    }

    /// As `Benchmarks/compare.py` asks.
    @Test func unitsAreRunAsTheyAreAskedFor() throws {
      try withFolder { program in
        let asked = "printf 'linear-77x768x768\\nnothing\\nlinear-77x768x768\\n'"
        let answers = try program.shell("\(asked) | easel bench --server").events()
        #expect(answers.map { $0["unit"] as? String }.count == 3)
        #expect(answers[0]["seconds"] is NSNumber && answers[2]["seconds"] is NSNumber)
        #expect((answers[1]["error"] as? String)?.contains("there is no unit `nothing`") == true)
      }
    }
  }
}
