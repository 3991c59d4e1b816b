/// A refusal, as the portal words it.
struct PortalError: Error {
    /// The `error` of the body: a code, an empty text, or a number.
    enum Code: Sendable {
        case text(String)
        case number(Int64)
    }

    /// The status that portals answer with.
    var status: Int
    /// The status that the documentation gives, where it is another one.
    var documentedStatus: Int?
    var code: Code
    /// `nil` for a body without one, as the token endpoint sends it.
    var description: String?

    init(
        status: Int, documentedStatus: Int? = nil, code: Code, description: String? = nil
    ) {
        self.status = status
        self.documentedStatus = documentedStatus
        self.code = code
        self.description = description
    }

    /// The body.
    var body: [UInt8] {
        var writer = ByteWriter(capacity: 128, escapesSlashes: true)
        writer.raw("{\"error\":")
        switch code {
        case .text(let text): writer.string(text)
        case .number(let number): writer.number(number)
        }
        if let description {
            writer.raw(",\"error_description\":")
            writer.string(description)
        }
        writer.byte(UInt8(ascii: "}"))
        return writer.bytes
    }

    /// The whole answer.
    func reply(_ statuses: PortalOptions.Statuses) -> SandboxReply {
        .json(body, status: statuses == .docs ? documentedStatus ?? status : status)
    }
}

// MARK: Refusals of the portal

extension PortalError {
    private static func code(
        _ code: String, _ status: Int, docs: Int? = nil, _ description: String
    ) -> PortalError {
        PortalError(
            status: status, documentedStatus: docs, code: .text(code), description: description)
    }

    static let tooManyRequests = code("QUERY_LIMIT_EXCEEDED", 503, "Too many requests")
    static let operatingLimit = code(
        "OPERATION_TIME_LIMIT", 429, "Method is blocked due to operation time limit.")
    static let overloaded = code("OVERLOAD_LIMIT", 503, "REST API is blocked due to overload.")
    static let internalError = code("INTERNAL_SERVER_ERROR", 500, "Internal server error")
    static let deleted = code("PORTAL_DELETED", 410, docs: 500, "Portal was deleted")
    static let unpaid = code("PAYMENT_REQUIRED", 401, "Subscription has been ended")
    static let planWithoutREST = code(
        "ACCESS_DENIED", 403, "REST is available only on commercial plans.")
    static let brokenBody = code("INVALID_REQUEST", 400, "The body is no JSON.")
    static let httpsRequired = code("INVALID_REQUEST", 400, "Https required.")

    static let noAuthorization = code("NO_AUTH_FOUND", 401, "Wrong authorization data")
    static let invalidCredentials = code(
        "INVALID_CREDENTIALS", 401, docs: 403, "Invalid request credentials")
    static let dismissed = code("authorization_error", 401, "Unable to authorize user")
    static let expiredToken = code("expired_token", 401, "The access token provided has expired.")
    static let invalidToken = code("invalid_token", 401, "Unable to get application by token")
    static let notInstalled = code("ERROR_OAUTH", 401, "Application not installed")
    static let methodNotFound = code("ERROR_METHOD_NOT_FOUND", 404, "Method not found!")
    static let needsApplication = code(
        "ACCESS_DENIED", 403, docs: 400, "Access denied! Application context required")

    static func insufficientScope(isApplication: Bool) -> PortalError {
        code(
            "insufficient_scope", 401, docs: 403,
            "The request requires higher privileges than provided by the "
                + (isApplication ? "access token" : "webhook token"))
    }

    static let batchTooLong = code(
        "ERROR_BATCH_LENGTH_EXCEEDED", 400, "Max batch length exceeded")
    static let notInBatch = code(
        "ERROR_BATCH_METHOD_NOT_ALLOWED", 405, "Method is not allowed for batch usage")
}

// MARK: Refusals of methods

extension PortalError {
    /// A method's own complaint: no code, status 400.
    static func business(_ description: String) -> PortalError {
        PortalError(status: 400, code: .text(""), description: description)
    }

    /// A complaint of the methods for legal details: the number 0.
    static func numbered(_ number: Int64, _ description: String) -> PortalError {
        PortalError(status: 400, code: .number(number), description: description)
    }

    static let noSuchID = business("ID is not defined or invalid.")
    static let notFound = business("Not found")
    static let accessDenied = business("Access denied.")
    static let requisiteAccessDenied = numbered(0, "Access denied.")
    static let itemAccessDenied = code("ACCESS_DENIED", 400, "Доступ запрещен")
    static let catalogAccessDenied = numbered(200_040_300_010, "Access Denied")
    static let sectionAccessDenied = numbered(200_040_300_030, "Access Denied")
    static let unknownType = code("NOT_FOUND", 400, "Смарт-процесс не найден")
    static let unsupportedType = code(
        "ENTITY_TYPE_NOT_SUPPORTED", 400, "Тип сущности не поддерживается")
    static let noSuchItem = code("NOT_FOUND", 400, "Элемент не найден")
    static let wrongEncoding = code(
        "WRONG_ENCODING", 400, "The request must be encoded in UTF-8")
    static let statusParameters = code(
        "Invalid parameters.", 400, "Переданы некорректные параметры.")
}

// MARK: Refusals of the token endpoint

extension PortalError {
    static let invalidGrant = PortalError(status: 400, code: .text("invalid_grant"))
    static let invalidClient = PortalError(status: 400, code: .text("invalid_client"))
    /// An unknown application is refused with status 200.
    static let wrongClient = PortalError(status: 200, code: .text("wrong_client"))
    static let applicationMissing = code("NOT_INSTALLED", 401, "Application not installed")
    static let tokensUnpaid = code("PAYMENT_REQUIRED", 401, "Payment required")

    static func missing(_ parameter: String) -> PortalError {
        code("invalid_request", 400, "No \"\(parameter)\" parameter found")
    }
}
