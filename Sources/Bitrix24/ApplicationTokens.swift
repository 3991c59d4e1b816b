internal import Foundation

/// What a portal has given an application to prove itself with.
struct ApplicationTokens: Hashable, Sendable, Codable {
    /// Goes with each call, for an hour.
    var access: String
    /// When the access token ends, in seconds since 1970.
    var expiresAt: Int64
    /// Gives the next pair, once.
    var refresh: String
    /// The portal's id among portals.
    var memberID: String?
    /// Since when an exchange has been under way whose answer is not known, in seconds since 1970.
    ///
    /// It is written before the refresh token is sent. When a later start finds it, the answer may
    /// have been lost, and with it the only valid refresh token.
    var exchangeBegan: Int64?

    /// Whether the access token is good for another call, which may take a minute.
    func isFresh(at now: Int64) -> Bool { now + 70 < expiresAt }
}
