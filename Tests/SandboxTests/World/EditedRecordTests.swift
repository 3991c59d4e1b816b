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

    @Test("are changed by each of those who may, and by nobody who left before")
    func allEditors() {
        let editors = Set((0..<1000).map { Employee.editorID(at: $0) })
        #expect(editors == Set(1...Int64(TradeBuilder.editorCount)))
        let active = world.portal.employees.filter(\.isActive)
        #expect(active.allSatisfy { editors.contains($0.id) })
    }

    private func expectEditors(_ records: [some EditedRecord]) {
        let employees = Set(world.portal.employees.map(\.id))
        #expect(records.allSatisfy { employees.contains($0.creatorID) })
        #expect(records.allSatisfy { employees.contains($0.editorID) })
        #expect(records.contains { $0.creatorID != $0.editorID })
    }
}
