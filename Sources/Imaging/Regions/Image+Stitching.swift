import Tensor

extension Image {
  /// A part of the picture, brought to the size that it is worked on.
  public func cropped(to region: PixelRegion, size: (width: Int, height: Int)?) -> Image {
    let crop = cropped(to: region)
    guard let size else { return crop }
    return crop.resized(toWidth: size.width, height: size.height)
  }

  /// Puts a part back that has been worked on, as much as the mask says.
  ///
  /// A pixel keeps its bits where the mask is 0, beside the region, and where nothing that it would be made of
  /// has changed: a part that was only cropped and brought to a size goes back without a trace.
  ///
  /// - Parameters:
  ///   - crop: what `cropped(to:size:)` gave, changed.
  ///   - mask: of the size of the whole picture.
  /// - Throws: `RegionError` where no pixel of the region is in the picture.
  public func stitching(
    _ crop: Image, at region: PixelRegion, through mask: Mask
  ) throws(RegionError) -> Image {
    precondition((mask.width, mask.height) == (width, height), "a mask of another size")
    return try stitching(crop, at: region, through: mask, in: size.region)
  }

  /// The same through a mask of a part of the picture, which is 0 beside that.
  ///
  /// - Parameter place: where the mask lies, of its size.
  func stitching(
    _ crop: Image, at region: PixelRegion, through mask: Mask, in place: PixelRegion
  ) throws(RegionError) -> Image {
    guard let seen = region.intersection(size.region) else {
      throw .apart(region, width: width, height: height)
    }
    guard let part = seen.intersection(place) else { return self }
    let before = cropped(to: region, size: (crop.width, crop.height)).brought(to: region)
    let after = crop.brought(to: region)
    return Image(
      pixels: Tensor([height, width, 3]) { target in
        pixels.withElements { _ = target.update(from: $0) }
        Seam(region: region, part: part, before: before, after: after, mask: mask, place: place)
          .close(in: target, width: width)
      })
  }

  private func brought(to region: PixelRegion) -> Image {
    resized(toWidth: region.width, height: region.height)
  }
}

/// A part of a picture before and after it was worked on, in its own size.
private struct Seam {
  let region: PixelRegion
  /// What of it is in the picture and in the mask.
  let part: PixelRegion
  let before: Image
  let after: Image
  let mask: Mask
  /// Where the mask lies.
  let place: PixelRegion

  /// - Parameter picture: `[H, width, 3]`, which holds the whole picture.
  func close(in picture: UnsafeMutableBufferPointer<Float>, width: Int) {
    before.pixels.withElements { before in
      after.pixels.withElements { after in
        mask.values.withElements { weights in
          for y in part.rows {
            for x in part.columns {
              let weight = weights[(y - place.y) * mask.width + x - place.x]
              let source = ((y - region.y) * region.width + x - region.x) * 3
              guard weight > 0,
                (source..<source + 3).contains(where: { before[$0] != after[$0] })
              else { continue }
              for channel in 0..<3 {
                let index = (y * width + x) * 3 + channel
                picture[index] = mix(picture[index], after[source + channel], weight)
              }
            }
          }
        }
      }
    }
  }

  /// `new` exactly where all of it is wanted.
  private func mix(_ old: Float, _ new: Float, _ weight: Float) -> Float {
    weight >= 1 ? new : old + weight * (new - old)
  }
}
