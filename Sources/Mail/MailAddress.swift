/// A mailbox: an address, and a name for people.
public struct MailAddress: Hashable, Sendable {
    /// The address: `buh@example.ru`.
    public let address: String
    /// The name shown; empty for none.
    public let name: String

    /// Checks and makes a mailbox.
    ///
    /// - Parameters:
    ///   - address: One address, ASCII only (a domain in its `xn--` form).
    ///   - name: The name shown; line breaks in it become spaces.
    /// - Throws: ``MailError`` when it is no address; spaces, quotes, angle brackets and line
    ///   breaks are refused, so that an address cannot bring a header or a command of its own.
    public init(_ address: String, name: String = "") throws(MailError) {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        let isPlain = address.utf8.allSatisfy { byte in
            (0x21...0x7E).contains(byte) && !#"<>"(),:;[]\"#.utf8.contains(byte)
        }
        guard isPlain, parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
            address.utf8.count <= 254, !parts[1].hasPrefix("."), !parts[1].hasSuffix(".")
        else {
            throw MailError(
                .invalidMessage,
                message: "an address is not one of the form name@domain in ASCII; correct it in "
                    + "the configuration (a Cyrillic domain is written in its xn-- form)")
        }
        self.address = address
        self.name = name
    }
}
