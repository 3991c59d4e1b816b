internal import Channels
internal import Definitions
internal import Foundation
internal import Mail

/// Reads the section `mail` of the configuration.
struct MailSection {
    let folder: URL
    let secrets: Secrets

    func mail(from node: YAMLNode) throws -> Configuration.Mail {
        try node.allow(keys: [
            "from", "host", "port", "security", "user", "password", "auth", "oauth",
            "certificate_authority", "timeout", "size_limit", "unsubscribe",
        ])
        let security =
            try node.optional("security")?.choice(of: Configuration.Mail.Security.self)
            ?? .startTLS
        let tokens = try node.optional("oauth").map(accessTokens)
        if tokens != nil, try node.optional("user") == nil {
            throw node.error("'oauth' needs 'user', the mailbox that the tokens are for")
        }
        return Configuration.Mail(
            from: try SubscriptionsSection.mailbox(node.required("from")),
            host: try node.required("host").text(),
            port: try node.optional("port")?.integer() ?? (security == .tls ? 465 : 587),
            security: security,
            user: try node.optional("user").map { try secrets.fill($0.text()) },
            password: try node.optional("password").map { try secrets.fill($0.text()) },
            authentication: try node.optional("auth")?.choice(of: SMTPServer.Authentication.self),
            accessTokens: tokens,
            certificateAuthority: try node.optional("certificate_authority").map {
                let path = try $0.text()
                return path.hasPrefix("/") ? path : folder.appending(path: path).path
            },
            timeout: try node.optional("timeout").map {
                max(1, Int(try ScheduleSection.duration($0).components.seconds))
            } ?? 120,
            sizeMax: try node.optional("size_limit").map(OutgoingSection.byteCount) ?? 20_000_000,
            unsubscribeAddress: try node.optional("unsubscribe").map(unsubscribeAddress))
    }

    private func accessTokens(from node: YAMLNode) throws -> AccessTokens.Settings {
        try node.allow(keys: ["token_url", "client_id", "client_secret", "refresh_token", "scope"])
        return AccessTokens.Settings(
            address: try node.required("token_url").text(),
            clientID: try secrets.fill(node.required("client_id").text()),
            clientSecret: try node.optional("client_secret").map { try secrets.fill($0.text()) }
                ?? "",
            refreshToken: try secrets.fill(node.required("refresh_token").text()),
            scope: try node.optional("scope")?.text() ?? "")
    }

    private func unsubscribeAddress(_ node: YAMLNode) throws -> String {
        let text = try node.text()
        guard text.hasPrefix("mailto:") || text.hasPrefix("https://"),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x3C && $0 != 0x3E })
        else { throw node.error("expected mailto:address or https://address without spaces") }
        return text
    }
}
