/// In whose name a portal is called.
public protocol PortalAccess: Sendable {
    /// The portal's address without a trailing slash: `https://portal.example`.
    var portal: String { get }
    /// The portal's host, with its port when there is one: what messages call it.
    var host: String { get }
    /// What people call the access in the portal, for remedies: `webhook`, `application`.
    var kind: String { get }

    /// The path of a method under the portal's address; it may hold a secret.
    func path(of method: String) -> String

    /// The token that goes with each call; `nil` where the path says all.
    ///
    /// - Parameter rejected: The token that the portal has just called expired.
    /// - Returns: The token; it is good for another minute at least.
    /// - Throws: `CollectionError` when there is no valid token to be had.
    func token(afterRejected rejected: String?) async throws -> String?

    /// What must not stand in any message.
    var secrets: [String] { get }
}
