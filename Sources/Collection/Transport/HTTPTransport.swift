/// One HTTP request.
public struct HTTPRequest: Sendable {
    /// The verb.
    public var method: String
    /// The whole address, percent-encoded.
    ///
    /// It may hold a secret: never put it into an error.
    public var url: String
    /// The headers, in order.
    public var headers: [(name: String, value: String)]
    /// The body, if there is one.
    public var body: [UInt8]?

    /// Makes a request.
    public init(
        method: String = "GET", url: String, headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// One HTTP answer, whole.
public struct HTTPResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The headers, in order.
    public var headers: [(name: String, value: String)]
    /// The body, decompressed.
    public var body: [UInt8]
    /// How long the request stood in line before it was sent.
    public var waited = Duration.zero

    /// Makes an answer.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of a name, compared without case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// All headers of a name, compared without case.
    public func headers(_ name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}

/// Sends a request and waits for the whole answer.
///
/// Redirects are answers, never followed.
public protocol HTTPTransport: Sendable {
    /// Sends a request.
    ///
    /// - Throws: ``HTTPTransportError``, or `CancellationError` when the task is cancelled.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
}

/// Why there was no whole answer.
public struct HTTPTransportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened.
    public enum Kind: Hashable, Sendable {
        /// No connection: unknown host, refused, no route.
        case notConnected
        /// No connection or no answer in time.
        case timedOut
        /// The connection was lost in the middle.
        case interrupted
        /// The certificate is not trusted or TLS failed otherwise.
        case notTrusted
        /// The body exceeds the limit.
        case tooLarge(limit: Int)
        /// The address is not one.
        case badAddress
    }

    /// What happened.
    public var kind: Kind
    /// How long the request stood in line before it was sent.
    public var waited = Duration.zero

    /// Makes an error.
    public init(_ kind: Kind) { self.kind = kind }

    /// What happened, in words, without the address.
    public var description: String {
        switch kind {
        case .notConnected: "no connection (host unknown, refused, or no route)"
        case .timedOut: "no answer in time"
        case .interrupted: "the connection was lost before the answer was whole"
        case .notTrusted: "TLS failed: the server's certificate is not trusted"
        case .tooLarge(let limit): "the answer is larger than \(limit / 1_048_576) MB"
        case .badAddress: "the address is not a valid URL"
        }
    }
}
