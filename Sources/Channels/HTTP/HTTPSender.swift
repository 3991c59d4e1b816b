internal import AsyncHTTPClient
internal import Dispatch
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// Sends one request and judges the answer; it holds connections until it goes.
///
/// Redirects are not followed: a secret would go where nobody said that it may.
final class HTTPSender: Sendable {
    /// An answer as it came.
    struct Answer: Sendable {
        var status: Int
        var retryAfter: String?
        var body: String
    }

    private static let bodyLimit = 65_536
    private let client: HTTPClient
    private let deadline: Duration

    init(certificateAuthority: String?, deadline: Duration = .seconds(60)) {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10), read: .seconds(30)))
        configuration.httpVersion = .http1Only
        if let certificateAuthority {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.additionalTrustRoots = [.file(certificateAuthority)]
            configuration.tlsConfiguration = tls
        }
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        self.deadline = deadline
    }

    deinit {
        // The client outlives this object until its connections are closed.
        client.shutdown(queue: .global()) { _ in }
    }

    func send(
        _ method: String, _ address: String, headers: [(String, String)] = [], body: [UInt8]? = nil
    ) async throws(ChannelFailure) -> Answer {
        var request = HTTPClientRequest(url: address)
        request.method = .init(rawValue: method)
        request.headers.add(name: "User-Agent", value: "Sverka")
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        do {
            let response = try await client.execute(
                request, timeout: .seconds(deadline.components.seconds))
            let body = try await Self.beginning(of: response)
            return Answer(
                status: Int(response.status.code),
                retryAfter: response.headers.first(name: "Retry-After"), body: body)
        } catch {
            throw Self.failure(error)
        }
    }

    /// The answer's first bytes; what is beyond them is of no interest.
    private static func beginning(of response: HTTPClientResponse) async throws -> String {
        var bytes: [UInt8] = []
        for try await part in response.body {
            bytes.append(contentsOf: part.readableBytesView.prefix(bodyLimit - bytes.count))
            if bytes.count == bodyLimit { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Libraries' errors name hosts and addresses, in which secrets may stand: ours do not.
    private static func failure(_ error: any Error) -> ChannelFailure {
        if Task.isCancelled || error is CancellationError {
            return ChannelFailure(.cancelled, message: "sending was cancelled")
        }
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded,
                .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
                return ChannelFailure(.connection, message: "there was no answer in time")
            case .invalidURL, .emptyHost, .emptyScheme:
                return ChannelFailure(
                    .permanent, message: "the address in the configuration is none of the web")
            default:
                return ChannelFailure(.connection, message: "the connection broke")
            }
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            return ChannelFailure(
                .tls,
                message: "the certificate is not trusted; name its authority under "
                    + "certificate_authority if it is your own")
        default:
            return ChannelFailure(.connection, message: "the other side cannot be reached")
        }
    }
}

extension HTTPSender.Answer {
    /// Passes what was taken and throws what was not.
    ///
    /// - Parameters:
    ///   - now: The time, for a `Retry-After` that is a date.
    ///   - secrets: What must not stand in the words that are kept.
    /// - Returns: What the other side said when it took it.
    /// - Throws: ``ChannelFailure`` of the kind that the code calls for.
    func taken(
        now: Date = Date(), without secrets: [String] = []
    ) throws(ChannelFailure) -> ChannelAnswer {
        let reply = ForeignText.kept(body, without: secrets)
        let wait = RetryAfter.duration(retryAfter, now: now)
        switch status {
        case 200..<300: return ChannelAnswer(code: status, reply: reply)
        case 408, 425, 429, 500..<600:
            throw ChannelFailure(
                .temporary, code: status, retryAfter: wait,
                message: "the other side cannot take it now", reply: reply)
        case 401, 403, 407:
            throw ChannelFailure(
                .authentication, code: status,
                message: "the other side refused the secret; check it", reply: reply)
        case 300..<400:
            throw ChannelFailure(
                .permanent, code: status,
                message: "the other side names another address, which is not followed; write it "
                    + "into the configuration", reply: reply)
        default:
            throw ChannelFailure(
                .permanent, code: status, message: "the other side refused it", reply: reply)
        }
    }
}

/// The header `Retry-After`: seconds or a date.
///
/// Source: RFC 9110, 10.2.3.
enum RetryAfter {
    static func duration(_ value: String?, now: Date) -> Duration? {
        guard let value = value?.trimmingCharacters(in: .whitespaces) else { return nil }
        let seconds: Double?
        if let number = Double(value) {
            seconds = number
        } else {
            seconds = date(value)?.timeIntervalSince(now)
        }
        // A server that asks for a year has another trouble.
        return seconds.flatMap { $0.isFinite ? .seconds(min(max($0, 0), 86_400)) : nil }
    }

    private static func date(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text)
    }
}
