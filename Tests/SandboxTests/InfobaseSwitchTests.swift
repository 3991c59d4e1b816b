import Foundation
import Testing

@testable import Sandbox

@Suite("Infobase switches")
struct InfobaseSwitchTests {
    private static let set = "Catalog_Контрагенты"

    private func keys(_ client: SandboxClient, _ query: String) async throws -> [String] {
        let answer = try await client.odata("\(Self.set)?$format=json&$select=Ref_Key&\(query)")
        return (answer.object?["value"] as? [[String: Any]])?.compactMap {
            $0["Ref_Key"] as? String
        } ?? []
    }

    // MARK: What is published

    @Test("a set that is not published is unknown, and references to it lose their navigation")
    func unpublished() async throws {
        try await withSandbox(size: 50) { (client, sandbox) async throws in
            sandbox.changeInfobase {
                $0.unpublished = ["Catalog_СтраныМира", "Catalog_БанковскиеСчета"]
            }
            #expect(try await client.odata("Catalog_СтраныМира").status == 404)
            let metadata = try #require(Edmx(try await client.odata("$metadata").body))
            #expect(!metadata.sets.contains("Catalog_СтраныМира"))
            let kind = metadata.kinds[Self.set]
            #expect(kind?.properties["СтранаРегистрации_Key"] == "Edm.Guid")
            #expect(kind?.navigations.contains("СтранаРегистрации") == false)
            #expect(kind?.navigations.contains("ГоловнойКонтрагент") == true)

            sandbox.changeInfobase { $0.unpublished = [Self.set] }
            let sections = try await client.odata("\(Self.set)_КонтактнаяИнформация/$count")
            #expect(sections.status == 404)
            let account = try await client.odata("Catalog_БанковскиеСчета?$top=1&$format=json")
            let row = (account.object?["value"] as? [[String: Any]])?.first
            #expect(
                (row?["Owner_Type"] as? String)?
                    .hasPrefix("UnavailableEntities.UnavailableEntity_") == true)
        }
    }

    @Test("an empty publication lists nothing, or is not found", arguments: [false, true])
    func empty(isMissing: Bool) async throws {
        try await withSandbox(size: 50) { (client, sandbox) async throws in
            sandbox.changeInfobase {
                $0.unpublished = ["*"]
                $0.isEmptyCompositionMissing = isMissing
            }
            let answer = try await client.odata("?$format=json")
            #expect(answer.status == (isMissing ? 404 : 200))
            #expect((answer.object?["value"] as? [Any])?.isEmpty == (isMissing ? nil : true))
        }
    }

    @Test("fields come and go between two nights, in metadata and data alike")
    func fields() async throws {
        try await withSandbox(size: 50) { (client, sandbox) async throws in
            sandbox.changeInfobase {
                $0.removedFields = ["\(Self.set).КПП", "\(Self.set).КонтактнаяИнформация.Тип"]
                $0.addedFields = ["\(Self.set).КодФилиала"]
            }
            let kind = Edmx(try await client.odata("$metadata").body)?.kinds[Self.set]
            #expect(kind?.properties["КПП"] == nil)
            #expect(kind?.properties["КодФилиала"] == "Edm.String")
            #expect(
                try await client.odata("\(Self.set)?$select=КПП&$format=json").status == 400)
            let answer = try await client.odata(
                "\(Self.set)?$format=json&$top=1&$filter=IsFolder eq false")
            let row = try #require((answer.object?["value"] as? [[String: Any]])?.first)
            #expect(row["КодФилиала"] as? String == "" && row["КПП"] == nil)
            let contacts = row["КонтактнаяИнформация"] as? [[String: Any]] ?? []
            #expect(contacts.allSatisfy { $0["Тип"] == nil && $0["Представление"] != nil })
        }
    }

    @Test("metadata can have the weight that it has in life, and is still well-formed")
    func weight() async throws {
        try await withSandbox(size: 50) { (client, sandbox) async throws in
            let light = try await client.odata("$metadata").body
            sandbox.changeInfobase { $0.metadataByteCount = 15_000_000 }
            let heavy = try await client.odata("$metadata").body
            #expect(light.count < 2_000_000)
            #expect((14_000_000...18_000_000).contains(heavy.count))
            let metadata = try #require(Edmx(heavy))
            #expect(metadata.sets.contains(Self.set) && metadata.sets.count > 2000)
        }
    }

    @Test("names follow the configuration")
    func configurations() async throws {
        try await withSandbox(size: 50) { (client, sandbox) async throws in
            #expect(try await client.odata("Document_ЗаказКлиента").status == 404)
            sandbox.changeInfobase { $0.configuration = .erp2 }
            #expect(try await client.odata("Document_ЗаказКлиента/$count").status == 200)
            #expect(try await client.odata("Catalog_Партнеры/$count").status == 200)
            sandbox.changeInfobase { $0.configuration = .unf3 }
            #expect(try await client.odata("Document_ЗаказПокупателя/$count").status == 200)
        }
    }

    // MARK: Uncertain behaviour

    @Test("a filter with an unknown field is refused, or finds nothing", arguments: [false, true])
    func wrongField(findsNothing: Bool) async throws {
        try await withSandbox(
            size: 50, configure: { $0.infobase.wrongFieldFindsNothing = findsNothing }
        ) { (client, _) async throws in
            let answer = try await client.odata("\(Self.set)?$format=json&$filter=Нет eq '1'")
            #expect(answer.status == (findsNothing ? 200 : 400))
            #expect((answer.object?["value"] as? [Any])?.isEmpty == (findsNothing ? true : nil))
        }
    }

    @Test("an unknown parameter is refused, or passed over", arguments: [false, true])
    func unknownParameter(isIgnored: Bool) async throws {
        try await withSandbox(
            size: 50, configure: { $0.infobase.ignoresUnknownParameters = isIgnored }
        ) { (client, _) async throws in
            #expect(
                try await client.odata("\(Self.set)?_=1").status == (isIgnored ? 200 : 400))
            #expect(try await client.odata("\(Self.set)?$expan=X").status == 400)
        }
    }

    // MARK: Rights

    @Test("hidden rows refuse the whole answer, or are left out where that was asked for")
    func restricted() async throws {
        try await withSandbox(
            size: 100, configure: { $0.infobase.restrictedEvery = [Self.set: 10] }
        ) { (client, sandbox) async throws in
            let refused = try await client.odata("\(Self.set)?$format=json")
            #expect(refused.status == 401)
            let error = refused.object?["odata.error"] as? [String: Any]
            #expect(error?["code"] as? String == "20")
            let visible = try await keys(client, "allowedOnly=true")
            let all = sandbox.world.counterparties.count
            #expect(visible.count < all && visible.count > all * 3 / 4)
            let count = try await client.odata("\(Self.set)/$count?allowedOnly=true")
            #expect(count.text.dropFirst() == "\(visible.count)")
            let key = try #require(
                sandbox.world.counterparties.first { !visible.contains($0.key.text) }
            ).key.text
            #expect(try await client.odata("\(Self.set)(guid'\(key)')").status == 401)
        }
    }

    @Test("too many wrong passwords lock the user out for a while")
    func lockOut() async throws {
        let clock = TestClock()
        try await withSandbox(
            size: 50,
            configure: {
                $0.now = { clock.now }
                $0.infobase.wrongPasswordsMax = 3
            }
        ) { (client, sandbox) async throws in
            let wrong = ["Authorization": "Basic eDp5"]
            // Who brings no password at all is only asked for it.
            let nobody = try await client.odata("", headers: ["Authorization": ""])
            #expect(nobody.status == 401)
            for _ in 0..<3 { #expect(try await client.odata("", headers: wrong).status == 401) }
            #expect(try await client.odata("").status == 401)
            #expect(sandbox.infobaseCounters.wrongPasswords == 3)
            clock.advance(by: 301)
            #expect(try await client.odata("").status == 200)
        }
    }

    // MARK: Availability

    @Test("sessions are blocked each night at the hour that was set")
    func maintenance() async throws {
        let clock = TestClock()
        try await withSandbox(size: 50, configure: { $0.now = { clock.now } }) {
            (client, sandbox) async throws in
            let minute = (Int(clock.now) + 3 * 3600) % 86_400 / 60
            sandbox.changeInfobase { $0.maintenanceMinutes = minute..<(minute + 30) }
            let blocked = try await client.odata("\(Self.set)?$format=json")
            #expect(blocked.status == 403)
            #expect(blocked.text.contains("Ведутся технические работы"))
            let atom = try await client.odata(Self.set)
            #expect(atom.text.contains("reason=\"403\""))
            clock.advance(by: 31 * 60)
            #expect(try await client.odata("").status == 200)
        }
    }

    @Test("an answer that is too large fills the server's disk, a smaller page does not")
    func diskFull() async throws {
        try await withSandbox(
            size: 100, configure: { $0.infobase.answerByteCountMax = 40_000 }
        ) { (client, _) async throws in
            let whole = try await client.odata("\(Self.set)?$format=json")
            #expect(whole.status == 500 && whole.contentType.hasPrefix("text/html"))
            #expect(whole.text.contains("The device is full"))
            #expect(try await client.odata("\(Self.set)?$format=json&$top=5").status == 200)
        }
    }

    @Test("each request beyond pool or licences is refused until a session is free")
    func sessionLimits() async throws {
        let clock = TestClock()
        try await withSandbox(
            size: 50,
            configure: {
                $0.now = { clock.now }
                $0.infobase.answerSeconds = 0.001
                $0.infobase.poolSize = 2
            }
        ) { (client, sandbox) async throws in
            // The clock stands still, so that the first two sessions are busy.
            #expect(try await client.odata("").status == 200)
            #expect(try await client.odata("").status == 200)
            #expect(try await client.odata("").status == 406)
            clock.advance(by: 1)
            #expect(try await client.odata("").status == 200)
            #expect(sandbox.infobaseCounters.sessions == 2)
            sandbox.changeInfobase {
                $0.poolSize = nil
                $0.licences = 1
            }
            sandbox.forgetSessions()
            #expect(try await client.odata("").status == 200)
            let refused = try await client.odata("?$format=json")
            #expect(refused.status == 500)
            #expect(refused.text.contains("Не обнаружено свободной лицензии"))
            clock.advance(by: 30)
            #expect(try await client.odata("").status == 200)
        }
    }

    @Test("a client can keep its session by a cookie, and is told when it is lost")
    func cookies() async throws {
        let clock = TestClock()
        try await withSandbox(
            size: 50,
            configure: {
                $0.now = { clock.now }
                $0.infobase.sessionMode = .client
            }
        ) { (client, sandbox) async throws in
            let begun = try await client.odata("", headers: ["IBSession": "start"])
            let cookie = try #require(begun.headers["set-cookie"]?.split(separator: ";").first)
            let session = ["Cookie": String(cookie)]
            #expect(cookie.hasPrefix("ibsession="))
            #expect(try await client.odata("", headers: session).status == 200)
            #expect(sandbox.infobaseCounters.sessions == 1)
            let finish = session.merging(["IBSession": "finish"]) { first, _ in first }
            #expect(try await client.odata("", headers: finish).status == 200)
            #expect(try await client.odata("", headers: session).status == 400)

            let next = try await client.odata("", headers: ["IBSession": "start"])
            let other = String(next.headers["set-cookie"]?.split(separator: ";").first ?? "")
            clock.advance(by: 60)
            #expect(try await client.odata("", headers: ["Cookie": other]).status == 400)
        }
    }

    @Test("the first answer of a session takes longer")
    func coldStart() async throws {
        let clock = TestClock()
        try await withSandbox(
            size: 50,
            configure: {
                $0.now = { clock.now }
                $0.infobase.coldStartSeconds = 0.15
            }
        ) { (client, sandbox) async throws in
            let begin = ContinuousClock.now
            #expect(try await client.odata("").status == 200)
            #expect(ContinuousClock.now - begin >= .milliseconds(150))
            clock.advance(by: 1)
            #expect(try await client.odata("").status == 200)
            #expect(sandbox.infobaseCounters.sessions == 1)
        }
    }

    // MARK: Faults

    @Test(
        "answers of the platform and of proxies meet what they are set for",
        arguments: [
            (SandboxFault.versionMismatch, 409, "Различаются версии"),
            (.noLicence, 500, "свободной лицензии"), (.noSession, 406, "Истекло время"),
            (.maintenance, 403, "технические работы"), (.diskFull, 500, "device is full"),
        ])
    func answers(fault: SandboxFault, status: Int, text: String) async throws {
        try await withSandbox(size: 50) { (client, sandbox) async throws in
            sandbox.inject(FaultRule(fault, on: .onec, subject: Self.set))
            #expect(try await client.odata("$metadata").status == 200)
            let met = try await client.odata("\(Self.set)?$format=json")
            #expect(met.status == status && met.text.contains(text))
            #expect(try await client.odata("\(Self.set)?$format=json").status == 200)
        }
    }

    @Test("HTML comes with 200 in place of metadata; a slow body comes whole")
    func pages() async throws {
        try await withSandbox(size: 50) { (client, sandbox) async throws in
            sandbox.inject(FaultRule(.html200, on: .onec, subject: "$metadata"))
            let page = try await client.odata("$metadata")
            #expect(page.status == 200 && page.contentType.hasPrefix("text/html"))
            let whole = try await client.odata("\(Self.set)?$format=json&$orderby=Code")
            sandbox.inject(FaultRule(.trickle, on: .onec))
            let slow = try await client.odata("\(Self.set)?$format=json&$orderby=Code")
            #expect(slow.body == whole.body)
        }
    }

    @Test(
        "somebody adds, deletes or renames a row between two pages, and the pages shift",
        arguments: [SandboxFault.rowCreated, .rowDeleted, .rowUpdated])
    func disturbances(fault: SandboxFault) async throws {
        try await withSandbox(size: 100) { (client, sandbox) async throws in
            let before = try await keys(client, "$orderby=Ref_Key")
            sandbox.inject(FaultRule(fault, on: .onec, subject: Self.set))
            var paged: [String] = []
            while true {
                let page = try await keys(client, "$orderby=Ref_Key&$top=30&$skip=\(paged.count)")
                paged += page
                if page.count < 30 { break }
            }
            let after = try await keys(client, "$orderby=Ref_Key")
            let change = try #require(sandbox.infobaseChanges.first)
            #expect(sandbox.infobaseChanges.count == 1 && change.set == Self.set)
            switch fault {
            case .rowCreated:
                // Everything moves down: one row is seen twice.
                #expect(after.count == before.count + 1 && after.contains(change.key))
                #expect(paged.count == Set(paged).count + 1)
            case .rowDeleted:
                // Everything moves up: one row is never seen.
                #expect(after.count == before.count - 1 && !after.contains(change.key))
                #expect(Set(after).subtracting(paged).count == 1)
            default:
                #expect(after.count == before.count && after.last == change.key)
                #expect(Set(paged) != Set(after) || paged.count != Set(paged).count)
            }
            sandbox.forgetInfobaseChanges()
            #expect(try await keys(client, "$orderby=Ref_Key") == before)
        }
    }

    @Test(
        "rows that are added have keys of their own, by whatever they are told apart",
        arguments: [
            ("Catalog_Контрагенты", "Ref_Key"),
            ("InformationRegister_ЖурналОбменаБитрикс24", "НомерЗаписи"),
            ("InformationRegister_ШтрихкодыНоменклатуры", "Штрихкод"),
        ])
    func addedKeys(name: String, key: String) async throws {
        try await withSandbox(size: 100) { (client, sandbox) async throws in
            func keys() async throws -> [String] {
                let answer = try await client.odata("\(name)?$format=json&$select=\(key)")
                return (answer.object?["value"] as? [[String: Any]] ?? [])
                    .compactMap { $0[key] as? String }
            }
            let before = try await keys()
            for fault in [SandboxFault.rowCreated, .rowDeleted, .rowCreated] {
                sandbox.inject(FaultRule(fault, on: .onec, subject: name))
                _ = try await keys()
            }
            let after = try await keys()
            let added = sandbox.infobaseChanges.filter { $0.kind == .created }.map(\.key)
            #expect(after.count == before.count + 1 && Set(after).count == after.count)
            #expect(added.count == 2 && Set(after).isSuperset(of: added))
            #expect(Set(before).isDisjoint(with: added))
        }
    }

    @Test("virtual tables are counted in two ways, in one or not at all")
    func virtualCount() async throws {
        try await withSandbox(size: 50) { (client, sandbox) async throws in
            sandbox.changeInfobase { $0.configuration = .ut11 }
            let metadata = try #require(Edmx(try await client.odata("$metadata").body))
            let register = try #require(
                metadata.sets.first {
                    $0.hasPrefix("InformationRegister_Цены") && $0.hasSuffix("_RecordType")
                })
            let table = register + "/SliceLast()"
            for way in InfobaseVirtualCount.allCases {
                sandbox.changeInfobase { $0.virtualCount = way }
                let counted = try await client.odata(table + "/$count")
                let inline = try await client.odata(
                    table + "?$format=json&$top=1&$inlinecount=allpages")
                #expect((counted.status == 200) == (way == .own))
                #expect((inline.status == 200) == (way != .none))
                guard way == .own else { continue }
                let text = counted.text.trimmingCharacters(in: ["\u{FEFF}"])
                #expect(Int(text) ?? 0 > 0 && inline.object?["odata.count"] as? String == text)
            }
        }
    }

    @Test("every switch can be read and set by name, over HTTP too, and refuses nonsense")
    func byName() async throws {
        var options = InfobaseOptions()
        var before = options
        for item in InfobaseOptions.switches {
            try options.set(item.name, to: item.example)
            #expect(options != before, "\(item.name)")
            before = options
            try options.set(item.name, to: item.read(options))
            #expect(options == before, "\(item.name)")
        }
        #expect(throws: SandboxTextError.self) { try options.set("onec-maintenance", to: "9") }
        #expect(throws: SandboxTextError.self) { try options.set("onec-restricted", to: "a") }
        try await withSandbox(size: 50) { (client, sandbox) async throws in
            let root = client.addresses.bitrixWebhook.split(separator: "/rest/")[0]
            let set = try await client.send(
                "POST", "\(root)/_sandbox/switches",
                body: Data(#"{"onec-configuration":"ut11"}"#.utf8),
                headers: ["Content-Type": "application/json"])
            #expect(set.status == 200, "\(set.text)")
            #expect(sandbox.infobaseOptions.configuration == .ut11)
            let list = try await client.send("GET", "\(root)/_sandbox/switches")
            let value = (list.object?["onec-configuration"] as? [String: String])?["value"]
            #expect(value == "ut11")
        }
    }
}
