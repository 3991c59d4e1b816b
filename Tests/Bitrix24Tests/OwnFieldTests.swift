import Bitrix24
import Collection
import Foundation
import Records
import Testing

@Suite("Fields that people added to a portal")
struct OwnFieldTests {
    private static func recognised(_ labels: [(String, String)]) throws -> [String: String] {
        let entity = try PortalFixture().entity
        let proposals = OwnFieldProposal.recognise(
            labels.map { OwnFieldProposal.Candidate(member: $0.0, label: $0.1) }, as: entity)
        return Dictionary(uniqueKeysWithValues: proposals.map { ($0.field.rawValue, $0.member) })
    }

    @Test("are recognised by what people call them, whatever the case and the letters' alphabet")
    func labels() throws {
        let found = try Self.recognised([
            ("UF_1", "инн"), ("UF_2", "Guid 1C"), ("UF_3", "Любимый цвет"), ("UF_4", "КПП"),
        ])
        #expect(found == ["tax_id": "UF_1", "other_id": "UF_2", "kpp": "UF_4"])
    }

    @Test("of several for one field, the name that stands first in the entity's file is taken")
    func several() throws {
        let found = try Self.recognised([
            ("UF_1", "Код 1С"), ("UF_2", "Идентификатор 1С"), ("UF_3", "Идентификатор 1С"),
        ])
        #expect(found == ["other_id": "UF_2"])
    }

    @Test("are proposed by a portal's own descriptions, but for what the mapping reads")
    func described() async throws {
        try await SandboxFixture.with { fixture in
            let source = try fixture.source()
            let entity = try #require(fixture.entity("counterparty"))

            let proposals = try await source.ownFields(of: entity)
            let check = await source.check(entity).first { $0.subject == "own fields" }

            // 'UF_CRM_1C_ID', called «Код 1С», is read by the mapping already.
            #expect(proposals.map(\.member) == ["UF_CRM_1594384571"])
            #expect(proposals.first?.field == FieldName("other_id"))
            #expect(proposals.first?.label == "GUID 1С")
            #expect(check?.isPassed == true)
            let line = "fields: {counterparty: {other_id: UF_CRM_1594384571}}"
            #expect(check?.detail.contains(line) == true)
        }
    }

    @Test("are read of what is read instead too, where that is the same list")
    func older() throws {
        let fixture = try PortalFixture(entity: "payment")
        let name = fixture.entity.name
        let own = OwnField(
            entity: name, field: FieldName("purpose"),
            path: try MappingPath(parsing: "deal.UF_CRM_7"))
        let before = try #require(fixture.mapping[name])
        let section = try #require(fixture.mapping.reading([own], of: [fixture.entity])[name])
        #expect(section.fields != before.fields)
        #expect(section.older?.first?.fields == section.fields)
    }

    @Test("count before the mapping's place, which is read where they are empty")
    func read() async throws {
        var fixture = try PortalFixture()
        fixture.mapping = fixture.mapping.reading(
            [
                OwnField(
                    entity: fixture.entity.name, field: FieldName("other_id"),
                    path: try MappingPath(parsing: "UF_CRM_7")),
                OwnField(
                    entity: fixture.entity.name, field: FieldName("email"),
                    path: try MappingPath(parsing: "UF_CRM_8")),
            ], of: [fixture.entity])
        var content = PortalFixture.content(companies: 2)
        content.rows["crm.company.list"] = [
            [
                "ID": "1", "TITLE": "a", "ORIGIN_ID": "old", "UF_CRM_7": "new",
                "EMAIL": #"[{"VALUE":"a@example.ru"}]"#, "UF_CRM_8": "b@example.ru",
            ],
            ["ID": "2", "TITLE": "b", "ORIGIN_ID": "old", "UF_CRM_7": ""],
        ]

        let (records, _) = try await fixture.read(PortalDouble(content))

        #expect(
            records.map { fixture.value("other_id", of: $0) } == [.text("new"), .text("old")])
        #expect(fixture.value("email", of: records[0]) == .texts(["b@example.ru", "a@example.ru"]))
    }
}
