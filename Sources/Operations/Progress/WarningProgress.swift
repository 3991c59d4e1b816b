/// Hands on warnings only: for what runs every few minutes.
struct WarningProgress: ProgressDisplay {
    private let progress: any ProgressDisplay

    init(_ progress: any ProgressDisplay) { self.progress = progress }

    func begin(_ stage: ProgressStage) {}
    func advance(_ stage: ProgressStage, done: Int, total: Int?) {}
    func note(_ stage: ProgressStage, _ part: String) {}
    func end(_ stage: ProgressStage, result: String) {}
    func inform(_ message: String) {}
    func warn(_ message: String) { progress.warn(message) }
}
