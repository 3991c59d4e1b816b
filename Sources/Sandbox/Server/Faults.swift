/// One of the two systems that the sandbox plays.
public enum SandboxSystem: String, Hashable, Sendable, CaseIterable {
    /// The portal.
    case bitrix24
    /// The infobase.
    case onec
}

/// Something that goes wrong, as it does in life.
public enum SandboxFault: String, Hashable, Sendable, CaseIterable {
    // MARK: On the way, in both systems

    /// A proxy's HTML page with status 502.
    case html502
    /// A proxy's HTML page with status 504, as after sixty seconds.
    case html504
    /// HTML with status 200 in place of what was asked for.
    case html200
    /// A body that ends in the middle of a value, although the length fits.
    case truncatedJSON
    /// The connection closes before the whole body was sent.
    case reset
    /// The connection closes before anything was sent.
    case dropped
    /// The answer takes longer than callers wait: see ``FaultRule/seconds``.
    case slow

    // MARK: The portal refuses

    /// The portal was renamed: 302 to another host, until the caller asks there.
    case redirected
    /// 500 `INTERNAL_SERVER_ERROR`.
    case internalError
    /// 503 `QUERY_LIMIT_EXCEEDED`, as if others on the caller's address had filled the bucket.
    case queryLimit
    /// Status 429 of the operating time limit.
    case tooMany
    /// 503 `OVERLOAD_LIMIT`: blocked by the vendor.
    case overloaded
    /// 401 `expired_token`, whatever the token.
    case expiredToken
    /// A refusal whose `error` is an empty text.
    case errorEmpty
    /// A refusal whose `error` is the number 0.
    case errorZero
    /// A refusal whose `error` is a number that fits no 32 bits.
    case errorNumber
    /// A refusal whose `error` is a sentence.
    case errorSentence

    // MARK: The portal answers wrongly

    /// A batch that answers with five empty maps.
    case emptyBatch
    /// A batch in whose maps the last command is missing.
    case lostCommand
    /// A list ignores filter and start and gives its first page again.
    case repeatedPage
    /// A list's `total` is not the number of its rows.
    case staleTotal
    /// A list refuses with `WRONG_ENCODING`, as for a row with broken bytes.
    case wrongEncoding

    // MARK: The portal's records change between two pages

    /// A row appears after this page was given.
    case rowCreated
    /// A row of this page, or one further on, is deleted after it was given.
    case rowDeleted
    /// A row of this page, or one further on, is changed after it was given.
    case rowUpdated

    // MARK: The infobase

    /// Sessions are blocked for maintenance: 403 with an application exception.
    case maintenance
    /// The pool of sessions is exhausted: 406 with an application exception.
    case noSession
    /// The server's disk is full: an HTML page with status 500.
    case diskFull
    /// The platform was updated and its web extension was not: 409 with a plain text.
    case versionMismatch
    /// Every licence is taken by a session: 500 with an application exception.
    case noLicence
    /// The body comes in small pieces with pauses.
    case trickle
    /// The code of an HTTP service fails: 500 with the text of the exception.
    case handlerException
}

extension SandboxFault {
    /// Where in the handling of a request a fault has its place.
    enum Place: Sendable {
        /// A whole request.
        case request
        /// A whole batch.
        case batch
        /// A list method, alone or as a command of a batch.
        case list
    }

    var place: Place {
        switch self {
        case .emptyBatch, .lostCommand: .batch
        case .repeatedPage, .staleTotal, .wrongEncoding, .rowCreated, .rowDeleted, .rowUpdated:
            .list
        default: .request
        }
    }

    /// What a random mix of a system is made of unless it says otherwise: what passes by itself, so
    /// that a patient caller gets through.
    public static func transient(on system: SandboxSystem) -> [SandboxFault] {
        let onTheWay: [SandboxFault] = [
            .html502, .html504, .html200, .truncatedJSON, .reset, .dropped,
        ]
        return switch system {
        case .bitrix24:
            onTheWay + [
                .internalError, .queryLimit, .emptyBatch, .lostCommand, .repeatedPage, .staleTotal,
                .rowCreated, .rowDeleted, .rowUpdated,
            ]
        case .onec:
            onTheWay + [
                .maintenance, .noSession, .noLicence, .trickle, .rowCreated, .rowDeleted,
                .rowUpdated,
            ]
        }
    }
}

/// A fault, and which requests it meets.
public struct FaultRule: Hashable, Sendable {
    /// What goes wrong.
    public var fault: SandboxFault
    /// Where.
    public var system: SandboxSystem
    /// Part of the method's or the entity set's name, in any case; empty for every request.
    public var subject: String
    /// Requests that pass before the first that is met.
    public var skip: Int
    /// Requests that are met.
    public var times: Int
    /// How long a slow answer takes; of no meaning with other faults.
    public var seconds = 65.0

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - fault: What goes wrong.
    ///   - system: Where.
    ///   - subject: Part of the method's or the entity set's name; empty for every request.
    ///   - skip: Requests that pass before the first that is met.
    ///   - times: Requests that are met.
    public init(
        _ fault: SandboxFault, on system: SandboxSystem, subject: String = "", skip: Int = 0,
        times: Int = 1
    ) {
        self.fault = fault
        self.system = system
        self.subject = subject
        self.skip = skip
        self.times = times
    }
}
