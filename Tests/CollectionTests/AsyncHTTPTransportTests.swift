import Collection
import Testing

@Suite("HTTP transport")
struct AsyncHTTPTransportTests {
    private func send(
        _ answer: String, settings: AsyncHTTPTransport.Settings = .init()
    ) async throws -> HTTPResponse {
        let server = try LoopbackServer(answer: answer)
        let request = HTTPRequest(
            method: "POST", url: "http://127.0.0.1:\(server.port)/x?a=%D0%98", body: [1, 2, 3])
        let response = try await AsyncHTTPTransport(settings).send(request)
        withExtendedLifetime(server) {}
        return response
    }

    @Test("an answer is given with its status, headers and bytes")
    func answer() async throws {
        let response = try await send(
            "HTTP/1.1 503 Busy\r\nX-A: b\r\nContent-Length: 4\r\nConnection: close\r\n\r\nwait")
        #expect(response.status == 503 && response.header("x-a") == "b")
        #expect(response.body == Array("wait".utf8))
    }

    @Test("a redirect is an answer and is not followed")
    func redirect() async throws {
        let response = try await send(
            "HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example/\r\nContent-Length: 0\r\n\r\n"
        )
        #expect(response.status == 302)
    }

    @Test("a body that ends too early is an interrupted answer, never a short one")
    func truncated() async throws {
        await #expect(throws: HTTPTransportError(.interrupted)) {
            _ = try await send("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{\"result\":[")
        }
        await #expect(throws: HTTPTransportError(.interrupted)) {
            _ = try await send(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
        }
        await #expect(throws: HTTPTransportError(.interrupted)) { _ = try await send("") }
    }

    @Test("a body beyond the limit is refused")
    func tooLarge() async throws {
        await #expect(throws: HTTPTransportError(.tooLarge(limit: 10))) {
            _ = try await send(
                "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world",
                settings: .init(bodyLimit: 10))
        }
    }

    @Test("nobody there, no TLS there and an address that is none are told apart")
    func failures() async throws {
        let transport = AsyncHTTPTransport(.init(connectTimeout: .milliseconds(400)))
        await #expect(throws: HTTPTransportError(.notConnected)) {
            _ = try await transport.send(HTTPRequest(url: "http://127.0.0.1:1/"))
        }
        let server = try LoopbackServer(answer: "this is no TLS\r\n\r\n")
        await #expect(throws: HTTPTransportError(.notTrusted)) {
            _ = try await transport.send(HTTPRequest(url: "https://127.0.0.1:\(server.port)/"))
        }
        await #expect(throws: HTTPTransportError(.badAddress)) {
            _ = try await transport.send(HTTPRequest(url: "no address"))
        }
    }
}
