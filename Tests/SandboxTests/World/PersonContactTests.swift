import Testing

@testable import Sandbox

@Suite("Persons kept as contacts")
struct PersonContactTests {
    private static func world(_ share: Double) -> World {
        var options = WorldOptions(size: 600, seed: 4)
        options.personsAsContacts = share
        return World(options)
    }

    @Test("stand for sole proprietors and persons in place of companies, with their details")
    func persons() throws {
        let usual = Self.world(0)
        let world = Self.world(0.5)
        let persons = world.portal.contacts.filter { $0.organization >= 0 }

        #expect((30...100).contains(persons.count))
        #expect(usual.portal.contacts.allSatisfy { $0.organization < 0 })
        #expect(world.companies.count == usual.companies.count - persons.count)
        #expect(world.truePairs.count == usual.truePairs.count)
        let leftOf = Dictionary(
            world.truePairs.map { ($0.rightID, $0.leftID) }, uniquingKeysWith: { $1 })
        for person in persons {
            let key = try #require(leftOf["contact-\(person.id)"])
            let left = try #require(world.counterparties.first { $0.key.text == key })
            #expect(left.kind == .soleProprietor || left.kind == .person)
            #expect(person.phone?.national == left.phone?.national)
            #expect(person.email?.text.lowercased() == left.email)
            let own = world.requisites.filter { $0.isOfContact && $0.companyID == person.id }
            #expect(own.allSatisfy { $0.familyName == nil || $0.familyName == person.name.family })
        }
        #expect(Set(world.requisites.map(\.id)).count == world.requisites.count)
    }

    @Test("are who buys: their deals name the contact and no company")
    func deals() {
        let world = Self.world(1)
        let persons = Set(world.portal.contacts.filter { $0.organization >= 0 }.map(\.id))
        let deals = world.portal.deals.filter { persons.contains($0.contactID) }

        #expect(deals.count > 20)
        #expect(deals.allSatisfy { $0.companyID == 0 })
        let ids = Set(world.truePairs.map(\.rightID))
        for error in world.plantedErrors where error.entity == "counterparty" {
            for id in error.rightIDs where id.hasPrefix("contact-") { #expect(ids.contains(id)) }
        }
    }
}
