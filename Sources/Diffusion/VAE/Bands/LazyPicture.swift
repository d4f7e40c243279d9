import Tensor

/// A picture that is kept in memory.
final class StoredPicture {
  let storage: PictureStorage
  /// Its statistics, where a step needs them.
  let moments: ChannelMoments?

  init(_ storage: PictureStorage, moments: ChannelMoments?) {
    self.storage = storage
    self.moments = moments
  }
}

/// A picture `[1, H, W, C]` that is stored, or made from what is stored whenever it is read.
indirect enum LazyPicture {
  case stored(StoredPicture)
  /// Some channels of what is stored.
  case channels(PictureStorage, Range<Int>)
  case convolved(LazyPicture, BandKernel)
  /// A shortcut's output and a hidden picture, channels beside channels.
  case paired(LazyPicture, hidden: LazyPicture, Linear)
  /// A resnet's second convolution of a hidden picture, plus what went in or what a shortcut makes of it.
  case residual(LazyPicture, hidden: LazyPicture, BandKernel, Linear?)

  /// Begins to read it.
  ///
  /// - Parameter target: memory that is written over meanwhile, band by band behind what was read.
  func read(over target: PictureStorage? = nil) -> any BandReader {
    switch self {
    case .stored(let picture):
      StoredReader(picture.storage, isOverwritten: picture.storage === target)
    case .channels(let storage, let range):
      StoredReader(storage, channels: range, isOverwritten: storage === target)
    case .convolved(let picture, let kernel):
      ConvolvingReader(BandBuffer(picture.read(over: target)), kernel)
    case .paired(let input, let hidden, let shortcut):
      pairingReader(input, hidden, shortcut, over: target)
    case .residual(let input, let hidden, let kernel, let shortcut):
      residualReader(input, hidden, kernel, shortcut, over: target)
    }
  }

  /// Makes the input only once where the hidden picture is made from it too. Otherwise no line of a stored
  /// input is read after it was written over.
  private func residualReader(
    _ input: LazyPicture, _ hidden: LazyPicture, _ kernel: BandKernel, _ shortcut: Linear?,
    over target: PictureStorage?
  ) -> any BandReader {
    let isShared = hidden.isConvolution
    let isStored = input.storage != nil
    let buffer = BandBuffer(input.read(over: isStored && !isShared ? nil : target))
    return ConvolvingReader(
      BandBuffer(hidden.sharing(buffer) ?? hidden.read(over: target)), kernel,
      plus: ConvolvingReader.Residual(input: buffer, shortcut: shortcut))
  }

  private func pairingReader(
    _ input: LazyPicture, _ hidden: LazyPicture, _ shortcut: Linear, over target: PictureStorage?
  ) -> any BandReader {
    let buffer = BandBuffer(input.read(over: target))
    return PairingReader(
      buffer, hidden: hidden.sharing(buffer) ?? hidden.read(over: target), shortcut: shortcut)
  }

  private var isConvolution: Bool {
    if case .convolved = self { true } else { false }
  }

  /// Reads a convolution of what a buffer has, which someone else lets go of; nil for other pictures.
  private func sharing(_ buffer: BandBuffer) -> (any BandReader)? {
    guard case .convolved(_, let kernel) = self else { return nil }
    return ConvolvingReader(buffer, kernel, ownsInput: false)
  }

  /// Its statistics: kept, or gathered by making it once.
  var moments: ChannelMoments {
    if case .stored(let picture) = self, let moments = picture.moments { return moments }
    let reader = read()
    let moments = ChannelMoments(samples: 1, channels: reader.shape[3])
    for _ in Bands.ranges(lines: reader.shape[1], width: reader.shape[2]) {
      moments.add(reader.next())
    }
    return moments
  }

  /// The memory of a picture that is stored as it is.
  var storage: PictureStorage? {
    guard case .stored(let picture) = self else { return nil }
    return picture.storage
  }

  /// The memory of another picture, where it is stored and has room for this one.
  func room(in other: LazyPicture) -> PictureStorage? {
    guard let storage = other.storage, read().shape.count <= storage.shape.count else { return nil }
    return storage
  }

  /// All of it.
  var tensor: Tensor { (storage ?? stored(withMoments: false).storage).tensor }

  /// Makes it and keeps it.
  ///
  /// - Parameter storage: memory to write over, of something that the picture may be made from: it is read
  ///   ahead of what is written. Nil for fresh memory.
  func stored(over storage: PictureStorage? = nil, withMoments: Bool) -> StoredPicture {
    let reader = read(over: storage)
    let storage = storage ?? PictureStorage(reader.shape)
    let moments = withMoments ? ChannelMoments(samples: 1, channels: reader.shape[3]) : nil
    storage.beginWriting()
    for lines in Bands.ranges(lines: reader.shape[1], width: reader.shape[2]) {
      let band = reader.next(into: storage, at: lines.lowerBound)
      moments?.add(band)
    }
    storage.become(reader.shape)
    return StoredPicture(storage, moments: moments)
  }
}
