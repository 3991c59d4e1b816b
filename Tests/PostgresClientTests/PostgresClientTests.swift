import DatabaseTestSupport
import PostgresClient
import Testing

@Suite("Smoke") struct Smoke {
    @Test func works() async throws {
        try await withTestDatabase { configuration in
            let c = try PostgresConnection(configuration)
            let rows = try await c.query(Statement(name: "one", text: "SELECT $1::int + 1 AS two, lower('Ф'), current_user"), [1])
            #expect(try rows[0]["two"].int64 == 2)
            #expect(try rows[0][1].text == "ф")
        }
    }
}
