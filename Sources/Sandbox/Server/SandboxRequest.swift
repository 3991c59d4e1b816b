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
    var body: [UInt8]
    /// Whom the bucket is kept for: the address that the request came from.
    var caller: String
    /// `http://host:port`, as the caller wrote it.
    var origin: String
}

/// An answer, free of the web server's types.
struct SandboxReply: Sendable {
    /// What is done to an answer on its way out.
    enum Injury: Sendable {
        /// The connection closes before the announced length was sent.
        case cutOff
        /// The connection closes before anything was sent.
        case dropped
    }

    var status = 200
    var headers: [(String, String)] = []
    var contentType: String
    var body: [UInt8]
    var injury: Injury?

    /// A JSON answer of the portal.
    static func json(_ body: [UInt8], status: Int = 200) -> SandboxReply {
        SandboxReply(status: status, contentType: "application/json; charset=utf-8", body: body)
    }
}
