extension Tensor {
  /// The two one after the other along an axis; their other axes must agree. A negative axis counts
  /// from the last.
  public func concatenated(with other: Tensor, axis: Int) -> Tensor {
    .concatenating([self, other], axis: axis)
  }

  /// At least one tensor, one after the other along an axis; the other axes must agree. A negative
  /// axis counts from the last.
  public static func concatenating(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    precondition(!tensors.isEmpty, "nothing to concatenate")
    let axis = axis < 0 ? tensors[0].shape.rank + axis : axis
    var sizes = tensors[0].shape.sizes
    sizes[axis] = tensors.reduce(0) { $0 + $1.shape[axis] }
    for tensor in tensors {
      var others = tensor.shape.sizes
      others[axis] = sizes[axis]
      precondition(others == sizes, "\(tensor.shape) beside \(tensors[0].shape)")
    }
    let runs = tensors.map { $0.shape.sizes[axis...].reduce(1, *) }
    let period = runs.reduce(0, +)
    return Tensor(
      Shape(sizes), by: .concatenation, items: sizes[..<axis].reduce(1, *), cost: period
    ) { range, output in
      for outer in range {
        var target = output + outer * period
        for (tensor, run) in Swift.zip(tensors, runs) {
          tensor.withPointer { target.update(from: $0 + outer * run, count: run) }
          target += run
        }
      }
    }
  }

  /// At least one tensor of one shape, along a new first axis.
  public static func stacked(_ tensors: [Tensor]) -> Tensor {
    concatenating(tensors.map { $0.reshaped(to: Shape([1] + $0.shape.sizes)) })
  }

  /// A part of an axis; a negative axis counts from the last.
  public func slice(_ range: Range<Int>, axis: Int = 0) -> Tensor {
    let axis = axis < 0 ? shape.rank + axis : axis
    precondition(
      range.lowerBound >= 0 && range.upperBound <= shape[axis],
      "\(range) of axis \(axis) of \(shape)")
    var sizes = shape.sizes
    sizes[axis] = range.count
    let unit = shape.sizes[(axis + 1)...].reduce(1, *)
    let (run, period) = (range.count * unit, shape[axis] * unit)
    return Tensor(Shape(sizes), by: .slice, items: sizes[..<axis].reduce(1, *), cost: run) {
      outers, output in
      withPointer { source in
        for outer in outers {
          (output + outer * run).update(
            from: source + outer * period + range.lowerBound * unit, count: run)
        }
      }
    }
  }
}
