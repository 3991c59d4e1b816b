internal import Crypto
public import Foundation

/// A program of the company that takes notices as signed JSON.
///
/// The signature is HMAC-SHA256 over the time, a dot and the body, with the shared secret, so that the
/// receiver knows the sender, sees a change, and can refuse what is old.
public struct Webhook: NoticeChannel {
    private let address: String
    private let secret: String
    private let headers: [String: String]
    private let sender: HTTPSender
    private let now: @Sendable () -> Date

    /// Makes a channel; nothing is connected before a notice is sent.
    ///
    /// - Parameters:
    ///   - address: Where notices go: `https://…`.
    ///   - secret: The shared secret.
    ///   - headers: Further headers, such as `Authorization`.
    ///   - certificateAuthority: A PEM file of certificates to trust beside the system's.
    ///   - now: The time.
    public init(
        address: String, secret: String, headers: [String: String] = [:],
        certificateAuthority: String? = nil, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.address = address
        self.secret = secret
        self.headers = headers
        self.now = now
        sender = HTTPSender(certificateAuthority: certificateAuthority)
    }

    /// What is sent: the notice and its id, keys in alphabetical order.
    private struct Body: Encodable {
        var id: String
        var notice: Notice
    }

    /// Posts a notice.
    public func deliver(
        _ notice: Notice, to recipient: String, id: String
    ) async throws(ChannelFailure) -> ChannelAnswer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(Body(id: id, notice: notice)) else {
            throw ChannelFailure(.permanent, message: "the notice cannot be written as JSON")
        }
        let time = String(Int64(now().timeIntervalSince1970))
        let signature = Self.signature(secret: secret, time: time, body: body)
        let answer = try await sender.send(
            "POST", address,
            headers: headers.sorted { $0.key < $1.key } + [
                ("Content-Type", "application/json; charset=utf-8"),
                ("Idempotency-Key", id), ("Sverka-Topic", Self.headerText(notice.topic)),
                ("Sverka-Timestamp", time), ("Sverka-Signature", "v1=\(signature)"),
            ], body: Array(body))
        return try answer.taken(now: now(), without: [secret] + headers.values)
    }

    /// Asks for the head of the address: whatever it answers, somebody is there.
    public func verify() async throws(ChannelFailure) -> String {
        let answer = try await sender.send("HEAD", address)
        return "answers with \(answer.status); no notice was sent"
    }

    /// The signature of a body, in hexadecimal digits.
    ///
    /// - Parameters:
    ///   - secret: The shared secret.
    ///   - time: The header `Sverka-Timestamp`.
    ///   - body: The body as it was sent.
    /// - Returns: What stands behind `v1=` in the header `Sverka-Signature`.
    public static func signature(secret: String, time: String, body: Data) -> String {
        var code = HMAC<SHA256>(key: SymmetricKey(data: Data(secret.utf8)))
        code.update(data: Data("\(time).".utf8))
        code.update(data: body)
        return code.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0\(digits)" : digits
        }.joined()
    }

    private static func headerText(_ text: String) -> String {
        String(text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-._/".contains($0)) })
    }
}
