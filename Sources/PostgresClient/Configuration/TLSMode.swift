/// How far the connection to the server is protected; libpq's `sslmode`.
public enum TLSMode: String, Hashable, Sendable, CaseIterable {
    /// No TLS.
    case disable
    /// TLS only when the server insists.
    case allow
    /// TLS when the server offers it, unverified.
    case prefer
    /// TLS always, unverified.
    case require
    /// TLS with a certificate that a trusted authority signed.
    case verifyCA = "verify-ca"
    /// As ``verifyCA``, and the certificate names the host.
    case verifyFull = "verify-full"
}
