import Collection
import OneC
import Records
import Testing

@Suite("What a mapping for 1C says and nobody reads")
struct UnreadSectionTests {
    @Test(
        "deletions are refused, also those of what is read in a list's place",
        arguments: [false, true])
    func deletions(isOfOlder: Bool) async throws {
        let fixture = try InfobaseFixture()
        var mapping = fixture.mapping
        let place = try #require(
            mapping.entities.firstIndex { $0.entity == fixture.entity.name })
        var section = mapping.entities[place]
        section.older = nil
        section.deletions = DeletionList(list: "Deleted", id: .constant("1"))
        if isOfOlder {
            mapping.entities[place].older = [section]
        } else {
            mapping.entities[place] = section
        }
        let infobase = InfobaseDouble([InfobaseDouble.entity(0)])
        let source = OneCSource(
            name: SourceName("accounting"), address: try InfobaseFixture.address(),
            mapping: mapping, transport: infobase)
        let checks = await source.check(fixture.entity)
        #expect(checks.map(\.isPassed) == [false])
        #expect(checks.first?.detail.contains("has 'deletions' for Catalog_Контрагенты") == true)
        let error = try await #require(throws: CollectionError.self) {
            try await source.collect(fixture.entity, progress: { _, _ in }, deliver: { _ in })
        }
        #expect(error.kind == .misconfigured)
        #expect(infobase.sent.isEmpty)
    }

    @Test("an entity whose lists are not published, with nothing in their place, is not given")
    func notGiven() async throws {
        var mapping = try InfobaseFixture().mapping
        let entity = try InfobaseFixture().entity
        for place in mapping.entities.indices where mapping.entities[place].entity == entity.name {
            mapping.entities[place].list = "Catalog_НетТакого"
            mapping.entities[place].older = []
        }
        let source = OneCSource(
            name: SourceName("accounting"), address: try InfobaseFixture.address(),
            mapping: mapping, transport: InfobaseDouble([InfobaseDouble.entity(0)]))
        let absent = try await #require(throws: EntityNotGiven.self) {
            try await source.collect(entity, progress: { _, _ in }, deliver: { _ in })
        }
        #expect(absent.reason.contains("has no Catalog_НетТакого, and nothing in its place"))
        let checks = await source.check(entity)
        #expect(checks.map(\.subject) == ["not given by this system"])
        #expect(checks.allSatisfy { $0.isPassed })
    }
}
