public import Collection

/// The address of an incoming webhook: `https://portal.example/rest/1/secret/`.
///
/// Its code is a password; it appears in requests and nowhere else.
public struct Webhook: PortalAccess, Hashable, CustomStringConvertible {
    /// The portal's address without a trailing slash: `https://portal.example`.
    public let portal: String
    /// The portal's host, with its port when there is one: what messages call it.
    public let host: String
    private let user: String
    private let code: String

    /// Reads an address as the portal shows it; a method name after it is left off.
    ///
    /// - Throws: ``CollectionError`` that says what is missing, without the code.
    public init(_ address: String) throws(CollectionError) {
        let trimmed = TextCleaning.trimmed(address)
        guard let colon = trimmed.firstRange(of: "://"),
            ["http", "https"].contains(trimmed[..<colon.lowerBound].lowercased())
        else {
            throw CollectionError(
                .misconfigured,
                "The webhook's address does not begin with https://. Copy it from the portal: "
                    + "Developer resources, Inbound webhook.")
        }
        let parts = trimmed[colon.upperBound...].split(separator: "/")
        let rest = parts.firstIndex { $0 == "rest" }
        guard let host = parts.first, !host.isEmpty, !host.contains("@"), let rest,
            parts.count > rest + 2, parts[rest + 1].allSatisfy(\.isNumber)
        else {
            throw CollectionError(
                .misconfigured,
                "The webhook's address lacks its user or code: it reads "
                    + "https://portal/rest/USER/CODE/. Copy it whole from the portal.")
        }
        let path = parts[1..<rest].map { "/" + $0 }.joined()
        self.host = String(host)
        portal = trimmed[..<colon.lowerBound].lowercased() + "://" + host + path
        user = String(parts[rest + 1])
        code = String(parts[rest + 2])
    }

    /// `webhook`.
    public var kind: String { "webhook" }

    /// The path of a method; it holds the code.
    public func path(of method: String) -> String { "/rest/\(user)/\(code)/\(method)" }

    /// None: the path says all.
    public func token(afterRejected rejected: String?) async throws -> String? { nil }

    /// The code.
    public var secrets: [String] { [code] }

    /// The portal and the user, without the code.
    public var description: String { "\(portal)/rest/\(user)/***/" }
}
