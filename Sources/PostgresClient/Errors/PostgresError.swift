/// Why a statement, a connection or the decoding of a row did not succeed.
///
/// A message never holds a bound value or a stored one: the server's DETAIL, HINT and CONTEXT are
/// dropped, and values that it quotes in its primary message are replaced by `…`.
public struct PostgresError: Error, Hashable, Sendable {
    /// What a caller can do about it, derived from the SQLSTATE class.
    public enum Kind: Hashable, Sendable {
        /// No session could be opened: address, credentials, TLS or version.
        case connectionFailed
        /// The session ended. When `outcomeUnknown`, the statement may or may not have taken effect;
        /// it was not repeated.
        case connectionLost(outcomeUnknown: Bool)
        /// Somebody other than the calling task cancelled the statement.
        case cancelled
        /// The statement, the lock or the connection took longer than it was given.
        case timedOut
        /// Serialization failure or deadlock: the whole transaction can be run again.
        case retryable
        /// The server's disk is full.
        case diskFull
        /// The server is out of memory, connections or another limit.
        case resourceExhausted
        /// A constraint of the schema refused the row.
        case constraintViolated(name: String)
        /// A lock that must not be waited for is held by another session.
        case lockUnavailable
        /// The statement does not fit the schema, or is not valid SQL.
        case statementInvalid
        /// A value does not fit its type.
        case dataInvalid
        /// The role may not do this, or could not prove who it is.
        case permissionDenied
        /// The server is starting up or shutting down; it can be asked again later.
        case shuttingDown
        /// A column could not be read as the type that was asked for.
        case decodingFailed(column: String)
        /// The connection is already used for another purpose, or is closed.
        case misused
        /// Anything else; see the SQLSTATE.
        case other
    }

    /// The remedy to choose by.
    public var kind: Kind
    /// The five characters of the SQLSTATE; empty when the failure was noticed on this side.
    public var sqlState: String
    /// Name of the statement, for example `candidate/by_tax_id`; empty outside a statement.
    public var statement: String
    /// The server's primary message, without DETAIL or values, which may be personal data.
    public var message: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - kind: The remedy to choose by.
    ///   - sqlState: The SQLSTATE, when the server gave one.
    ///   - statement: The name of the statement.
    ///   - message: What happened, without values.
    public init(_ kind: Kind, sqlState: String = "", statement: String = "", message: String) {
        self.kind = kind
        self.sqlState = sqlState
        self.statement = statement
        self.message = message
    }
}

extension PostgresError: CustomStringConvertible {
    /// One line: statement, message, SQLSTATE.
    public var description: String {
        var line = statement.isEmpty ? "PostgreSQL: " : "PostgreSQL, statement \(statement): "
        line += message
        if !sqlState.isEmpty { line += " (SQLSTATE \(sqlState))" }
        if case .connectionLost(outcomeUnknown: true) = kind {
            line += "; it is not known whether the statement took effect, and it was not repeated"
        }
        return line
    }
}
