import Testing

/// Tests of the built program. They run one after the other: each waits for processes that use all cores,
/// and would keep the threads from the tests that run beside them.
@Suite(.serialized) struct ProgramTests {}
