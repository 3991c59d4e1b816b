import Foundation
import Testing

@testable import Sandbox

/// The entities that are compared, besides counterparties.
private let compared = ["contact", "product", "price", "stock", "order", "invoice", "payment"]

@Suite("Truth of the trade")
struct TradeTruthTests {
    private let world = World(WorldOptions(size: 1500, seed: 3))

    @Test(
        "plants every kind of error that an entity can have, on both sides",
        arguments: [
            ("contact", "missing duplicate mismatch broken_link conflict invalid"),
            ("product", "missing duplicate mismatch broken_link conflict invalid"),
            ("price", "missing duplicate mismatch invalid"),
            ("stock", "missing mismatch invalid"),
            ("order", "missing duplicate mismatch broken_link conflict invalid"),
            ("invoice", "missing duplicate mismatch"),
            ("payment", "missing duplicate mismatch broken_link conflict invalid"),
        ])
    func kinds(entity: String, kinds: String) {
        let errors = world.plantedErrors.filter { $0.isRequired && $0.entity == entity }

        #expect(
            Set(errors.map(\.kind.rawValue)) == Set(kinds.split(separator: " ").map(String.init)))
        #expect(Set(errors.filter { $0.kind == .missing }.map(\.side)) == [.left, .right])
        #expect(Set(errors).count == errors.count)
    }

    @Test(
        "plants a mismatch in each field",
        arguments: [
            ("contact", ["name", "phone", "email", "position", "company"]),
            ("product", ["name", "article", "barcode", "unit", "vat"]), ("price", ["price"]),
            ("stock", ["quantity", "reserved"]),
            ("order", ["total", "status", "paid", "date", "lines"]),
            ("invoice", ["total", "status"]), ("payment", ["amount", "date"]),
        ])
    func fields(entity: String, fields: [String]) {
        let errors = world.plantedErrors.filter {
            $0.isRequired && $0.entity == entity && $0.kind == .mismatch
        }

        #expect(Set(errors.map(\.field)) == Set(fields.map(Optional.some)))
    }

    @Test("says of each planted error what the two sides really hold", arguments: compared)
    func planted(entity: String) throws {
        let facts = Facts(entity, of: world)
        let things = (
            left: Set(facts.left.values.map(\.thing)), right: Set(facts.right.values.map(\.thing))
        )
        let errors = world.plantedErrors.filter { $0.isRequired && $0.entity == entity }
        #expect(errors.count >= 20)
        for error in errors {
            let left = try error.leftIDs.map { try #require(facts.left[$0]) }
            let right = try error.rightIDs.map { try #require(facts.right[$0]) }
            switch error.kind {
            case .missing:
                for fact in left { #expect(!things.right.contains(fact.thing)) }
                for fact in right { #expect(!things.left.contains(fact.thing)) }
                #expect(left.count + right.count == 1)
            case .duplicate:
                let twice = error.side == .left ? left : right
                #expect(twice.count == 2)
                #expect(Set(twice.map(\.thing)).count == 1)
            case .mismatch:
                let field = try #require(error.field)
                #expect(left[0].thing == right[0].thing)
                let value = try #require(left[0].values[field])
                #expect(value != right[0].values[field])
            case .brokenLink:
                let link = try #require(right[0].link)
                #expect(
                    error.note == "points_to_deleted"
                        ? facts.left[link]?.isDeleted == true : facts.left[link] == nil)
            case .conflict:
                #expect(right.map(\.link) == [error.leftIDs[0], error.leftIDs[0]])
                #expect(Set(right.map(\.thing)).count == 2)
            case .invalid:
                let fact = try #require(error.side == .left ? left.first : right.first)
                let field = try #require(error.field)
                let value = try #require(fact.values[field])
                #expect(Self.isInvalid(value))
            }
        }
    }

    /// Whether a value cannot be right: no number, none above zero, a wrong check digit.
    private static func isInvalid(_ text: String) -> Bool {
        let amount = text.split(separator: " ")
        if amount.count == 2, let number = Int(amount[0]) { return number <= 0 }
        guard let number = Int(text) else { return text.hasPrefix("invalid ") }
        guard text.count == 13, number > 0 else { return number <= 0 }
        let digits = text.compactMap(\.wholeNumberValue)
        let sum = digits.enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 1 : 3) }
        return sum % 10 != 0
    }

    @Test("says something of every pair that differs", arguments: compared)
    func silent(entity: String) throws {
        let facts = Facts(entity, of: world)
        let errors = world.plantedErrors.filter { $0.entity == entity }
        let touched = (
            left: Set(errors.flatMap(\.leftIDs)), right: Set(errors.flatMap(\.rightIDs))
        )
        var count = 0
        for pair in world.truePairs(of: entity)
        where !touched.left.contains(pair.leftID) && !touched.right.contains(pair.rightID) {
            // Purchase prices are 1C's own.
            let left = try #require(facts.left[pair.leftID])
            let right = try #require(facts.right[pair.rightID])
            for (field, value) in right.values {
                #expect(left.values[field] == value, "\(field) of \(pair)")
            }
            #expect(right.link == nil || right.link == pair.leftID)
            #expect(!left.isDeleted)
            count += 1
        }
        #expect(count > facts.right.count / 2)
    }

    @Test("says something of every record without a counterpart", arguments: compared)
    func complete(entity: String) {
        let facts = Facts(entity, of: world)
        let pairs = world.truePairs(of: entity)
        let paired = (left: Set(pairs.map(\.leftID)), right: Set(pairs.map(\.rightID)))
        let missing = world.plantedErrors.filter { $0.entity == entity && $0.kind == .missing }
        let named = (left: Set(missing.flatMap(\.leftIDs)), right: Set(missing.flatMap(\.rightIDs)))

        for (id, fact) in facts.left where !paired.left.contains(id) && !fact.isDeleted {
            #expect(named.left.contains(id), "\(id)")
        }
        let expected = Set(world.portal.payments.filter { !$0.isPaid }.map { String($0.id) })
        for id in facts.right.keys
        where !paired.right.contains(id) && !(entity == "payment" && expected.contains(id)) {
            #expect(named.right.contains(id), "\(id)")
        }
    }

    @Test("has nothing that must be found when nothing is planted")
    func clean() {
        let world = World(WorldOptions(size: 500, seed: 2, rates: .clean))

        #expect(world.plantedErrors.allSatisfy { !$0.isRequired })
        for entity in ["contact", "order", "payment"] {
            let facts = Facts(entity, of: world)
            #expect(
                world.truePairs(of: entity).count
                    == facts.left.values.count { $0.thing >= 0 })
        }
    }
}
