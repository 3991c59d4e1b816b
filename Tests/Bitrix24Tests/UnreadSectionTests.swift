import Bitrix24
import Collection
import Records
import Testing

@Suite("What a mapping for a portal says and nobody reads")
struct UnreadSectionTests {
    @Test("deletions are refused before anything is asked")
    func deletions() async throws {
        var fixture = try PortalFixture()
        let name = fixture.entity.name
        let place = try #require(
            fixture.mapping.entities.firstIndex { $0.entity == name })
        fixture.mapping.entities[place].deletions = DeletionList(
            list: "deleted", id: .constant("1"))
        let portal = PortalDouble(PortalFixture.content(companies: 1))
        let checks = await (try fixture.source(portal)).check(fixture.entity)
        #expect(checks.map(\.isPassed) == [false])
        #expect(checks.first?.detail.contains("has 'deletions' for") == true)
        let changed = fixture
        let error = try await #require(throws: CollectionError.self) {
            _ = try await changed.read(portal)
        }
        #expect(error.kind == .misconfigured)
    }
}
