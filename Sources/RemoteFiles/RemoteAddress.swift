internal import Foundation

/// Where a folder on another machine is: `ftp`, `ftpes`, `ftps`, `sftp`, `http` or `https`.
///
/// An address that ends in `/` is a folder, one of `http` or `https` that does not is one file.
public struct RemoteAddress: Hashable, Sendable, CustomStringConvertible {
    /// How to speak to the server.
    public enum Scheme: String, Hashable, Sendable, CaseIterable {
        /// FTP without protection.
        case ftp
        /// FTP that begins TLS by a command; usually on port 21.
        case ftpes
        /// FTP within TLS from the first byte; usually on port 990.
        case ftps
        /// Files by SSH.
        case sftp
        /// HTTP without protection.
        case http
        /// HTTP within TLS.
        case https
    }

    /// How to speak to the server.
    public let scheme: Scheme
    /// The server's name or number.
    public let host: String
    /// The port; `nil` for the usual one.
    public let port: Int?
    /// The path, not percent-encoded, with `/` at its beginning.
    public let path: String

    /// Reads an address.
    ///
    /// - Throws: ``RemoteError`` when it is none, or holds a password.
    public init(_ text: String) throws(RemoteError) {
        guard let parts = URLComponents(string: text), let name = parts.scheme?.lowercased(),
            let scheme = Scheme(rawValue: name), let host = parts.host, !host.isEmpty
        else {
            let forms = Scheme.allCases.map { $0.rawValue + "://" }.joined(separator: ", ")
            throw RemoteError(
                .misconfigured, "the address of a remote folder begins with one of \(forms)")
        }
        guard parts.user == nil, parts.password == nil else {
            throw RemoteError(
                .misconfigured,
                "the address of the folder on \(host) holds a user name or password, which would "
                    + "show in logs; set them beside the address")
        }
        guard parts.query == nil, parts.fragment == nil else {
            throw RemoteError(
                .misconfigured, "the address of the folder on \(host) holds '?' or '#'")
        }
        self.scheme = scheme
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = parts.port
        path = parts.path.isEmpty ? "/" : parts.path
    }

    /// Whether it is a folder.
    var isFolder: Bool { path.hasSuffix("/") || (scheme != .http && scheme != .https) }

    /// The address of the folder, or of a file in it, as libcurl takes it.
    func url(of name: String? = nil) -> String {
        var whole = path
        if isFolder, !whole.hasSuffix("/") { whole += "/" }
        if isFolder, let name { whole += name }
        let known = scheme == .ftpes ? "ftp" : scheme.rawValue
        return "\(known)://\(server)\(Self.encoded(whole))"
    }

    /// The address as a person writes it.
    public var description: String { "\(scheme.rawValue)://\(server)\(path)" }

    private var server: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port.map { "\(name):\($0)" } ?? name
    }

    private static func encoded(_ path: String) -> String {
        let kept = Set("-._~/".utf8)
        return path.utf8.map { byte in
            let isLetter =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte)
            let digits = String(byte, radix: 16, uppercase: true)
            return isLetter || kept.contains(byte)
                ? String(Unicode.Scalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
        }.joined()
    }
}
