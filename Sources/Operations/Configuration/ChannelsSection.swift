internal import Channels
internal import Definitions
internal import Foundation

/// Reads the section `channels` of the configuration.
struct ChannelsSection {
    let folder: URL
    let secrets: Secrets

    private static let keys: [String: [String]] = [
        "telegram": ["token", "url", "certificate_authority"],
        "webhook": ["url", "secret", "headers", "certificate_authority"],
        "sms": [
            "url", "method", "body", "content_type", "headers", "accepted", "length",
            "certificate_authority",
        ],
        "syslog": ["address", "facility"],
        "journald": ["socket"],
    ]

    func channels(from node: YAMLNode?) throws -> [Configuration.Channel] {
        guard let node else { return [] }
        return try node.pairs().map { key, value in
            guard key.value != Configuration.mailChannel else {
                throw key.node.error("'mail' is set up by the section 'mail'; choose another name")
            }
            return try channel(key.value, value)
        }
    }

    private func channel(_ name: String, _ node: YAMLNode) throws -> Configuration.Channel {
        let kindNode = try node.required("kind")
        let kindName = try kindNode.text()
        guard let keys = Self.keys[kindName] else {
            throw kindNode.error(
                "'\(kindName)' is not one of: \(Self.keys.keys.sorted().joined(separator: ", "))")
        }
        try node.allow(keys: ["kind"] + keys)
        return Configuration.Channel(
            name: name, kind: try kind(kindName, node),
            certificateAuthority: try node.optional("certificate_authority").map {
                let path = try $0.text()
                return path.hasPrefix("/") ? path : folder.appending(path: path).path
            })
    }

    private func kind(_ name: String, _ node: YAMLNode) throws -> Configuration.Channel.Kind {
        switch name {
        case "telegram":
            return .bot(
                token: try secrets.fill(node.required("token").text()),
                address: try node.optional("url").map { try secrets.fill($0.text()) }
                    ?? BotMessenger.usualAddress)
        case "webhook":
            return .webhook(
                address: try webAddress(node.required("url")),
                secret: try secrets.fill(node.required("secret").text()),
                headers: try headers(node.optional("headers")))
        case "sms": return .sms(try gateway(node))
        case "syslog":
            return .syslog(
                try node.optional("address").map(logPlace) ?? .local(path: "/dev/log"),
                facility: try node.optional("facility")?.choice(of: Syslog.Facility.self)
                    ?? .daemon)
        default:
            return .journal(
                path: try node.optional("socket")?.text() ?? SystemJournal.usualPath)
        }
    }

    private func gateway(_ node: YAMLNode) throws -> SMSGateway.Settings {
        let body = try node.optional("body")
        let headers = try headers(node.optional("headers"))
        let address = try node.required("url")
        let secrets = try secretsUsed(in: [address] + (body.map { [$0] } ?? []))
        let method = try node.optional("method")?.text() ?? (body == nil ? "GET" : "POST")
        guard ["GET", "POST"].contains(method) else {
            throw try node.required("method").error("'\(method)' is not one of: GET, POST")
        }
        _ = try webAddress(address)
        return SMSGateway.Settings(
            method: method, address: try template(address), body: try body.map(template),
            contentType: try node.optional("content_type")?.text() ?? "application/json",
            headers: headers, accepted: try node.optional("accepted")?.text(),
            lengthMax: try node.optional("length")?.integer() ?? 200, secrets: secrets)
    }

    /// A text with places for values; secrets are filled in first, and have none.
    private func template(_ node: YAMLNode) throws -> GatewayTemplate {
        let text = try secrets.fill(node.text())
        do throws(GatewayTemplate.UnknownName) { return try GatewayTemplate(text) } catch {
            throw node.error(
                "there is no '{\(error.name)}'; known here: "
                    + error.known.map { "{\($0)}" }.joined(separator: ", "))
        }
    }

    /// The values of the secrets that texts name, to be taken out of what is kept of answers.
    private func secretsUsed(in nodes: [YAMLNode]) throws -> [String] {
        try nodes.flatMap { node in
            try node.text().split(separator: "${").dropFirst().map { part in
                try secrets.fill("${" + part.prefix { $0 != "}" } + "}")
            }
        }
    }

    private func headers(_ node: YAMLNode?) throws -> [String: String] {
        var headers: [String: String] = [:]
        for (key, value) in try node?.pairs() ?? [] {
            let text = try secrets.fill(value.text())
            let isName = key.value.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3A }
            guard isName, !key.value.isEmpty, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
            else {
                throw key.node.error("a header is one line of a name without spaces and a text")
            }
            headers[key.value] = text
        }
        return headers
    }

    private func webAddress(_ node: YAMLNode) throws -> String {
        let text = try secrets.fill(node.text())
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else {
            throw node.error("expected an address that begins with https:// or http://")
        }
        return text
    }

    /// `/dev/log`, `udp://host:514` or `tcp://host:601`.
    private func logPlace(_ node: YAMLNode) throws -> Syslog.Place {
        let text = try node.text()
        if text.hasPrefix("/") { return .local(path: text) }
        guard let place = URLComponents(string: text), let scheme = place.scheme,
            let host = place.host?.trimmingCharacters(in: ["[", "]"]), !host.isEmpty
        else {
            throw node.error("expected /dev/log, udp://host:514 or tcp://host:601")
        }
        switch scheme {
        case "udp": return .udp(host: host, port: place.port ?? 514)
        case "tcp": return .tcp(host: host, port: place.port ?? 601)
        default: throw node.error("expected /dev/log, udp://host:514 or tcp://host:601")
        }
    }
}
