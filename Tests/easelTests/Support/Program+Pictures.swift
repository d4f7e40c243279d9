import Foundation
import Imaging

extension Program {
  /// A picture that was saved.
  func picture(_ name: String) throws -> Image {
    try Picture(readingFrom: folder.appending(path: name).path).image
  }
}
