import Testing

@testable import Sandbox

@Suite("Records of the portal")
struct EditedRecordTests {
    private let world = World(WorldOptions(size: 300, seed: 7))

    @Test("were each made and last changed by an employee, not always the same")
    func editors() {
        let portal = world.portal
        expectEditors(world.companies)
        expectEditors(portal.contacts)
        expectEditors(portal.deals)
        expectEditors(portal.smartInvoices)
        expectEditors(portal.products)
    }

    private func expectEditors(_ records: [some EditedRecord]) {
        let employees = Set(world.portal.employees.map(\.id))
        #expect(records.allSatisfy { employees.contains($0.creatorID) })
        #expect(records.allSatisfy { employees.contains($0.editorID) })
        #expect(records.contains { $0.creatorID != $0.editorID })
    }
}
