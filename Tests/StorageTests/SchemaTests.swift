import PostgresClient
import Storage
import Testing

@Suite("Schema")
struct SchemaTests {
    @Test("every named statement fits the migrated database")
    func statements() async throws {
        try await StoreTesting.run { testing in
            let all = testing.store.statementCatalog.all
            #expect(all.count > 60)
            try await testing.store.pool.withConnection { connection in
                for statement in all {
                    await #expect(throws: Never.self, "\(statement.name)") {
                        try await connection.check(statement)
                    }
                }
            }
        }
    }

    @Test("columns with personal data are marked, and only they")
    func personalColumns() async throws {
        try await StoreTesting.run { testing in
            let unlike = try await testing.texts(
                """
                SELECT relname || '.' || attname FROM pg_attribute
                JOIN pg_class ON pg_class.oid = attrelid
                WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
                    AND (attname LIKE 'personal\\_%')
                        <> (coalesce(col_description(attrelid, attnum), '') LIKE 'Personal data%')
                """)
            #expect(unlike == [])
        }
    }

    @Test("every table says what its rows are")
    func tableComments() async throws {
        try await StoreTesting.run { testing in
            let silent = try await testing.texts(
                """
                SELECT relname FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
                    AND relname NOT LIKE 'staging%' AND relname NOT LIKE 'schema%'
                    AND obj_description(oid) IS NULL
                """)
            #expect(silent == [])
        }
    }
}
