import Foundation
import Sandbox
import Testing

@Suite("OAuth")
struct OAuthTests {
    private func token(
        _ client: SandboxClient, _ fields: [String: String], isForm: Bool = true
    ) async throws -> SandboxClient.Answer {
        let text = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            .joined(separator: "&")
        let url = client.addresses.bitrixOAuth + "token/"
        guard isForm else { return try await client.send("GET", "\(url)?\(text)") }
        return try await client.send(
            "POST", url, body: Data(text.utf8),
            headers: ["Content-Type": "application/x-www-form-urlencoded"])
    }

    private func grant(
        _ client: SandboxClient, _ type: String, _ more: [String: String]
    ) -> [String: String] {
        [
            "grant_type": type, "client_id": client.addresses.clientID,
            "client_secret": client.addresses.clientSecret,
        ].merging(more) { $1 }
    }

    private func status(_ client: SandboxClient, _ access: String) async throws -> Int {
        try await client.send(
            "GET", client.addresses.bitrixREST + "profile?auth=\(access)"
        ).status
    }

    @Test("exchanges a code once, by GET or by a form, for tokens that REST takes")
    func code() async throws {
        try await withSandbox(size: 40) { client, sandbox in
            for isForm in [true, false] {
                let fields = grant(
                    client, "authorization_code", ["code": sandbox.authorizationCode()])
                let answer = try await token(client, fields, isForm: isForm)
                let pair = try #require(answer.object)
                #expect(answer.status == 200)
                #expect(pair["expires_in"] as? Int == 3600)
                #expect(pair["client_endpoint"] as? String == client.addresses.bitrixREST)
                #expect(pair["scope"] as? String == "crm,catalog,user,department,sale")
                #expect(pair["expires"] == nil && pair["user_id"] == nil)
                let access = try #require(pair["access_token"] as? String)
                #expect(try await status(client, access) == 200)

                let again = try await token(client, fields, isForm: isForm)
                #expect(again.status == 400)
                #expect(again.object as? [String: String] == ["error": "invalid_grant"])
            }
        }
    }

    @Test("lets the refresh token die when it is exchanged, at once or after a grace")
    func rotation() async throws {
        let clock = TestClock()
        try await withSandbox(
            size: 40,
            configure: { options in
                options.now = { clock.now }
                options.portal.refreshGrace = 0
            }
        ) { client, sandbox in
            let first = sandbox.installApplication().refresh
            func refresh(_ token: String) async throws -> SandboxClient.Answer {
                try await self.token(
                    client, grant(client, "refresh_token", ["refresh_token": token]))
            }
            let pair = try #require(try await refresh(first).object)
            let second = try #require(pair["refresh_token"] as? String)
            #expect(second != first)
            #expect(pair["user_id"] as? Int == 1)
            #expect(pair["expires"] as? Int == Int(clock.now) + 3600)
            #expect(try await refresh(first).status == 400)

            sandbox.changePortal { $0.refreshGrace = 30 }
            #expect(try await refresh(second).status == 200)
            clock.advance(by: 29)
            #expect(try await refresh(second).status == 200)
            clock.advance(by: 31)
            #expect(try await refresh(second).status == 400)
        }
    }

    @Test("lets tokens expire: expired_token for a known one, invalid_token for any other")
    func expiry() async throws {
        let clock = TestClock()
        try await withSandbox(size: 40, configure: { $0.now = { clock.now } }) { client, sandbox in
            let pair = sandbox.installApplication()
            #expect(try await status(client, pair.access) == 200)
            clock.advance(by: 3600)
            let expired = try await client.send(
                "GET", client.addresses.bitrixREST + "profile?auth=\(pair.access)")
            #expect(expired.status == 401)
            #expect(expired.object?["error"] as? String == "expired_token")
            let unknown = try await client.send(
                "GET", client.addresses.bitrixREST + "profile?auth=nobody")
            #expect(unknown.status == 401)
            #expect(unknown.object?["error"] as? String == "invalid_token")

            clock.advance(by: 180 * 86_400)
            let late = try await token(
                client, grant(client, "refresh_token", ["refresh_token": pair.refresh]))
            #expect(late.object?["error"] as? String == "invalid_grant")
        }
    }

    @Test("refuses as the vendor does, an unknown application with status 200")
    func refusals() async throws {
        try await withSandbox(size: 40) { client, sandbox in
            let pair = sandbox.installApplication()
            let good = grant(client, "refresh_token", ["refresh_token": pair.refresh])
            let cases: [([String: String], Int, String)] = [
                (["client_id": "local.nobody"], 200, "wrong_client"),
                (["client_secret": "wrong"], 400, "invalid_client"),
                (["refresh_token": "wrong"], 400, "invalid_grant"),
                (["refresh_token": ""], 400, "invalid_request"),
            ]
            for (change, status, code) in cases {
                let answer = try await token(client, good.merging(change) { $1 })
                #expect(answer.status == status)
                #expect(answer.object?["error"] as? String == code)
                #expect(answer.object?["access_token"] == nil)
            }
            sandbox.changePortal { $0.isUninstalled = true }
            #expect(try await token(client, good).object?["error"] as? String == "NOT_INSTALLED")
            #expect(try await status(client, pair.access) == 401)
        }
    }

    @Test("sends a browser back with a code, the state and the portal's names")
    func browser() async throws {
        try await withSandbox(
            size: 40,
            configure: { options in
                // A clock that stands still: a code lives for seconds, a loaded machine takes longer.
                options.now = { 1_780_000_000 }
                options.portal.redirectURI = "http://127.0.0.1:1/back?x=1"
            }
        ) { client, _ in
            let answer = try await client.send(
                "GET",
                client.addresses.bitrixOAuth
                    + "authorize/?client_id=\(client.addresses.clientID)&state=a%26b",
                followsRedirects: false)
            #expect(answer.status == 302)
            let location = try #require(answer.headers["location"])
            let parts = try #require(URLComponents(string: location))
            let values = Dictionary(
                (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") },
                uniquingKeysWith: { $1 })
            #expect(parts.path == "/back")
            #expect(values["state"] == "a&b")
            #expect(Set(values.keys).isSuperset(of: ["domain", "member_id", "scope", "x"]))
            let code = try #require(values["code"])
            let pair = try await token(client, grant(client, "authorization_code", ["code": code]))
            #expect(pair.object?["access_token"] != nil)
        }
    }

    @Test("keeps the operating time of an application apart from a webhook's, and knows its info")
    func application() async throws {
        try await withSandbox(
            size: 40,
            configure: {
                $0.portal.operatingLimit = 1
                $0.portal.operatingCost = 1
            }
        ) { client, sandbox in
            let access = sandbox.installApplication().access
            let rest = client.addresses.bitrixREST
            #expect(try await client.call("crm.company.list").status == 200)
            #expect(try await client.call("crm.company.list").status == 429)
            let list = try await client.send("GET", "\(rest)crm.company.list?auth=\(access)")
            #expect(list.status == 200)
            let info = try await client.send("GET", "\(rest)app.info?auth=\(access)")
            #expect((info.object?["result"] as? [String: Any])?["INSTALLED"] as? Bool == true)
            let hook = try await client.call("app.info")
            #expect(hook.status == 403)
            #expect(hook.object?["error"] as? String == "ACCESS_DENIED")
        }
    }
}
