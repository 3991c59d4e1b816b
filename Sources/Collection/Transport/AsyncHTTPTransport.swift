internal import AsyncHTTPClient
internal import Dispatch
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOPosix
internal import NIOSSL

/// Sends requests with async-http-client.
public final class AsyncHTTPTransport: HTTPTransport {
    /// How to connect.
    public struct Settings: Hashable, Sendable {
        /// A PEM file of certificates to trust beside the system's, for boxes with their own.
        public var certificateAuthorityFile: String?
        /// How long to wait for a connection.
        public var connectTimeout: Duration
        /// How long to wait for the next part of an answer.
        public var readTimeout: Duration
        /// How long one answer may take from the first byte of the request to the last of the answer:
        /// a server that gives a byte a minute would keep a night for days.
        public var answerTimeout: Duration
        /// How long one answer may take where nothing else is said.
        public static let usualAnswerTimeout = Duration.seconds(1_800)
        /// The largest body to take, in bytes.
        public var bodyLimit: Int

        /// Makes settings.
        public init(
            certificateAuthorityFile: String? = nil, connectTimeout: Duration = .seconds(10),
            readTimeout: Duration = .seconds(65),
            answerTimeout: Duration = Settings.usualAnswerTimeout,
            bodyLimit: Int = 256 * 1_048_576
        ) {
            self.certificateAuthorityFile = certificateAuthorityFile
            self.connectTimeout = connectTimeout
            self.readTimeout = readTimeout
            self.answerTimeout = answerTimeout
            self.bodyLimit = bodyLimit
        }
    }

    private let client: HTTPClient
    private let answerTimeout: TimeAmount
    private let bodyLimit: Int

    /// Makes a transport; it holds connections until it goes.
    public init(_ settings: Settings = Settings()) {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: .init(settings.connectTimeout), read: .init(settings.readTimeout)),
            decompression: .enabled(limit: .size(settings.bodyLimit)))
        configuration.httpVersion = .http1Only
        if let file = settings.certificateAuthorityFile {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.additionalTrustRoots = [.file(file)]
            configuration.tlsConfiguration = tls
        }
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        answerTimeout = TimeAmount(settings.answerTimeout)
        bodyLimit = settings.bodyLimit
    }

    deinit {
        // The client outlives this object until its connections are closed.
        client.shutdown(queue: .global()) { _ in }
    }

    /// Sends a request.
    ///
    /// - Throws: ``HTTPTransportError``, or `CancellationError` when the task is cancelled.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = .init(rawValue: request.method)
        for header in request.headers {
            outgoing.headers.add(name: header.name, value: header.value)
        }
        outgoing.headers.replaceOrAdd(name: "Accept-Encoding", value: "gzip, deflate")
        if let body = request.body { outgoing.body = .bytes(ByteBuffer(bytes: body)) }
        do {
            let incoming = try await client.execute(outgoing, deadline: .now() + answerTimeout)
            return HTTPResponse(
                status: Int(incoming.status.code),
                headers: incoming.headers.map { (name: $0.name, value: $0.value) },
                body: try await body(of: incoming))
        } catch let error as HTTPTransportError {
            throw error
        } catch {
            // A task that was cancelled must not look like a source that is out of reach.
            try Task.checkCancellation()
            if error is CancellationError { throw error }
            throw Self.transportError(for: error)
        }
    }

    private func body(of response: HTTPClientResponse) async throws -> [UInt8] {
        let announced = response.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        guard announced <= bodyLimit else { throw HTTPTransportError(.tooLarge(limit: bodyLimit)) }
        var body: [UInt8] = []
        body.reserveCapacity(announced)
        for try await part in response.body {
            guard body.count + part.readableBytes <= bodyLimit else {
                throw HTTPTransportError(.tooLarge(limit: bodyLimit))
            }
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }

    private static func transportError(for error: any Error) -> HTTPTransportError {
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded,
                .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
                return HTTPTransportError(.timedOut)
            case .invalidURL, .emptyHost, .emptyScheme, .unsupportedScheme(""):
                return HTTPTransportError(.badAddress)
            default:
                return HTTPTransportError(.interrupted)
            }
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            return HTTPTransportError(.notTrusted)
        case is NIOConnectionError:
            return HTTPTransportError(.notConnected)
        case let error as ChannelError:
            if case .connectTimeout = error { return HTTPTransportError(.timedOut) }
            return HTTPTransportError(.interrupted)
        case let error as IOError:
            let refused = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode)
            return HTTPTransportError(refused ? .notConnected : .interrupted)
        default:
            return HTTPTransportError(.interrupted)
        }
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
