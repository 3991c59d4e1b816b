internal import Foundation

/// Where the server is, as whom to connect, and how long to wait.
///
/// Settings travel to libpq as keyword arrays, never spliced into a connection string.
public struct PostgresConfiguration: Hashable, Sendable {
    /// How the server is reached.
    public enum Address: Hashable, Sendable {
        /// TCP, to a host name or a numeric address.
        case host(String)
        /// A Unix-domain socket in this folder.
        case socketFolder(String)
    }

    /// How the server is reached.
    public var address: Address
    /// The port; part of the socket's name when the address is a folder.
    public var port: Int
    /// The database.
    public var database: String
    /// The role; `nil` is libpq's default, the name of the system user.
    public var user: String?
    /// The password; `nil` lets libpq look into `~/.pgpass`.
    public var password: String?
    /// Protection of the connection; `nil` is ``effectiveTLSMode``'s default.
    public var tlsMode: TLSMode?
    /// A PEM file of the authorities to trust; `nil` is the system's bundle.
    public var rootCertificate: String?
    /// How long a statement may run on the server; `nil` is without limit.
    public var statementTimeout: Duration?
    /// How long opening a session may take.
    public var connectTimeout: Duration
    /// The name under which sessions appear in `pg_stat_activity`: the program's, unless told otherwise.
    public var applicationName: String

    /// Makes a configuration of settings.
    ///
    /// - Parameters:
    ///   - address: How the server is reached.
    ///   - port: The port.
    ///   - database: The database.
    ///   - user: The role.
    ///   - password: The password.
    ///   - tlsMode: Protection of the connection.
    ///   - rootCertificate: A PEM file of trusted authorities.
    ///   - statementTimeout: The limit of one statement on the server.
    ///   - connectTimeout: The limit of opening a session.
    ///   - applicationName: The name in `pg_stat_activity`.
    public init(
        address: Address, port: Int = 5432, database: String, user: String? = nil,
        password: String? = nil, tlsMode: TLSMode? = nil, rootCertificate: String? = nil,
        statementTimeout: Duration? = nil, connectTimeout: Duration = .seconds(15),
        applicationName: String = Self.programName
    ) {
        self.address = address
        self.port = port
        self.database = database
        self.user = user
        self.password = password
        self.tlsMode = tlsMode
        self.rootCertificate = rootCertificate
        self.statementTimeout = statementTimeout
        self.connectTimeout = connectTimeout
        self.applicationName = applicationName
    }

    /// The name of the running program.
    public static var programName: String { ProcessInfo.processInfo.processName }

    /// The protection that applies: what was asked for, else `verify-full` for a remote host and
    /// `prefer` for this machine, where there is no wire to listen on.
    public var effectiveTLSMode: TLSMode {
        tlsMode ?? (isLocal ? .prefer : .verifyFull)
    }

    /// Whether the server is on this machine.
    public var isLocal: Bool {
        switch address {
        case .socketFolder: true
        case .host(let host):
            host == "localhost" || host == "::1" || host.hasPrefix("127.") && host.isNumericAddress
        }
    }
}

extension String {
    /// Whether the text is an IPv4 address, so that `127.example.com` is not taken for loopback.
    fileprivate var isNumericAddress: Bool {
        allSatisfy { $0 == "." || $0.isASCII && $0.isNumber }
    }
}

extension PostgresConfiguration: CustomStringConvertible, CustomDebugStringConvertible {
    /// The place and the role, with the password masked.
    public var description: String {
        let place =
            switch address {
            case .host(let host): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
            case .socketFolder(let folder): "socket \(folder), port \(port)"
            }
        let credentials = (user ?? "") + (password == nil ? "" : ":***")
        return "\(credentials.isEmpty ? "" : credentials + "@")\(place)/\(database)"
    }

    /// As ``description``: a debugger's dump must not show the password either.
    public var debugDescription: String { description }
}

extension PostgresConfiguration: CustomReflectable {
    /// Hides the stored properties from `dump`, which would show the password.
    public var customMirror: Mirror { Mirror(self, children: ["configuration": description]) }
}
