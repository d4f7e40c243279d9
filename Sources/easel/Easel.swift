import ArgumentParser
import Glibc
import Nodes
import Tensor

/// The program: a command a file, in Commands/.
@main
struct Easel: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "easel",
    abstract: "Makes and edits pictures from graphs of nodes, written in YAML.",
    discussion: """
      A graph names its inputs, its nodes and its outputs. `easel check` judges it like a compiler, \
      `easel run` executes it with diffusion models on the CPU, and what was computed once is not \
      computed again, not even by the next process.

      EXAMPLES
        easel new portrait my-portrait
        easel run portrait.yaml --set 'prompt=a sad person' --out out
        easel check graph.yaml
        easel plan graph.yaml
        easel graph graph.yaml --out graph.svg
        easel nodes sample
        easel models

      EXIT CODES
        0    everything went well
        1    a graph, a model or the cache has errors, which are printed
        3    a node failed while the graph ran
        4    a picture that was made again came out differently
        64   the command line is wrong
        130  interrupted

      ENVIRONMENT
        EASEL_CACHE   the cache folder, instead of ~/.cache/easel
        EASEL_MODELS  the folders that models are in, with `:` between them
        HF_HUB_CACHE  the Hugging Face cache, instead of $HF_HOME/hub or ~/.cache/huggingface/hub
        EASEL_CPU     the kernels to compute with, instead of the fastest: avx512-vnni, avx512, avx2-vnni,
                      avx2, neon, portable or openblas
        NO_COLOR      set to anything: no colours
      """,
    version: version,
    subcommands: [
      NewCommand.self, CheckCommand.self, RunCommand.self, PlanCommand.self, ExplainCommand.self,
      GraphCommand.self, NodesCommand.self, SchemaCommand.self, InspectCommand.self,
      ModelsCommand.self, LockCommand.self, CacheCommand.self, BenchCommand.self,
    ])

  /// A file that may not grow further is one that cannot be written, and not the program's end.
  static func main() {
    signal(SIGXFSZ, SIG_IGN)
    if let kernels = Kernels.missing {
      printError("error: \(kernels)")
      exit(withError: ExitCode.validationFailure)
    }
    ModelLocation.$search.withValue(.easel) { main(nil) }
  }
}
