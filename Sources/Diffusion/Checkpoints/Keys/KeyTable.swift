/// What a layout of files calls the tensors of one part of a model.
///
/// The models ask for every tensor by the name that diffusers, for text encoders transformers, gives it: no model
/// knows of layouts.
protocol KeyTable: Sendable {
  /// Where a tensor is, by the model's name of it. A name that the layout knows nothing of stays as it is, so that
  /// it is missed by that name.
  func place(of key: String) -> StoredPlace

  /// Whether files of this layout hold such a tensor though no model uses it.
  func isKnownExtra(_ key: String) -> Bool
}

/// Where a file holds a tensor, and in which form.
struct StoredPlace: Equatable, Sendable {
  /// Its key in the file, without what stands before all keys of the part.
  let key: String
  var form = StoredForm.whole
}

/// The layout that the models themselves follow: that of diffusers and transformers.
struct DiffusersKeys: KeyTable {
  func place(of key: String) -> StoredPlace { StoredPlace(key: key) }

  /// Old text encoders keep the numbers of their positions, and CLIP has what only its picture half needs.
  func isKnownExtra(_ key: String) -> Bool {
    key.hasSuffix("position_ids") || key == "logit_scale" || key == "text_projection.weight"
  }
}

/// What the keys of one part are called, and what stands before them: `model.diffusion_model.`.
struct WeightLayout: Sendable {
  var prefix = ""
  var keys: any KeyTable = DiffusersKeys()

  /// Where a tensor is, with its whole key.
  func place(of key: String) -> StoredPlace {
    let place = keys.place(of: key)
    return prefix.isEmpty ? place : StoredPlace(key: prefix + place.key, form: place.form)
  }

  /// Whether a whole key is a known extra.
  func isKnownExtra(_ key: String) -> Bool {
    keys.isKnownExtra(String(key.dropFirst(prefix.utf8.count)))
  }
}
