import ArgumentParser

@main
struct Easel: ParsableCommand {
}
