import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Sandbox

/// A client of the tests, free of Sverka's collectors.
struct SandboxClient {
    let addresses: SandboxAddresses

    /// An answer with its body read to the end.
    struct Answer {
        var status: Int
        var contentType: String
        /// Names in lower case.
        var headers: [String: String]
        var body: Data

        var text: String { String(decoding: body, as: UTF8.self) }
        /// The body as a JSON object; `nil` when it is none.
        var object: [String: Any]? {
            try? JSONSerialization.jsonObject(with: body) as? [String: Any]
        }
    }

    /// Shows redirects instead of following them.
    private static let direct = HTTPClient(
        eventLoopGroup: HTTPClient.defaultEventLoopGroup,
        configuration: HTTPClient.Configuration(redirectConfiguration: .disallow))

    /// Follows redirects, and waits for as long as a machine with many tests at once may need.
    private static let following = HTTPClient(
        eventLoopGroup: HTTPClient.defaultEventLoopGroup,
        configuration: HTTPClient.Configuration(timeout: HTTPClient.Configuration.Timeout()))

    /// Calls a method with a JSON body.
    func call(_ method: String, _ parameters: [String: Any] = [:]) async throws -> Answer {
        try await send(
            "POST", addresses.bitrixWebhook + method,
            body: JSONSerialization.data(withJSONObject: parameters, options: .sortedKeys),
            headers: ["Content-Type": "application/json"])
    }

    /// The rows of a list method.
    func rows(_ method: String, _ parameters: [String: Any] = [:]) async throws -> [[String: Any]] {
        let answer = try await call(method, parameters)
        return answer.object?["result"] as? [[String: Any]] ?? []
    }

    /// Reads a list method by its cursor, without counting.
    func allByCursor(_ method: String, _ select: [String]) async throws -> [[String: Any]] {
        var all: [[String: Any]] = []
        var cursor = 0
        while true {
            let page = try await rows(
                method,
                ["order": ["ID": "ASC"], "filter": [">ID": cursor], "select": select, "start": -1])
            all += page
            guard page.count == 50, let last = (page.last?["ID"] as? String).flatMap(Int.init),
                last > cursor
            else { return all }
            cursor = last
        }
    }

    /// Asks the infobase, with the user's name and password.
    func odata(
        _ pathAndQuery: String, method: String = "GET", headers: [String: String] = [:]
    ) async throws -> Answer {
        let credentials = Data("\(addresses.login):\(addresses.password)".utf8)
        var headers = headers
        if headers["Authorization"] == nil {
            headers["Authorization"] = "Basic \(credentials.base64EncodedString())"
        }
        let allowed = CharacterSet(
            charactersIn:
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/?&=$(),;*+")
        let encoded = pathAndQuery.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        return try await send(method, addresses.odataRoot + encoded, headers: headers)
    }

    /// Sends anything.
    func send(
        _ method: String, _ url: String, body: Data? = nil, headers: [String: String] = [:],
        timeout: Double = 900, followsRedirects: Bool = true
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let http = followsRedirects ? Self.following : Self.direct
        let response = try await http.execute(
            request, timeout: .milliseconds(Int64(timeout * 1000)))
        let buffer = try await response.body.collect(upTo: 1 << 30)
        return Answer(
            status: Int(response.status.code),
            contentType: response.headers.first(name: "Content-Type") ?? "",
            headers: Dictionary(
                response.headers.map { ($0.name.lowercased(), $0.value) },
                uniquingKeysWith: { first, _ in first }), body: Data(buffer.readableBytesView))
    }
}

/// Runs a sandbox for the time of a test.
func withSandbox<Result>(
    size: Int = 300, seed: UInt64 = 7, rates: ErrorRates = ErrorRates(),
    configure: (inout SandboxOptions) -> Void = { _ in },
    _ body: (SandboxClient, Sandbox) async throws -> Result
) async throws -> Result {
    var options = SandboxOptions(world: WorldOptions(size: size, seed: seed, rates: rates))
    options.portal.requestsPerSecond = nil
    configure(&options)
    let sandbox = Sandbox(options)
    let client = SandboxClient(addresses: try await sandbox.start())
    do {
        let result = try await body(client, sandbox)
        await sandbox.stop()
        return result
    } catch {
        await sandbox.stop()
        throw error
    }
}
