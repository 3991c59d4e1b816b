/// Where a portal is: it may turn out to have been renamed.
struct PortalAddress: Hashable, Sendable {
    /// Scheme, host and the path before `rest`, without a trailing slash.
    let base: String

    /// The host, with its port when there is one.
    var host: String { Self.host(of: base) }

    /// Whether the way there is encrypted.
    var isSecure: Bool { base.hasPrefix("https://") }

    /// The address that the portal names for a method in place of its own; `nil` when it is none
    /// for the same method.
    func moved(to location: String, path: String) -> PortalAddress? {
        let plain = location.prefix { $0 != "?" && $0 != "#" }
        guard plain.contains("://"), plain.hasSuffix(path) else { return nil }
        return PortalAddress(base: String(plain.dropLast(path.count)))
    }

    /// The host of an address, for messages.
    static func host(of address: String) -> String {
        guard let start = address.firstRange(of: "://")?.upperBound else { return "another page" }
        return String(address[start...].prefix { $0 != "/" && $0 != "?" })
    }
}
