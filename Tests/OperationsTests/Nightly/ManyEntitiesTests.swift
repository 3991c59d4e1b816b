import Foundation
import Records
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Operations

@Suite("A night over several entities", .timeLimit(.minutes(10)))
struct ManyEntitiesTests {
    /// Two companies on each side, one phone differs; who is responsible is said by number.
    private static let files = [
        "left/counterparty.csv": """
        id,Наименование,ИНН,КПП,Телефон,Ответственный
        a,ООО Ромашка,7707083893,770701001,+7 495 123-45-67,u1
        b,АО Заря,7736050003,773601001,,u2
        c,ООО Липа,7710140679,771001001,,u2
        """,
        "right/counterparty.csv": """
        id,TITLE,RQ_INN,RQ_KPP,PHONE,ASSIGNED_BY_ID
        1,Ромашка ООО,7707083893,770701001,+7 495 123-45-99,7
        2,Заря АО,7736050003,773601001,,8
        """,
        "left/user.csv": "id,ФИО\nu1,Иванова Анна\nu2,Петров Пётр\n",
        "right/user.csv": "id,NAME\n7,Сидоров Семён\n8,Петров Пётр\n9,Лишний Человек\n",
        "left/product.csv": "id,Наименование,Артикул\np1,Болт,A-1\n",
        "journal/operation.csv":
            "id,timestamp,operation,source_system,target_system,object_id,status,details\n"
            + "1,2026-11-25T10:00:00Z,create,1c,crm,a,success,\n"
            + "2,2026-11-25T10:01:00Z,update,1c,crm,b,error,timeout\n",
    ]

    private static let user = EntityName("user")

    @Test("reads what is not to be compared into snapshots, and says so")
    func notCompared() async throws {
        try await FolderScene.play(Self.files, settings: "entities: [counterparty, user]") {
            scene in
            let outcome = try await scene.night()
            let snapshots = try await scene.withStore { try await $0.snapshots(run: outcome.run) }
            let findings = try await scene.withStore { try await $0.openFindings(Self.user) }

            #expect(outcome.exitCode == 0, "\(outcome.incomplete)")
            #expect(outcome.entities.map(\.entity) == [EntityName("counterparty")])
            #expect(outcome.collected.map(\.entity) == [Self.user])
            #expect(outcome.collected.first?.counts.map(\.records) == [2, 3])
            #expect(snapshots.count == 4)
            #expect(findings.isEmpty)
            #expect(outcome.files.count == 2)
        }
    }

    @Test("names who is responsible, by the users of the same source")
    func owners() async throws {
        try await FolderScene.play(Self.files, settings: "entities: [counterparty, user]") {
            scene in
            _ = try await scene.night()
            let findings = try await scene.withStore {
                try await $0.openFindings(EntityName("counterparty"))
            }

            let phone = try #require(findings.first { $0.finding.field?.rawValue == "phone" })
            #expect(phone.leftOwner == Owner(id: RecordID("u1"), name: "Иванова Анна"))
            #expect(phone.rightOwner?.name == "Сидоров Семён")
            let missing = try #require(findings.first { $0.finding.kind == .missing })
            #expect(missing.ownerName == "Петров Пётр", "of the record that there is")
        }
    }

    @Test("knows no name where the users were not read")
    func noUsers() async throws {
        try await FolderScene.play(Self.files, settings: "entities: [counterparty]") { scene in
            _ = try await scene.night()
            let findings = try await scene.withStore {
                try await $0.openFindings(EntityName("counterparty"))
            }

            #expect(findings.allSatisfy { $0.ownerName.isEmpty })
            #expect(findings.contains { $0.leftOwner?.id == RecordID("u1") })
        }
    }

    @Test("reads what one system alone keeps, and holds that for no failure")
    func oneSided() async throws {
        try await FolderScene.play(
            Self.files, settings: "entities: [product, counterparty]"
        ) { scene in
            let outcome = try await scene.night()

            #expect(outcome.exitCode == 0, "\(outcome.incomplete)")
            let product = try #require(outcome.collected.first)
            #expect(product.counts.map(\.source) == [SourceName("1c")])
            #expect(product.reason.contains("crm does not give it"))
            #expect(outcome.entities.count == 1)
        }
    }

