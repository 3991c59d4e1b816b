/// The object identifiers of built-in types, which PostgreSQL keeps for ever.
///
/// Source: PostgreSQL, `src/include/catalog/pg_type.dat`.
enum TypeIdentifier {
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let oid: UInt32 = 26
    static let json: UInt32 = 114
    static let float4: UInt32 = 700
    static let float8: UInt32 = 701
    static let date: UInt32 = 1082
    static let timestamptz: UInt32 = 1184
    static let numeric: UInt32 = 1700
    static let uuid: UInt32 = 2950
    static let jsonb: UInt32 = 3802
    static let int2Array: UInt32 = 1005
    static let int4Array: UInt32 = 1007
    static let int8Array: UInt32 = 1016
    static let uuidArray: UInt32 = 2951

    static let integers: Set<UInt32> = [int2, int4, int8, oid]

    private static let names: [UInt32: String] = [
        bool: "boolean", bytea: "bytea", int8: "bigint", int2: "smallint", int4: "integer",
        oid: "oid", json: "json", float4: "real", float8: "double precision", date: "date",
        timestamptz: "timestamptz", numeric: "numeric", uuid: "uuid", jsonb: "jsonb",
        int2Array: "smallint[]", int4Array: "integer[]", int8Array: "bigint[]",
        uuidArray: "uuid[]", 25: "text", 1043: "character varying", 1042: "character",
        1114: "timestamp without time zone", 1009: "text[]", 1186: "interval", 1083: "time",
    ]

    static func name(_ identifier: UInt32) -> String {
        names[identifier] ?? "number \(identifier)"
    }
}
