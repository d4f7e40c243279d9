import Foundation
public enum DefaultModel { public static var path: String? { Bundle.module.path(forResource: "model", ofType: nil) } }
