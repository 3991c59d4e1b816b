/// What the server said about a failure, before it becomes a ``PostgresError``.
struct ServerMessage {
    var sqlState: String
    var primary: String
    var constraint: String?

    /// The kind that the SQLSTATE stands for.
    ///
    /// Source: PostgreSQL documentation, Appendix A, "PostgreSQL Error Codes".
    var kind: PostgresError.Kind {
        switch sqlState {
        case "57014": primary.contains("timeout") ? .timedOut : .cancelled
        case "57P01", "57P02", "57P03": .shuttingDown
        case "25P03", "57P05": .timedOut
        case "55P03": .lockUnavailable
        case "40001", "40P01": .retryable
        case "53100": .diskFull
        case "42501", "28000", "28P01": .permissionDenied
        default: kindOfClass
        }
    }

    private var kindOfClass: PostgresError.Kind {
        switch sqlState.prefix(2) {
        case "08": .connectionLost(outcomeUnknown: true)
        case "22": .dataInvalid
        case "23": .constraintViolated(name: constraint ?? "")
        case "28": .permissionDenied
        case "40": .retryable
        // An I/O error of the disk is as much the operator's as a full one.
        case "53", "54", "58": .resourceExhausted
        case "0A", "25", "26", "34", "3D", "3F", "42": .statementInvalid
        default: .other
        }
    }

    /// The primary message with values that the server quotes replaced by `…`.
    ///
    /// Messages of class 22 quote the value that did not fit, `RAISE` may quote anything. A value can
    /// hold quotation marks itself, so everything from the first to the last mark goes. Translated
    /// servers quote with « and ».
    var withoutValues: String {
        guard sqlState.hasPrefix("22") || sqlState.hasPrefix("P0") else { return primary }
        let marks: Set<Character> = ["\"", "«", "»", "„", "“", "”"]
        guard let first = primary.firstIndex(where: marks.contains),
            let last = primary.lastIndex(where: marks.contains)
        else { return primary }
        return primary[..<first] + "\"…\"" + primary[primary.index(after: last)...]
    }

    /// The error of a statement.
    func error(statement: String) -> PostgresError {
        PostgresError(kind, sqlState: sqlState, statement: statement, message: withoutValues)
    }
}
