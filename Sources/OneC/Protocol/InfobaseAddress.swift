internal import Crypto
internal import Foundation
public import Collection

/// Where an infobase publishes its OData interface and who reads it.
///
/// Two addresses are equal when infobase, user and password are.
public struct InfobaseAddress: Hashable, Sendable, CustomStringConvertible {
    /// The publication's address without a trailing slash: `https://srv/base`.
    public let publication: String
    /// The host and path, for messages.
    public let label: String
    private let user: String
    private let authorization: String

    /// Reads an address: of the publication, or of `odata/standard.odata` inside it.
    ///
    /// - Parameters:
    ///   - address: The address; user and password must not stand in it.
    ///   - user: The user of the infobase, in any alphabet.
    ///   - password: The user's password.
    /// - Throws: ``CollectionError`` that says what is wrong with the address.
    public init(
        _ address: String, user: String, password: String
    ) throws(CollectionError) {
        var text = TextCleaning.trimmed(address)
        if let tail = text.firstRange(of: "/odata/standard.odata") {
            text = String(text[..<tail.lowerBound])
        }
        while text.hasSuffix("/") { text.removeLast() }
        guard let start = text.firstRange(of: "://")?.upperBound,
            ["http", "https"].contains(text[..<start].dropLast(3).lowercased()),
            start < text.endIndex
        else {
            throw CollectionError(
                .misconfigured,
                "The infobase's address does not read http(s)://server/publication.")
        }
        let rest = text[start...]
        guard !rest.contains("@"), !rest.contains("?"), !rest.contains("#") else {
            throw CollectionError(
                .misconfigured,
                "The infobase's address must be http(s)://server/publication only; user and "
                    + "password are settings of their own.")
        }
        let host = rest.prefix { $0 != "/" }
        publication = text[..<start] + host + Self.encodedPath(rest.dropFirst(host.count))
        label = String(rest)
        self.user = user
        // 1C takes the user name in UTF-8; other encodings are refused.
        authorization = "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    }

    /// A request for a resource of the OData interface.
    ///
    /// - Parameters:
    ///   - path: The names after `standard.odata`, not encoded.
    ///   - query: The options, not encoded.
    ///   - headers: Headers beside the credentials.
    /// - Returns: The request, with the credentials.
    func request(
        _ path: [String], query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = []
    ) -> HTTPRequest {
        var url = publication + "/odata/standard.odata"
        for name in path { url += "/" + Self.encoded(name) }
        for (number, option) in query.enumerated() {
            url += (number == 0 ? "?" : "&") + option.name + "=" + Self.encoded(option.value)
        }
        return HTTPRequest(
            url: url,
            headers: [("Authorization", authorization), ("User-Agent", "sverka/1")] + headers)
    }

    /// A request for an HTTP service of the infobase.
    ///
    /// - Parameters:
    ///   - path: The path under the publication, `hs/exchange/goods`, with options of its own if need
    ///     be; or an address that the service itself has named.
    ///   - query: The options to add, not encoded.
    /// - Returns: The request with the credentials; `nil` when the address is not the infobase's.
    func service(_ path: String, query: [(name: String, value: String)]) -> HTTPRequest? {
        var path = path
        if path.contains("://") {
            // Credentials go to the infobase and nowhere else.
            guard path.hasPrefix(publication + "/") else { return nil }
            path = String(path.dropFirst(publication.count + 1))
        } else if let start = path.firstRange(of: "hs/")?.lowerBound, path.hasPrefix("/") {
            path = String(path[start...])
        }
        let parts = path.split(separator: "?", maxSplits: 1)
        var url = publication + Self.encodedPath(parts.first ?? "")
        var options = parts.count > 1 ? String(parts[1]) : ""
        for option in query {
            options += (options.isEmpty ? "" : "&") + option.name + "=" + Self.encoded(option.value)
        }
        if !options.isEmpty { url += "?" + options }
        return HTTPRequest(
            url: url,
            headers: [("Authorization", authorization), ("User-Agent", "sverka/1")])
    }

    /// Tells the infobase from others, in letters and digits, whoever reads it.
    var publicationDigest: String {
        SHA256.hash(data: Data(publication.utf8)).prefix(16)
            .map { String(format: "%02x", $0) }.joined()
    }

    /// Tells infobase and user from others, in letters and digits; the password is not in it.
    var userDigest: String {
        SHA256.hash(data: Data("\(publication)\n\(user)".utf8)).prefix(16)
            .map { String(format: "%02x", $0) }.joined()
    }

    /// Tells infobase, user and password from others, without giving them away.
    func credentialsDigest(salt: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: Data(salt + Array("\(publication)\n\(authorization)".utf8))))
    }

    /// The address for people; it holds no credentials.
    public var description: String { publication }

    private static func encodedPath(_ path: Substring) -> String {
        // An address may have been copied with its Cyrillic already encoded.
        path.split(separator: "/").map { "/" + encoded(String($0), keepsPercent: true) }.joined()
    }

    /// A text percent-encoded so that neither 1C nor a web server before it reads it otherwise.
    ///
    /// A space is `%20`: `+` is refused by 1C.
    static func encoded(_ text: String, keepsPercent: Bool = false) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count * 3)
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "$"), UInt8(ascii: ","),
                UInt8(ascii: "*"):
                encoded.append(byte)
            case UInt8(ascii: "%") where keepsPercent: encoded.append(byte)
            default:
                encoded.append(UInt8(ascii: "%"))
                encoded.append(digits[Int(byte >> 4)])
                encoded.append(digits[Int(byte & 15)])
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
