import Engine

/// Every node that Easel has, by subject.
public let library = NodeLibrary([])
