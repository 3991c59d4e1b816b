/// The statements of the migrations table, which must exist before any file of SQL is run.
enum MigrationSQL {
    static let unlimitedTime = Statement(
        name: "unlimited_time", text: "SET LOCAL statement_timeout = 0")

    static let tableExists = Statement(
        name: "schema_migration_exists",
        text: "SELECT to_regclass('schema_migration') IS NOT NULL")

    static let createTable = Statement(
        name: "create_schema_migration",
        text: """
            CREATE TABLE IF NOT EXISTS schema_migration (
                number     integer     PRIMARY KEY CHECK (number > 0),
                name       text        NOT NULL,
                checksum   text        NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now()
            )
            """)

    static let select = Statement(
        name: "applied_migrations",
        text: "SELECT number, name, checksum FROM schema_migration ORDER BY number")

    static let insert = Statement(
        name: "record_migration",
        text: "INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)")
}
