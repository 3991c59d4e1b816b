/// A refusal, as the portal words it.
struct PortalError: Error {
    /// The `error` of the body: a code, an empty text, or a number.
    enum Code: Sendable {
        case text(String)
        case number(Int64)
    }

    var status: Int
    var code: Code
    var description: String

    /// A method's own complaint: no code, status 400.
    static func business(_ description: String) -> PortalError {
        PortalError(status: 400, code: .text(""), description: description)
    }

    static let tooManyRequests = PortalError(
        status: 503, code: .text("QUERY_LIMIT_EXCEEDED"), description: "Too many requests")
    static let operatingLimit = PortalError(
        status: 429, code: .text("OPERATION_TIME_LIMIT"),
        description: "Method is blocked due to operation time limit.")
    static let noAuthorization = PortalError(
        status: 401, code: .text("NO_AUTH_FOUND"), description: "Wrong authorization data")
    static let invalidCredentials = PortalError(
        status: 401, code: .text("INVALID_CREDENTIALS"), description: "Invalid request credentials")
    static let insufficientScope = PortalError(
        status: 401, code: .text("insufficient_scope"),
        description: "The request requires higher privileges than provided by the webhook token")
    static let methodNotFound = PortalError(
        status: 404, code: .text("ERROR_METHOD_NOT_FOUND"), description: "Method not found!")
    static let batchTooLong = PortalError(
        status: 400, code: .text("ERROR_BATCH_LENGTH_EXCEEDED"),
        description: "Max batch length exceeded")
    static let notInBatch = PortalError(
        status: 405, code: .text("ERROR_BATCH_METHOD_NOT_ALLOWED"),
        description: "Method is not allowed for batch usage")

    /// The body.
    var body: [UInt8] {
        var writer = ByteWriter(capacity: 128, escapesSlashes: true)
        writer.raw("{\"error\":")
        switch code {
        case .text(let text): writer.string(text)
        case .number(let number): writer.number(number)
        }
        writer.raw(",\"error_description\":")
        writer.string(description)
        writer.byte(UInt8(ascii: "}"))
        return writer.bytes
    }
}

/// What a method gives when it succeeds.
struct MethodAnswer: Sendable {
    /// The JSON under `result`.
    var result: [UInt8]
    /// List methods only.
    var total: Int?
    /// List methods only, when there is a further page.
    var next: Int?

    init(result: [UInt8], total: Int? = nil, next: Int? = nil) {
        self.result = result
        self.total = total
        self.next = next
    }

    init(json: String) { self.init(result: Array(json.utf8)) }
}
