internal import Foundation

/// A gateway that sends short messages to telephones, asked over HTTP as its vendor wants it.
public struct SMSGateway: NoticeChannel {
    /// How the gateway is asked.
    public struct Settings: Sendable {
        /// `GET` or `POST`.
        public var method: String
        /// The address, with places for values.
        public var address: GatewayTemplate
        /// The body, with places for values; `nil` for none.
        public var body: GatewayTemplate?
        /// The body's media type, which also says how values are escaped.
        public var contentType: String
        /// Further headers, such as `Authorization`.
        public var headers: [String: String]
        /// A text that the answer must hold: many gateways say "no" with code 200; `nil` to go by the
        /// code alone.
        public var accepted: String?
        /// The longest text, in characters; the rest is cut off.
        public var lengthMax: Int
        /// What must not stand in what is kept of answers.
        public var secrets: [String]

        /// Makes settings.
        public init(
            method: String, address: GatewayTemplate, body: GatewayTemplate? = nil,
            contentType: String = "application/json", headers: [String: String] = [:],
            accepted: String? = nil, lengthMax: Int = 200, secrets: [String] = []
        ) {
            self.method = method
            self.address = address
            self.body = body
            self.contentType = contentType
            self.headers = headers
            self.accepted = accepted
            self.lengthMax = lengthMax
            self.secrets = secrets
        }
    }

    private let settings: Settings
    private let sender: HTTPSender

    /// Makes a channel; nothing is connected before a notice is sent.
    ///
    /// - Parameters:
    ///   - settings: How the gateway is asked.
    ///   - certificateAuthority: A PEM file of certificates to trust beside the system's.
    public init(_ settings: Settings, certificateAuthority: String? = nil) {
        self.settings = settings
        sender = HTTPSender(certificateAuthority: certificateAuthority)
    }

    /// Sends a notice to a telephone.
    public func deliver(
        _ notice: Notice, to recipient: String, id: String
    ) async throws(ChannelFailure) -> ChannelAnswer {
        let values = [
            "to": recipient, "title": notice.title, "link": notice.link ?? "", "id": id,
            "severity": notice.severity.rawValue,
            "text": Self.text(of: notice, lengthMax: settings.lengthMax),
        ]
        let body = settings.body?.filled(values, escaping)
        let answer = try await sender.send(
            settings.method, settings.address.filled(values, .percent),
            headers: settings.headers.sorted { $0.key < $1.key }
                + (body == nil ? [] : [("Content-Type", settings.contentType)]),
            body: body.map { Array($0.utf8) })
        let taken = try answer.taken(without: settings.secrets + settings.headers.values)
        if let accepted = settings.accepted, !answer.body.contains(accepted) {
            // Whether it was sent after all nobody knows: a text that is paid for is not sent again.
            throw ChannelFailure(
                .permanent, code: answer.status,
                message: "the gateway's answer is not the one that says that it took it",
                reply: taken.reply)
        }
        return taken
    }

    /// Asks for the head of the gateway's host alone: its address with values might send something.
    public func verify() async throws(ChannelFailure) -> String {
        let address = settings.address.filled(["to": "0"], .percent)
        guard let place = URLComponents(string: address), let host = place.host,
            let scheme = place.scheme
        else { throw ChannelFailure(.permanent, message: "the address is none of the web") }
        let port = place.port.map { ":\($0)" } ?? ""
        let answer = try await sender.send("HEAD", "\(scheme)://\(host)\(port)/")
        return "its host answers with \(answer.status); no message was sent"
    }

    private var escaping: GatewayTemplate.Escaping {
        if settings.contentType.contains("json") { return .json }
        if settings.contentType.contains("form-urlencoded") { return .percent }
        return settings.contentType.contains("xml") ? .xml : .none
    }

    /// Title, then lines as far as they go, then the link, which is never cut.
    static func text(of notice: Notice, lengthMax: Int) -> String {
        let link = notice.link.map { " " + $0 } ?? ""
        let room = max(20, lengthMax - link.count)
        var text = notice.title
        for line in notice.lines where !line.isEmpty {
            guard text.count + line.count + 2 <= room else { break }
            text += ". " + line
        }
        return (text.count > room ? text.prefix(room - 1) + "…" : text[...]) + link
    }
}
