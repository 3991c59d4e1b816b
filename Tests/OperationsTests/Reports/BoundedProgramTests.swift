import Testing

@testable import Operations

@Suite("A program that may hang", .timeLimit(.minutes(10)))
struct BoundedProgramTests {
    /// Lasts an hour and does not end when it is asked to.
    private let stubborn = ["-c", "trap '' TERM; exec sleep 3600"]

    @Test("that ends brings its exit code")
    func ends() async throws {
        #expect(try await BoundedProgram(name: "sh", arguments: ["-c", "exit 3"]).run() == 3)
    }

    @Test("is killed at the limit when it does not end by itself")
    func limited() async throws {
        let program = BoundedProgram(
            name: "sh", arguments: stubborn, limit: .milliseconds(100), grace: .milliseconds(100))
        #expect(try await program.run() == nil)
    }

    @Test("is killed when nobody waits for it any more, also before it has begun")
    func cancelled() async {
        let program = BoundedProgram(
            name: "sh", arguments: stubborn, grace: .milliseconds(100))
        let task = Task { try await program.run() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