    @Test("holds for no failure what an old box cannot give, but for one what it gave before")
    func oldBox() async throws {
        let lacking = ["crm.item.payment.", "sale.", "catalog."]
        let settings = "entities: [stock, payment, counterparty]\n"
        try await NightScene.play(infobase: .ut11, settings: settings) { scene in
            scene.sandbox.changePortal { $0.missingMethods = lacking }
            for _ in 1...2 {
                let outcome = try await scene.night()
                #expect(outcome.exitCode == 0, "\(outcome.incomplete)")
                #expect(outcome.collected.map(\.entity.rawValue) == ["stock", "payment"])
                for (entity, method) in zip(
                    outcome.collected, ["catalog.product.list", "crm.item.payment.list"])
                {
                    #expect(entity.reason.contains("bitrix24 does not give it"))
                    #expect(entity.reason.contains("has no "), "\(entity.reason)")
                    #expect(entity.reason.contains(method), "\(entity.reason)")
                }
            }

            scene.sandbox.changePortal { $0.missingMethods = [] }
            #expect(try await scene.night().exitCode == 0)
            scene.sandbox.changePortal { $0.missingMethods = lacking }
            let outcome = try await scene.night()
            #expect(outcome.exitCode == 3)
            #expect(outcome.incomplete.count == 2)
            #expect(outcome.incomplete.allSatisfy { $0.contains(" records on ") })
        }
    }

    @Test("takes a file that is gone since last night for a failure, not for nothing to read")
    func fileGone() async throws {
        try await FolderScene.play(
            Self.files, settings: "entities: [counterparty, user]"
        ) { scene in
            _ = try await scene.night()
            try FileManager.default.removeItem(
                at: scene.folder.url.appending(path: "right/user.csv"))
            let outcome = try await scene.night()

            #expect(outcome.exitCode == 3)
            #expect(outcome.incomplete.count == 1)
            #expect(outcome.incomplete.first?.hasPrefix("user from crm: no file") == true)
            #expect(outcome.entities.count == 1, "the counterparties are compared all the same")
        }
    }

    @Test("goes on with the others when one entity cannot be read, and names it")
    func oneFails() async throws {
        var files = Self.files
        files["left/user.csv"] = "id,ФИО\nu1,\"Иванова\n"
        try await FolderScene.play(files, settings: "entities: [user, counterparty]") { scene in
            let outcome = try await scene.night()

            #expect(outcome.exitCode == 3)
            #expect(outcome.incomplete.first?.hasPrefix("user from 1c: ") == true)
            #expect(outcome.entities.map(\.entity) == [EntityName("counterparty")])
            #expect(outcome.collected.first?.counts.map(\.source) == [SourceName("crm")])
        }
    }

    @Test("says when no source gives an entity")
    func nowhere() async throws {
        try await FolderScene.play(Self.files, settings: "entities: [counterparty, stock]") {
            scene in
            let outcome = try await scene.night()

            #expect(outcome.exitCode == 3)
            #expect(outcome.incomplete.first?.hasPrefix("stock: no source gives it") == true)
            #expect(outcome.entities.count == 1)
        }
    }

    @Test("counts the integration's journal beside the two, though no one asked for its entity")
    func journal() async throws {
        try await FolderScene.play(
            Self.files, settings: "entities: [counterparty]",
            sources: "  journal: {name: exchange, kind: files, folder: journal}"
        ) { scene in
            let outcome = try await scene.night()

            #expect(outcome.exitCode == 0, "\(outcome.incomplete)")
            let operations = try #require(outcome.collected.first)
            #expect(operations.entity == EntityName("operation"))
            #expect(operations.counts.map(\.source) == [SourceName("exchange")])
            #expect(operations.counts.map(\.records) == [2])
        }
    }

    @Test(
        "leaves a journal to the job that reads it on, and believes one whose old files were put away"
    )
    func readByJob() async throws {
        let journal = "  journal: {name: exchange, kind: files, folder: journal}"
        try await FolderScene.play(
            Self.files,
            settings: "entities: [counterparty]\nschedule: {journal: \"*/5 * * * *\"}",
            sources: journal
        ) { scene in
            let outcome = try await scene.night()
            #expect(outcome.collected.isEmpty)
        }
        try await FolderScene.play(
            Self.files, settings: "entities: [counterparty]", sources: journal
        ) { scene in
            _ = try await scene.night()
            _ = try scene.folder.write(
                "id,timestamp,operation,source_system,target_system,object_id,status,details\n",
                to: "journal/operation.csv")
            let outcome = try await scene.night()
            #expect(outcome.exitCode == 0, "\(outcome.incomplete)")
        }
    }

