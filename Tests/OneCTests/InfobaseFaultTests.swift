import Collection
import OneC
import Records
import TestSupport
import Testing

@Suite("What an infobase refuses")
struct InfobaseFaultTests {
    private let fixture: InfobaseFixture

    init() throws { fixture = try InfobaseFixture() }

    private static let maintenance = """
        \u{FEFF}{"#exception":"{http://v8.1c.ru/8.2/virtual-resource-system}Exception",
        "exception":{"reason":403,"descr":"HTTP: Forbidden\\nОшибка при выполнении запроса GET",
        "inner":{"descr":"Начало сеанса с информационной базой запрещено.",
        "inner":{"descr":"Ведутся технические работы","data":"77u/"}}}}
        """

    /// Reads an infobase that answers its first requests with something else.
    private func read(_ status: Int, _ body: String, times: Int) async throws -> InfobaseDouble {
        let infobase = InfobaseDouble([InfobaseDouble.entity(0)]) { number, _ in
            number < times ? HTTPResponse(status: status, body: Array(body.utf8)) : nil
        }
        let (records, certificate) = try await fixture.read(infobase)
        #expect(records.count == 1 && certificate.isCertified && certificate.retries == times)
        return infobase
    }

    @Test(
        "what may pass is tried again, with pauses",
        arguments: [
            (403, maintenance), (503, "<html>Service Unavailable</html>"), (500, ""),
            (
                406,
                """
                <exception xmlns="http://v8.1c.ru/8.2/virtual-resource-system" reason="406">\
                <descr>Истекло время ожидания сеанса</descr></exception>
                """
            ), (500, "<html><body>Не обнаружено свободной лицензии!</body></html>"),
            (200, "<edmx:Edmx xmlns:edmx=\"x\"><edmx:DataServices>"),
            (200, "<html><head><title>Login</title></head></html>"),
        ])
    func transient(status: Int, body: String) async throws {
        _ = try await read(status, body, times: 2)
        #expect(fixture.clock.slept.count == 2)
    }

    @Test(
        "what a person must mend is asked once and said",
        arguments: [
            (
                401, "<html>Unauthorized</html>", CollectionError.Kind.refused,
                "User or password is wrong"
            ),
            (
                401, #"{"odata.error":{"code":"20","message":{"lang":"ru","value":"Нет прав"}}}"#,
                .refused, "allowed_only"
            ),
            (
                404,
                """
                <m:error xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">
                <m:code>8</m:code><m:message>"X" entity is not found</m:message></m:error>
                """, .misconfigured, "code 8: \"X\" entity is not found"
            ),
            (404, "", .misconfigured, "standardOdata"),
            (
                409, "Различаются версии клиента и сервера (1 - 2)", .misconfigured,
                "publish the infobase again"
            ),
            (403, "<html>Forbidden</html>", .refused, "forbids"),
            (405, "", .misconfigured, "does not accept"),
            (302, "", .misconfigured, "sends on"),
        ] as [(Int, String, CollectionError.Kind, String)])
    func permanent(
        status: Int, body: String, kind: CollectionError.Kind, message: String
    ) async throws {
        let infobase = InfobaseDouble([]) { _, _ in
            HTTPResponse(status: status, body: Array(body.utf8))
        }
        await #expect {
            _ = try await fixture.read(infobase)
        } throws: { error in
            let error = error as? CollectionError
            return error?.kind == kind && error?.message.contains(message) == true
                && error?.message.contains("секрет") == false
        }
        #expect(infobase.sent.count == 1)
    }

    @Test("a page in place of metadata that stays is told, with how often it was tried")
    func pageForMetadata() async throws {
        let infobase = InfobaseDouble([]) { _, _ in
            HTTPResponse(status: 200, body: Array("<html><body>Login</body></html>".utf8))
        }
        await #expect {
            _ = try await fixture.read(infobase)
        } throws: { error in
            let error = error as? CollectionError
            return error?.kind == .misconfigured
                && error?.message.contains("a page (<html>)") == true
                && error?.message.contains("Tried 5 times") == true
        }
    }

    @Test("a maintenance lock tells what the administrator wrote and how often it was tried")
    func maintenanceText() async throws {
        let infobase = InfobaseDouble([]) { _, _ in
            HTTPResponse(status: 403, body: Array(Self.maintenance.utf8))
        }
        await #expect(
            throws: CollectionError(
                .unreachable,
                "srv.example/base refused $metadata (HTTP 403: Ведутся технические работы). The "
                    + "infobase is closed for maintenance; run later or move the schedule. Tried 16 "
                    + "times.")
        ) { _ = try await fixture.read(infobase) }
    }

    @Test("a page that is too much for the server is asked for in smaller ones")
    func smaller() async throws {
        let infobase = InfobaseDouble((0..<40).map { InfobaseDouble.entity($0) }) { _, url in
            url.contains("$top=50")
                ? HTTPResponse(status: 500, body: Array("<html>The device is full</html>".utf8))
                : nil
        }
        let (records, certificate) = try await fixture.read(infobase)
        #expect(records.count == 40 && certificate.isCertified)
        #expect(infobase.paths.contains { $0.contains("$top=12") })
    }

    @Test("truncated JSON and HTML in place of a page are tried again, then told")
    func brokenPages() async throws {
        for body in [#"{"value":[{"Ref_Key":"a"#, "<html></html>"] {
            let infobase = InfobaseDouble([InfobaseDouble.entity(0)]) { _, url in
                url.contains("$top") ? HTTPResponse(status: 200, body: Array(body.utf8)) : nil
            }
            await #expect {
                _ = try await fixture.read(infobase)
            } throws: { error in
                let error = error as? CollectionError
                return error?.kind == .malformed && error?.message.contains("Tried 5 times") == true
            }
        }
    }

    @Test("a configuration without what the mapping needs is told by name")
    func missingField() async throws {
        let names = InfobaseDouble.usualProperties.filter { $0 != "ИНН" }
        await #expect {
            _ = try await fixture.read(InfobaseDouble([], properties: names))
        } throws: { error in
            (error as? CollectionError)?.message.contains("has no ИНН") == true
        }
        // Others are done without.
        let fewer = InfobaseDouble.usualProperties.filter { $0 != "КПП" }
        let infobase = InfobaseDouble([InfobaseDouble.entity(0)], properties: fewer)
        #expect(try await fixture.read(infobase).records.count == 1)
        #expect(infobase.paths.allSatisfy { !$0.contains("КПП") })
    }

    @Test("a check tells what was found, and stops at what fails")
    func check() async throws {
        let good = try fixture.source(InfobaseDouble([InfobaseDouble.entity(0)]))
        let checks = await good.check(fixture.entity)
        #expect(checks.map(\.isPassed) == [true, true, true])
        #expect(checks.last?.detail == "readable, 1 entities")
        let bad = try fixture.source(
            InfobaseDouble([]) { _, _ in HTTPResponse(status: 401, body: []) })
        #expect(await bad.check(fixture.entity).map(\.isPassed) == [false])
    }

    @Test(
        "an address that is none is refused",
        arguments: ["srv/base", "https://user:password@srv/base", "https://", "https://srv/b?x=1"])
    func addresses(text: String) {
        #expect(throws: CollectionError.self) {
            try InfobaseAddress(text, user: "u", password: "p")
        }
    }
}
