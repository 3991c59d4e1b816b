import Bitrix24
import Collection
import Records
import Testing

@Suite("What a portal refuses")
struct PortalRefusalTests {
    private let fixture: PortalFixture

    init() throws { fixture = try PortalFixture() }

    /// Reads a portal that answers its first requests with something else.
    private func read(
        _ status: Int, _ body: String, times: Int = .max,
        headers: [(name: String, value: String)] = []
    ) async throws -> (certificate: Certificate, calls: Int) {
        let portal = PortalDouble(PortalFixture.content(companies: 60)) { number, _ in
            number < times
                ? HTTPResponse(status: status, headers: headers, body: Array(body.utf8)) : nil
        }
        return (try await fixture.read(portal).1, portal.calls.count)
    }

    @Test(
        "what may pass is tried again",
        arguments: [
            (503, #"{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}"#),
            (500, #"{"error":"INTERNAL_SERVER_ERROR","error_description":""}"#),
            (502, "<html><body>502 Bad Gateway</body></html>"),
            (200, "<!DOCTYPE html><html></html>"),
            (200, #"{"result":{"ID":"1","#), (200, ""), (504, ""),
        ])
    func transient(status: Int, body: String) async throws {
        let clean = try await read(200, "", times: 0)
        let (certificate, calls) = try await read(status, body, times: 1)
        #expect(certificate.isCertified)
        #expect(certificate.retries == 1 && calls == clean.calls + 1)
    }

    @Test(
        "what a person must mend is asked once and said",
        arguments: [
            (
                401,
                #"{"error":"INVALID_CREDENTIALS","error_description":"Invalid request credentials"}"#,
                CollectionError.Kind.refused, "Check the webhook's address"
            ),
            (
                403, #"{"error":"insufficient_scope","error_description":"…"}"#, .refused,
                "Tick the missing scope"
            ),
            (
                401,
                #"{"error":"authorization_error","error_description":"Unable to authorize user"}"#,
                .refused, "dismissed"
            ),
            (
                400, #"{"error":"","error_description":"Access denied."}"#, .refused,
                "lacks the right"
            ),
            (
                400, #"{"error":0,"error_description":"Access denied."}"#, .refused,
                "lacks the right"
            ),
            (
                400, #"{"error":200040300010,"error_description":"Access Denied"}"#, .refused,
                "lacks the right"
            ),
            (
                503, #"{"error":"OVERLOAD_LIMIT","error_description":"blocked"}"#, .limited,
                "vendor has blocked"
            ),
            (
                400, #"{"error":"INVALID_REQUEST","error_description":"Https required."}"#,
                .misconfigured, "https://"
            ),
            (403, "<html>Forbidden</html>", .misconfigured, "HTML page"),
            (
                401,
                #"{"error":"PAYMENT_REQUIRED","error_description":"Subscription has been ended"}"#,
                .refused, "subscription"
            ),
        ] as [(Int, String, CollectionError.Kind, String)])
    func permanent(
        status: Int, body: String, kind: CollectionError.Kind, message: String
    ) async throws {
        let portal = PortalDouble(PortalFixture.content(companies: 1)) { _, _ in
            HTTPResponse(status: status, body: Array(body.utf8))
        }
        // A method that is not known is the one refusal of `profile` that reading survives.
        await #expect {
            _ = try await fixture.read(portal)
        } throws: { error in
            let error = error as? CollectionError
            return error?.kind == kind && error?.message.contains(message) == true
        }
        #expect(portal.calls.count <= 2)
    }

    @Test("a limit that many questions at once are over ends no reading that single ones can do")
    func limitedAhead() async throws {
        let body = #"{"error":"OVERLOAD_LIMIT","error_description":"blocked"}"#
        let (certificate, _) = try await read(503, body, times: 1)
        #expect(certificate.isCertified)
    }

    @Test("a portal that moved is named, and nothing is sent there")
    func moved() async throws {
        await #expect(
            throws: CollectionError(
                .misconfigured,
                "portal.example sends on to new.example. If the portal was renamed, write its new "
                    + "address into the configuration.")
        ) {
            _ = try await read(
                302, "", headers: [("Location", "https://new.example/rest/1/s3cretcode/profile")])
        }
    }

    @Test("the webhook's code is in no message, even when the portal repeats it")
    func secrets() async throws {
        let body = #"{"error":"X","error_description":"bad path /rest/1/s3cretcode/ <b>here</b>"}"#
        do {
            _ = try await read(400, body)
            Issue.record("was not refused")
        } catch let error as CollectionError {
            #expect(!error.message.contains("s3cretcode"))
            #expect(error.message.contains("bad path /rest/1/***/ here"))
        }
        #expect(
            !String(describing: try Webhook("https://p.ru/rest/1/s3cretcode/")).contains("s3cret"))
    }

    @Test(
        "an address that is no webhook's is refused with the reason",
        arguments: [
            "portal.example/rest/1/code/", "https://portal.example/",
            "https://portal.example/rest/1/",
            "https://portal.example/rest/crm.company.list", "",
        ])
    func addresses(text: String) {
        #expect(throws: CollectionError.self) { try Webhook(text) }
    }

    @Test("a record opens at the portal's own address")
    func webAddress() throws {
        let source = try fixture.source(PortalDouble(PortalDouble.Content()))
        #expect(
            source.webAddress(of: RecordID("2909"), entity: EntityName("counterparty"))
                == "https://portal.example/crm/company/details/2909/")
    }

    @Test("a check names the fields of requisites that the mapping reads and the portal lacks")
    func relatedFields() async throws {
        var content = PortalFixture.content(companies: 3)
        content.descriptions["crm.requisite.fields"] = [
            "ID", "ENTITY_ID", "ENTITY_TYPE_ID", "SORT", "ACTIVE", "ADDRESS_ONLY", "PRESET_ID",
            "XML_ID", "RQ_NAME", "RQ_FIRST_NAME", "RQ_LAST_NAME", "RQ_SECOND_NAME",
            "RQ_COMPANY_NAME", "RQ_COMPANY_FULL_NAME", "RQ_INN", "RQ_OGRN", "RQ_OGRNIP",
        ]
        let checks = await (try fixture.source(PortalDouble(content))).check(fixture.entity)
        let fields = try #require(checks.first { $0.subject == "fields of crm.requisite.list" })
        #expect(fields.isPassed)
        #expect(fields.detail.hasPrefix("unknown to the portal: RQ_KPP. "))
    }

    @Test("a check tries reachability, rights, clock, lists and fields")
    func check() async throws {
        let good = try fixture.source(PortalDouble(PortalFixture.content(companies: 3)))
        let checks = await good.check(fixture.entity)
        #expect(checks.filter { !$0.isPassed }.isEmpty)
        #expect(
            checks.map(\.subject) == [
                "reachable", "rights", "scope crm", "clock", "crm.company.list",
                "crm.requisite.list", "crm.address.list", "crm.requisite.bankdetail.list",
                "fields of crm.company.list", "crm.requisite.list?filter[ENTITY_TYPE_ID]=3",
                "crm.contact.list",
            ])
        let fields = checks.first { $0.subject.hasPrefix("fields") }
        #expect(fields?.detail.contains("UF_CRM_1C_ID") == true)
        let bad = try fixture.source(
            PortalDouble(PortalDouble.Content()) { _, _ in
                HTTPResponse(status: 401, body: Array(#"{"error":"NO_AUTH_FOUND"}"#.utf8))
            })
        #expect(await bad.check(fixture.entity).map(\.isPassed) == [false])
    }
}
