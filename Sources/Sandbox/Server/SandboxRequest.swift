/// A request, free of the web server's types.
struct SandboxRequest: Sendable {
    var method: String
    /// The path as it came, still encoded.
    var path: String
    /// What follows the question mark, still encoded.
    var query: String
    var contentType: String
    var accept: String
    var authorization: String
    /// The header `IBSession` of 1C: `start`, `finish` or empty.
    var sessionWish = ""
    /// The cookies, as they came.
    var cookies = ""
    var body: [UInt8]
    /// Whom the bucket is kept for: the address that the request came from.
    var caller: String
    /// `http://host:port`, as the caller wrote it.
    var origin: String

    /// The 1C session that the caller began before.
    var sessionID: String? {
        for part in cookies.split(separator: ";") {
            let halves = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            if halves.count == 2, halves[0] == "ibsession" { return String(halves[1]) }
        }
        return nil
    }
}

extension SandboxRequest {
    private var isJSON: Bool { contentType.lowercased().hasPrefix("application/json") }

    /// Whether the body is said to be JSON and is none.
    var hasBrokenBody: Bool {
        method == "POST" && !body.isEmpty && isJSON && JSONDecoding.parameters(body) == nil
    }

    /// Query and body together; a JSON body that is not JSON is no parameters at all.
    var parameters: Parameter {
        var parameters = FormDecoding.parameters(query)
        guard method == "POST", !body.isEmpty else { return parameters }
        let type = contentType.lowercased()
        let fields: Parameter
        if isJSON {
            fields = JSONDecoding.parameters(body) ?? .empty
        } else if type.hasPrefix("multipart/form-data") {
            fields = MultipartDecoding.parameters(body, contentType: contentType)
        } else {
            fields = FormDecoding.parameters(String(decoding: body, as: UTF8.self))
        }
        for (key, value) in fields.entries { parameters.set([key], value) }
        return parameters
    }
}

/// An answer, free of the web server's types.
struct SandboxReply: Sendable {
    /// What is done to an answer on its way out.
    enum Injury: Sendable {
        /// The connection closes before the announced length was sent.
        case cutOff
        /// The connection closes before anything was sent.
        case dropped
        /// The body comes in small pieces with pauses.
        case trickled
    }

    var status = 200
    var headers: [(String, String)] = []
    var contentType: String
    var body: [UInt8]
    var injury: Injury?
    /// Seconds to wait before it is sent.
    var delay = 0.0

    /// A proxy's page.
    static func html(_ title: String, status: Int) -> SandboxReply {
        let page =
            "<html><head><title>\(title)</title></head><body><center><h1>\(title)</h1></center>"
            + "<hr><center>nginx</center></body></html>"
        return SandboxReply(
            status: status, contentType: "text/html; charset=utf-8", body: Array(page.utf8))
    }

    /// A JSON answer of the portal.
    static func json(_ body: [UInt8], status: Int = 200) -> SandboxReply {
        SandboxReply(status: status, contentType: "application/json; charset=utf-8", body: body)
    }
}
