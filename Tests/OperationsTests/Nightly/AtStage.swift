import Operations
import Synchronization

/// Does something once, at the beginning of a stage.
final class AtStage: ProgressDisplay {
    private let stage: String
    private let action: Mutex<(@Sendable () -> Void)?>

    init(_ stage: String, _ action: @escaping @Sendable () -> Void) {
        self.stage = stage
        self.action = Mutex(action)
    }

    func begin(_ stage: ProgressStage) {
        guard stage.title.hasPrefix(self.stage) else { return }
        let due = action.withLock { action in
            defer { action = nil }
            return action
        }
        due?()
    }
    func advance(_ stage: ProgressStage, done: Int, total: Int?) {}
    func note(_ stage: ProgressStage, _ part: String) {}
    func end(_ stage: ProgressStage, result: String) {}
    func warn(_ message: String) {}
}
