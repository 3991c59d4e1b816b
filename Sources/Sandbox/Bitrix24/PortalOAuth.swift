/// The authorisation server and the portal's page that a browser is sent to.
struct PortalOAuth: Sendable {
    let tokens: PortalTokens
    let options: PortalOptions
    let now: Double

    /// Answers a request; `path` holds the decoded segments after `oauth`.
    func respond(_ request: SandboxRequest, path: [String]) -> SandboxReply {
        switch path.first {
        case "token": token(request)
        case "authorize": authorize(request)
        default: SandboxReply.html("404 Not Found", status: 404)
        }
    }

    // MARK: Tokens

    private func token(_ request: SandboxRequest) -> SandboxReply {
        do throws(PortalError) {
            return .json(try pair(request.parameters, origin: request.origin))
        } catch {
            return error.reply(options.statuses)
        }
    }

    private func pair(_ parameters: Parameter, origin: String) throws(PortalError) -> [UInt8] {
        func required(_ name: String) throws(PortalError) -> String {
            guard let text = parameters[name]?.text, !text.isEmpty else { throw .missing(name) }
            return text
        }
        let grant = try required("grant_type")
        guard try required("client_id") == options.clientID else { throw .wrongClient }
        guard try required("client_secret") == options.clientSecret else { throw .invalidClient }
        if options.isUninstalled { throw .applicationMissing }
        if options.state == .unpaid { throw .tokensUnpaid }
        let pair: PortalTokens.Pair?
        switch grant {
        case "authorization_code":
            pair = tokens.exchange(code: try required("code"), options, now: now)
        case "refresh_token":
            pair = tokens.refresh(try required("refresh_token"), options, now: now)
        default: throw .invalidGrant
        }
        guard let pair else { throw .invalidGrant }
        return Array(
            json(pair, origin: origin, isRefreshed: grant == "refresh_token").utf8)
    }

    /// A pair of tokens as the endpoint words it.
    func json(_ pair: PortalTokens.Pair, origin: String, isRefreshed: Bool) -> String {
        let host = origin.split(separator: "/").last ?? ""
        let endpoint = "\(origin)/rest/".replacing("/", with: "\\/")
        let refreshed =
            isRefreshed ? ",\"expires\":\(Int(pair.expires)),\"user_id\":\(options.userID)" : ""
        return """
            {"access_token":"\(pair.access)","client_endpoint":"\(endpoint)",\
            "domain":"\(host)","expires_in":\(Int(options.accessLifetime)),\
            "member_id":"\(options.memberID)","refresh_token":"\(pair.refresh)",\
            "scope":"\(options.scopes.joined(separator: ","))",\
            "server_endpoint":"\(endpoint)","status":"L"\(refreshed)}
            """
    }

    // MARK: The browser

    /// Where the portal sends the browser; a page when the application is unknown or has no address.
    private func authorize(_ request: SandboxRequest) -> SandboxReply {
        let query = FormDecoding.parameters(request.query)
        guard query["client_id"]?.text == options.clientID, !options.redirectURI.isEmpty else {
            return SandboxReply.html("Приложение не найдено", status: 200)
        }
        let host = String(request.origin.split(separator: "/").last ?? "")
        var reply = SandboxReply.html("302 Found", status: 302)
        let values = [
            ("code", tokens.code(now: now)), ("state", query["state"]?.text ?? ""),
            ("domain", host), ("member_id", options.memberID),
            ("scope", options.scopes.joined(separator: ",")), ("server_domain", host),
        ]
        let answer = values.map { "\($0.0)=\(FormDecoding.percentEncoded($0.1))" }
        let mark = options.redirectURI.contains("?") ? "&" : "?"
        reply.headers = [
            ("Location", options.redirectURI + mark + answer.joined(separator: "&"))
        ]
        return reply
    }
}
