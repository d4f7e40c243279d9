import ProgramFolder

/// The merges of CLIP's tokenizer, for models in single files, which carry none. They are looked for when such a
/// model encodes a text, not before.
public enum CLIPVocabulary {
  /// The merges' file, the first to be merged first; nil where the program was moved without its resources.
  public static let merges = ProgramFolder.resources(ofTarget: "CLIPVocabulary").map {
    $0 + "/vocabulary/merges.txt"
  }
}
