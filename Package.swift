// swift-tools-version: 6.2

import PackageDescription

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "easel",
  products: [.executable(name: "easel", targets: ["easel"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.3.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(
      name: "CFreeType", pkgConfig: "freetype2", providers: [.apt(["libfreetype-dev"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CWebP", pkgConfig: "libwebp", providers: [.apt(["libwebp-dev"])]),
    .systemLibrary(name: "CLCMS", pkgConfig: "lcms2", providers: [.apt(["liblcms2-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("png")]),
    .target(name: "CJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "CKernels"),

    .target(name: "Tensor", dependencies: ["CKernels", "COpenBLAS"]),
    .target(
      name: "Imaging",
      dependencies: [
        "Tensor", "CPNG", "CJPEG", "CWebP", "CLCMS", "CFreeType", "CExpat", "DefaultFont",
      ]),
    .target(name: "Diffusion", dependencies: ["Tensor", "CLIPVocabulary"]),
    .target(name: "Graph", dependencies: ["CYAML"]),
    .target(name: "Engine", dependencies: ["Graph", crypto, heap, system]),
    .target(name: "ProgramFolder"),
    .target(
      name: "DefaultModel", dependencies: ["ProgramFolder"], exclude: ["README.md"],
      resources: [.copy("model"), .copy("companions")]),
    .target(
      name: "DefaultFont", dependencies: ["ProgramFolder"], exclude: ["README.md"],
      resources: [.copy("font")]),
    .target(
      name: "CLIPVocabulary", dependencies: ["ProgramFolder"], exclude: ["README.md"],
      resources: [.copy("vocabulary")]),
    .target(
      name: "DefaultStyles", dependencies: ["ProgramFolder"], resources: [.copy("styles")]),
    .target(
      name: "Nodes",
      dependencies: [
        "Engine", "Graph", "Imaging", "Diffusion", "Tensor", "DefaultModel", "DefaultStyles",
      ],
      path: "Nodes"),
    .executableTarget(
      name: "easel", dependencies: ["Nodes", "Engine", "Graph", "Imaging", "Diffusion", arguments]),

    .testTarget(name: "TensorTests", dependencies: ["Tensor"]),
    .testTarget(
      name: "ImagingTests", dependencies: ["Imaging", "Tensor"], resources: [.copy("Fixtures")]),
    .testTarget(
      name: "DiffusionTests", dependencies: ["Diffusion", "Tensor", "DefaultModel"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "GraphTests", dependencies: ["Graph"], exclude: ["Corpus"]),
    .testTarget(name: "EngineTests", dependencies: ["Engine", "Graph"]),
    .testTarget(
      name: "NodesTests",
      dependencies: ["Nodes", "Engine", "Graph", "Imaging", "Diffusion", "Tensor"]),
    .testTarget(
      name: "easelTests", dependencies: ["easel", "Engine", "Graph", "Imaging", "Tensor"]),
  ],
  swiftLanguageModes: [.v6]
)
