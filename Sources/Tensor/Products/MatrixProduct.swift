import COpenBLAS

/// A row-major matrix inside some memory.
struct MatrixView {
  let start: UnsafePointer<Float>
  let rows: Int
  let columns: Int
  /// The elements from one row to the next.
  let stride: Int
}

/// `c = a · b`, on this thread; with `isAdded`, `c += a · b`.
func product(
  _ a: MatrixView, _ b: MatrixView, into c: UnsafeMutablePointer<Float>, stride: Int,
  isAdded: Bool
) {
  guard a.rows > fewRows else {
    return productRowByRow(a, b, into: c, stride: stride, isAdded: isAdded)
  }
  _ = singleThreadedOpenBLAS
  cblas_sgemm(
    CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(a.rows), Int32(b.columns), Int32(a.columns),
    1, a.start, Int32(a.stride), b.start, Int32(b.stride), isAdded ? 1 : 0, c, Int32(stride))
}

private func productRowByRow(
  _ a: MatrixView, _ b: MatrixView, into c: UnsafeMutablePointer<Float>, stride: Int,
  isAdded: Bool
) {
  _ = singleThreadedOpenBLAS
  for row in 0..<a.rows {
    cblas_sgemv(
      CblasRowMajor, CblasTrans, Int32(b.rows), Int32(b.columns), 1, b.start, Int32(b.stride),
      a.start + row * a.stride, 1, isAdded ? 1 : 0, c + row * stride, 1)
  }
}

/// Up to here, packing the second matrix costs more than reading it once for each row.
private let fewRows = 3

/// OpenBLAS is called from the pool's threads, and must not start its own.
private let singleThreadedOpenBLAS: Void = openblas_set_num_threads(1)
