import Foundation
import TestSupport
import Testing

@Suite("sverka authorize", .timeLimit(.minutes(2)))
struct AuthorizeCommandTests {
    private let program = BuiltProgram()

    @Test("prints the address before it asks, also where the output is no terminal")
    func addressFirst() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            """
            data: data
            entities: [user]
            sources:
              left: {name: 1c, kind: files, folder: left}
              right:
                name: portal
                kind: bitrix24
                url: "http://127.0.0.1:9"
                application:
                  client_id: local.1
                  client_secret: secret
                  server: "http://127.0.0.1:9"
                  key: "\(String(repeating: "0f", count: 32))"

            """, to: "sverka.yaml")
        // Nobody answers.
        let outcome = try await program.run(["authorize"], in: folder.url, input: "\n")
        #expect(outcome.exitCode == 2, "\(outcome.errors)")
        #expect(outcome.errors.contains("no code was given"))
        let address = try #require(outcome.output.range(of: "oauth/authorize/"))
        let question = try #require(outcome.output.range(of: "Then paste the address"))
        #expect(address.lowerBound < question.lowerBound)
    }
}
