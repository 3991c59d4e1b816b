internal import CLibPQ
internal import Glibc

extension Session {
    /// Sends a statement whose rows are fetched as they come.
    func beginRows(_ statement: Statement, _ values: [PostgresValue]) throws {
        try sendPrepared(statement, values)
        PQsetSingleRowMode(connection)
    }

    /// Fetches rows that have arrived, at least one and at most `countMax`.
    ///
    /// - Returns: The rows; empty once the statement is over.
    func nextRows(
        countMax: Int, _ statement: Statement, layout: inout ResultStore?
    ) throws -> [PostgresRow] {
        var rows: [PostgresRow] = []
        while rows.count < countMax {
            if !rows.isEmpty, PQisBusy(connection) == 1 { break }
            guard let pointer = try nextResult(statement) else { break }
            switch PQresultStatus(pointer) {
            case PGRES_SINGLE_TUPLE:
                let store = ResultStore(owning: pointer, statement: statement.name, layout: layout)
                if layout == nil { layout = store }
                rows.append(PostgresRow(result: store, index: 0))
            case PGRES_FATAL_ERROR:
                let failure = error(of: pointer, statement)
                PQclear(pointer)
                while let next = try nextResult(statement) { PQclear(next) }
                throw cancellationOr(failure)
            default: PQclear(pointer)
            }
        }
        return rows
    }
}
