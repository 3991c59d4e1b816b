/// How the infobase behaves.
public struct InfobaseOptions: Hashable, Sendable {
    /// The name of the publication.
    public var base = "buh"
    /// The 1C user of the exchange.
    public var login = "Обмен CRM"
    /// The user's password.
    public var password = "sandbox"
    /// Whether `$inlinecount` makes the server forget `$top` and `$skip`, as its manual says;
    /// servers in the field do not.
    public var inlineCountIgnoresPaging = false

    /// The usual settings.
    public init() {}
}
