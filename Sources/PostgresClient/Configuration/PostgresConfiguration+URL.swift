internal import Foundation

/// Why a database URL cannot be used.
///
/// The message never repeats the URL, which holds a password.
public struct PostgresURLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what is expected.
    public var description: String
}

extension PostgresConfiguration {
    /// Reads `postgres://user:password@host:port/database?sslmode=verify-full`.
    ///
    /// Parts are percent-encoded. Known settings after the question mark: `sslmode`, `sslrootcert`,
    /// `connect_timeout` (seconds), `statement_timeout` (milliseconds), `application_name`, `host`
    /// (a folder when it starts with `/`), `port`, `user`, `password`, `dbname`.
    ///
    /// - Parameter url: The URL; the scheme is `postgres` or `postgresql`.
    /// - Throws: ``PostgresURLError`` that names the part, without its value.
    public init(url: String) throws {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme else {
            throw PostgresURLError(
                description: "The database URL cannot be read; expected "
                    + "postgres://user:password@host:port/database, with special characters "
                    + "percent-encoded.")
        }
        guard ["postgres", "postgresql"].contains(scheme.lowercased()) else {
            throw PostgresURLError(
                description: "The database URL must start with postgres:// or postgresql://.")
        }
        self.init(address: .host("localhost"), database: "")
        if let host = parts.host, !host.isEmpty { set(host: host) }
        if let port = parts.port { try set(port: String(port)) }
        user = parts.user
        password = parts.password
        database = String(parts.path.drop { $0 == "/" })
        for item in parts.queryItems ?? [] { try set(item.name, to: item.value ?? "") }
        if database.isEmpty { database = user ?? "" }
        guard !database.isEmpty else {
            throw PostgresURLError(description: "The database URL names no database.")
        }
    }

    private mutating func set(host: String) {
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        address = bare.hasPrefix("/") ? .socketFolder(bare) : .host(bare)
    }

    private mutating func set(port text: String) throws {
        guard let number = Int(text), (1...65535).contains(number) else {
            throw PostgresURLError(description: "The database URL's port is not in 1…65535.")
        }
        port = number
    }

    private mutating func set(_ name: String, to value: String) throws {
        switch name {
        case "host": set(host: value)
        case "port": try set(port: value)
        case "user": user = value
        case "password": password = value
        case "dbname": database = value
        case "application_name": applicationName = value
        case "sslrootcert": rootCertificate = value
        case "sslmode":
            guard let mode = TLSMode(rawValue: value) else {
                throw PostgresURLError(
                    description: "The database URL's sslmode is none of "
                        + TLSMode.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            }
            tlsMode = mode
        case "connect_timeout":
            connectTimeout = .seconds(try Self.count(value, of: name))
        case "statement_timeout":
            statementTimeout = .milliseconds(try Self.count(value, of: name))
        default:
            throw PostgresURLError(description: "The database URL's setting \(name) is not known.")
        }
    }

    private static func count(_ text: String, of name: String) throws -> Int {
        guard let number = Int(text), number > 0 else {
            throw PostgresURLError(
                description: "The database URL's \(name) is not a positive whole number.")
        }
        return number
    }
}
