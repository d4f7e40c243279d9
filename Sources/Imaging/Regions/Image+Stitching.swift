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
    let rows = region.rows.clamped(to: 0..<height)
    let columns = region.columns.clamped(to: 0..<width)
    guard !rows.isEmpty, !columns.isEmpty else {
      throw .apart(region, width: width, height: height)
    }
    let before = cropped(to: region, size: (crop.width, crop.height)).brought(to: region)
    let after = crop.brought(to: region)
    return Image(
      pixels: Tensor([height, width, 3]) { target in
        pixels.withElements { _ = target.update(from: $0) }
        Seam(
          region: region, rows: rows, columns: columns, before: before, after: after, mask: mask
        ).close(in: target)
      })
  }

  private func brought(to region: PixelRegion) -> Image {
    resized(toWidth: region.width, height: region.height)
  }
}

/// A part of a picture before and after it was worked on, in its own size.
private struct Seam {
  let region: PixelRegion
  let rows: Range<Int>
  let columns: Range<Int>
  let before: Image
  let after: Image
  let mask: Mask

  /// - Parameter picture: `[H, W, 3]`, which holds the whole picture.
  func close(in picture: UnsafeMutableBufferPointer<Float>) {
    before.pixels.withElements { before in
      after.pixels.withElements { after in
        mask.values.withElements { weights in
          for y in rows {
            for x in columns {
              let place = y * mask.width + x
              let source = ((y - region.y) * region.width + x - region.x) * 3
              guard weights[place] > 0,
                (source..<source + 3).contains(where: { before[$0] != after[$0] })
              else { continue }
              for channel in 0..<3 {
                let index = place * 3 + channel
                picture[index] = mix(picture[index], after[source + channel], weights[place])
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
