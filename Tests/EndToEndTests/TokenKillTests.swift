import Foundation
import Sandbox
import TestSupport
import Testing

@Suite("Tokens of an application after kill -9", .timeLimit(.minutes(2)))
struct TokenKillTests {
    private let program = BuiltProgram()

    /// A portal, the relay before its token server, and a program that was let in.
    private func play(
        _ change: (inout PortalOptions) -> Void,
        _ body: (Sandbox, TokenRelay, TemporaryFolder) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        var options = SandboxOptions(world: WorldOptions(size: 20, seed: 3))
        options.portal.requestsPerSecond = nil
        // Too short to begin a call with, so that each run exchanges its tokens first.
        options.portal.accessLifetime = 60
        change(&options.portal)
        let sandbox = Sandbox(options)
        let addresses = try await sandbox.start()
        let address = try #require(URLComponents(string: addresses.bitrixREST))
        let relay = try TokenRelay(to: UInt16(try #require(address.port)))
        do {
            _ = try folder.write("id,ФИО\n1,Иванова Анна\n", to: "left/user.csv")
            _ = try folder.write(
                """
                data: data
                entities: [user]
                sources:
                  left: {name: 1c, kind: files, folder: left}
                  right:
                    name: portal
                    kind: bitrix24
                    url: "http://127.0.0.1:\(address.port ?? 0)"
                    requests_per_second: 0
                    application:
                      client_id: \(addresses.clientID)
                      client_secret: \(addresses.clientSecret)
                      server: "http://127.0.0.1:\(relay.port)"
                      key: "\(String(repeating: "0f", count: 32))"

                """, to: "sverka.yaml")
            let letIn = try await program.run(
                ["authorize"], in: folder.url, input: sandbox.authorizationCode() + "\n")
            try #require(letIn.exitCode == 0, "\(letIn.errors)")
            try await body(sandbox, relay, folder)
        } catch {
            relay.stop()
            await sandbox.stop()
            throw error
        }
        relay.stop()
        await sandbox.stop()
    }

    /// Starts a check and kills it when the answer to its exchange has arrived and is not written.
    private func killed(_ relay: TokenRelay, in folder: TemporaryFolder) async throws {
        let running = try program.start(["check"], in: folder.url)
        relay.kill(running)
        let outcome = await running.outcome()
        #expect(outcome.exitCode == SIGKILL, "\(outcome.errors)")
        // The server has given a new pair; nobody has it.
        #expect(relay.exchanges.last == .init(grant: "refresh_token", status: 200))
    }

    @Test("the access token serves as long as it lives, though the new pair is lost")
    func goesOn() async throws {
        try await play({ _ in }) { _, relay, folder in
            try await killed(relay, in: folder)
            let next = try await program.run(["check"], in: folder.url)
            #expect(relay.exchanges.last == .init(grant: "refresh_token", status: 400))
            #expect(next.exitCode == 0, "\(next.output)\(next.errors)")
        }
    }

    @Test("a portal that still takes the old refresh token gives another pair, and it is kept")
    func grace() async throws {
        try await play({ $0.refreshGrace = 60 }) { sandbox, relay, folder in
            try await killed(relay, in: folder)
            let next = try await program.run(["check"], in: folder.url)
            #expect(relay.exchanges.last == .init(grant: "refresh_token", status: 200))
            #expect(next.exitCode == 0, "\(next.output)\(next.errors)")
            // The third pair is on the disk: it is good where the first is no longer.
            sandbox.changePortal { $0.refreshGrace = 0 }
            let third = try await program.run(["check"], in: folder.url)
            #expect(third.exitCode == 0, "\(third.output)\(third.errors)")
            #expect(relay.exchanges.last == .init(grant: "refresh_token", status: 200))
        }
    }

    @Test("what is lost for good is said with what to do, and letting in again mends it")
    func lost() async throws {
        try await play({ $0.accessLifetime = 0 }) { sandbox, relay, folder in
            try await killed(relay, in: folder)
            let next = try await program.run(["check"], in: folder.url)
            #expect(next.exitCode != 0)
            let said = next.output + next.errors
            #expect(said.contains("cut off before its answer was on the disk"), "\(said)")
            #expect(said.contains("run 'sverka authorize' again"))
            sandbox.changePortal { $0.accessLifetime = 3_600 }
            let again = try await program.run(
                ["authorize"], in: folder.url, input: sandbox.authorizationCode() + "\n")
            #expect(again.exitCode == 0, "\(again.errors)")
            #expect(try await program.run(["check"], in: folder.url).exitCode == 0)
        }
    }
}
