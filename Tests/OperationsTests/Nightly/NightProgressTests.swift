import Operations
import Synchronization
import Testing

@Suite("Progress of a night")
struct NightProgressTests {
    @Test("is told while findings are gathered for the report, too")
    func gathers() async throws {
        try await NightScene.play { scene in
            let progress = BegunStages()
            try await scene.night(progress: progress)

            let stages = ["compare counterparty", "gather counterparty", "report"]
            #expect(progress.titles.filter(stages.contains) == stages)
        }
    }
}

/// Remembers which stages began.
private final class BegunStages: ProgressDisplay {
    private let begun = Mutex<[String]>([])

    var titles: [String] { begun.withLock { $0 } }

    func begin(_ stage: ProgressStage) { begun.withLock { $0.append(stage.title) } }
    func advance(_ stage: ProgressStage, done: Int, total: Int?) {}
    func note(_ stage: ProgressStage, _ part: String) {}
    func end(_ stage: ProgressStage, result: String) {}
    func warn(_ message: String) {}
}
