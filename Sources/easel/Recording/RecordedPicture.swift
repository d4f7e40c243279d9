import FoundationEssentials
import Imaging
import Nodes

/// A picture that Easel saved, with what it says of itself.
struct RecordedPicture {
  var path: String
  var bytes: [UInt8]
  var picture: Picture
  var record: PictureRecord

  /// Whether a file begins as pictures do; false for what cannot be read.
  static func isPicture(_ path: String) -> Bool {
    do {
      _ = try ImageHeader(readingFrom: path)
      return true
    } catch let error as ImageFileError {
      switch error.problem {
      case .unreadable, .notARegularFile, .empty, .unknownFormat: return false
      case .noHeader, .noPixels, .tooLarge, .sampleDepth, .animated, .broken: return true
      }
    } catch {
      return false
    }
  }

  /// Throws `UnusableRecord`, and `ImageFileError` where the picture is broken.
  init(readingFrom path: String) throws {
    self.path = path
    bytes = Array(try Data(contentsOf: URL(filePath: path)))
    picture = try Picture(decoding: bytes, path: path)
    guard let text = picture.text.last(where: { $0.keyword == recordKeyword })?.text else {
      throw UnusableRecord(path: path, problem: .absent)
    }
    record = try Self.record(Data(text.utf8), of: path)
  }

  private static func record(_ json: Data, of path: String) throws -> PictureRecord {
    let decoder = JSONDecoder()
    guard let version = try? decoder.decode(Version.self, from: json) else {
      throw UnusableRecord(path: path, problem: .damaged)
    }
    guard let number = version.record, number <= PictureRecord.version else {
      throw UnusableRecord(
        path: path,
        problem: version.record == nil ? .tooOld : .tooNew(program: version.easel ?? "unknown"))
    }
    guard let record = try? decoder.decode(PictureRecord.self, from: json),
      record.sources[record.graph] != nil
    else { throw UnusableRecord(path: path, problem: .damaged) }
    return record
  }

  /// What every version of the record says.
  private struct Version: Decodable {
    var record: Int?
    var easel: String?
  }
}

/// A picture that cannot be made again because of what it says, or does not say, of itself.
struct UnusableRecord: Error, CustomStringConvertible {
  enum Problem: Equatable {
    case absent
    case damaged
    case tooOld
    case tooNew(program: String)
  }

  var path: String
  var problem: Problem

  var description: String {
    switch problem {
    case .absent:
      "\(path): the picture does not say how it was made; give the graph's file (programs that edit pictures "
        + "often drop the text `\(recordKeyword)`)"
    case .damaged: "\(path): what the picture says of how it was made is damaged"
    case .tooOld:
      "\(path): the picture was made by an Easel that did not record enough to make it again"
    case .tooNew(let program):
      "\(path): the picture was made by easel \(program), which records more than this, easel \(Easel.version), "
        + "can read"
    }
  }
}