    @Test("tells those who wait for the report when nothing could be compared at all")
    func nothingCompared() async throws {
        try await FolderScene.play(
            Self.files.filter { !$0.key.hasPrefix("right/") }, settings: "entities: [counterparty]"
        ) { scene in
            var shut = scene
            shut.configuration.sources[.right]?.address = "/nowhere/at/all"
            let outcome = try await shut.night()

            #expect(outcome.exitCode == 3)
            #expect(outcome.entities.isEmpty)
            #expect(outcome.files.map(\.pathExtension) == ["xlsx", "eml"])
        }
    }

    @Test(
        "reads everything that both sandbox systems keep, whole, and the next night writes nothing",
        arguments: InfobaseConfiguration.allCases)
    func everything(infobase: InfobaseConfiguration) async throws {
        let catalog = EntityCatalog(ResourceFolders(overrides: nil))
        let names = catalog.names
        // Accounting keeps no orders.
        let lacking = infobase == .bp30 ? ["order"] : []
        let compared = try names.filter {
            try catalog.entity($0).isCompared && !lacking.contains($0)
        }
        try await NightScene.play(
            infobase: infobase, settings: "entities: [\(names.joined(separator: ", "))]\n"
        ) { scene in
            let outcome = try await scene.night()
            let snapshots = try await scene.withStore { try await $0.snapshots(run: outcome.run) }
            let again = try await scene.night()

            #expect(outcome.exitCode == 0, "\(outcome.incomplete)")
            #expect(outcome.entities.map(\.entity.rawValue) == compared)
            #expect(outcome.collected.map(\.entity.rawValue) == ["operation"] + lacking + ["user"])
            #expect(snapshots.filter { !$0.isCertified }.isEmpty)
            #expect(outcome.entities.allSatisfy { $0.linkCount > 0 })
            let written = again.entities.flatMap(\.writtenCounts.values).reduce(0, +)
            #expect(written == 0)
            #expect(again.collected.flatMap(\.counts).map(\.written).reduce(0, +) == 0)
        }
    }

    @Test("stops an entity that lost a mandatory field in either system, and not the others")
    func mandatoryFieldLost() async throws {
        let overrides = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: overrides.url.appending(path: "templates/mappings"),
            withIntermediateDirectories: true)
        for (name, list) in [
            ("onec-bp30", "Catalog_Контрагенты"), ("bitrix24", "crm.company.list"),
        ] {
            let builtIn = try ResourceFolders(overrides: nil)
                .text(of: "templates/mappings/\(name).yaml")
            let fields = "{name: {path: НетТакогоПоля, mandatory: true}}"
            let id = name == "bitrix24" ? "ID" : "Ref_Key"
            let kept = builtIn.range(of: "\n  product:").map { builtIn[..<$0.lowerBound] }
            _ = try overrides.write(
                (kept.map(String.init) ?? builtIn) + """

                      product:
                        list: \(list)
                        id: \(id)
                        fields: \(fields)

                    """, to: "templates/mappings/\(name).yaml")
        }
        try await NightScene.play(
            settings: "entities: [product, counterparty]\noverrides: \(overrides.url.path)\n"
        ) { scene in
            let outcome = try await NightlyAudit(
                scene.configuration,
                resources: ResourceFolders(overrides: scene.configuration.overrides),
                progress: SilentProgress()
            ).run()

            #expect(outcome.exitCode == 3)
            for source in ["1c", "bitrix24"] {
                #expect(
                    outcome.incomplete.contains {
                        $0.hasPrefix("product from \(source): ")
                            && $0.contains(
                                "has no НетТакогоПоля, which the mapping needs for 'name'")
                    }, "\(outcome.incomplete)")
            }
            #expect(outcome.entities.map(\.entity) == [EntityName("counterparty")])
        }
    }

    @Test("stops an entity whose file lost a mandatory column, and not the others")
    func mandatoryColumnLost() async throws {
        var files = Self.files
        files["right/product.csv"] = "id,Артикул\n7,A-1\n"
        try await FolderScene.play(files, settings: "entities: [product, counterparty]") { scene in
            let outcome = try await scene.night()
            let snapshots = try await scene.withStore { try await $0.snapshots(run: outcome.run) }

            #expect(outcome.exitCode == 3)
            #expect(
                outcome.incomplete.contains {
                    $0.hasPrefix("product from crm: ")
                        && $0.contains("product.csv has no Наименование")
                }, "\(outcome.incomplete)")
            #expect(outcome.entities.map(\.entity) == [EntityName("counterparty")])
            // Of what was stopped nothing is kept; of the rest everything.
            #expect(snapshots.count == 3)
        }
    }
}
