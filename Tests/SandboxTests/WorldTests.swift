import Foundation
@testable import Sandbox
import Testing

@Suite("World")
struct WorldTests {
    @Test("is the same for the same seed and size, and another for another seed")
    func determinism() {
        let one = World(WorldOptions(size: 400, seed: 3))
        let same = World(WorldOptions(size: 400, seed: 3))
        let other = World(WorldOptions(size: 400, seed: 4))

        #expect(one.truthFile == same.truthFile)
        #expect(one.truePairs == same.truePairs)
        #expect(one.truthFile != other.truthFile)
        // Pinned, so that a change of the generator does not go unnoticed.
        #expect(one.truePairs.first?.leftID == "ba0de929-d9ee-1f67-a3fb-326cbf2dbd00")
    }

    @Test("plants at least one error of each kind and each field, even when it is small")
    func everyKind() {
        let errors = World(WorldOptions(size: 100, seed: 1)).plantedErrors
            .filter { $0.isRequired && $0.entity == "counterparty" }

        for kind in PlantedError.Kind.allCases {
            #expect(errors.contains { $0.kind == kind }, "\(kind)")
        }
        for field in ["tax_id", "kpp", "name", "phone", "email", "address"] {
            #expect(errors.contains { $0.kind == .mismatch && $0.field == field }, "\(field)")
        }
        #expect(Set(errors.filter { $0.kind == .missing }.map(\.side)) == [.left, .right])
        #expect(Set(errors.filter { $0.kind == .duplicate }.map(\.side)) == [.left, .right])
        let notes = Set(errors.map(\.note))
        #expect(
            notes.isSuperset(of: [
                "points_nowhere", "points_to_deleted", "other_taxpayer", "claimed_twice",
                "check_digit", "wrong_length",
            ]))
    }

    @Test("plants as much as the rates say")
    func rates() {
        let errors = World(WorldOptions(size: 5000, seed: 1)).plantedErrors
            .filter { $0.isRequired && $0.entity == "counterparty" }

        let counts = Dictionary(grouping: errors, by: \.kind).mapValues(\.count)
        #expect(counts[.missing] == 100)
        #expect(counts[.duplicate] == 100)
        #expect(counts[.mismatch] == 120)
        #expect(counts[.brokenLink] == 50)
        #expect(counts[.conflict] == 50)
        #expect(counts[.invalid] == 60)
    }

    @Test("has nothing that must be found when nothing is planted")
    func clean() {
        let world = World(WorldOptions(size: 500, seed: 2, rates: .clean))

        #expect(world.plantedErrors.allSatisfy { !$0.isRequired })
        #expect(world.truePairs.count == 500)
        #expect(world.rightCount == 500)
    }

    @Test("holds branches with their heads, and the dirt that is to be expected in each system")
    func dirt() {
        let world = World(WorldOptions(size: 6000, seed: 1))
        let titles = world.companies.map(\.title)
        func share(_ isSo: (String) -> Bool) -> Int { titles.count(where: isSo) }
        func has(_ scalar: Unicode.Scalar) -> (String) -> Bool {
            { $0.unicodeScalars.contains(scalar) }
        }

        for (name, isSo) in [
            ("&quot;", { $0.contains("&quot;") }), ("non-breaking space", has("\u{A0}")),
            ("two spaces", { $0.contains("  ") }), ("tab", { $0.hasPrefix("\t") }),
            ("line feed", { $0.hasSuffix("\n") }), ("combining mark", has("\u{306}")),
            ("unbalanced quotes", { $0.count { $0 == "\"" } == 1 }),
            ("Latin form", { $0.hasPrefix("OOO \"") }),
            ("other layout", { $0.contains { "[;'.".contains($0) } && !$0.contains(".ru") }),
            ("telephone", { $0.contains(" тел ") }), ("site", { $0.hasSuffix(".ru") }),
            ("out of use", { $0.hasSuffix("не использовать") }),
            ("transliterated", { $0.hasSuffix(" LLC") }),
        ] as [(String, (String) -> Bool)] {
            #expect(share(isSo) > 0, "\(name)")
        }
        let branches = world.counterparties.filter { $0.flags.contains(.branch) }
        let byKey = Dictionary(uniqueKeysWithValues: world.counterparties.map { ($0.key, $0) })
        #expect(branches.count > 50)
        // Some have errors planted into just these.
        let ofTheirHeads = branches.count { branch in
            byKey[branch.head].map { $0.taxID == branch.taxID && $0.kpp != branch.kpp } ?? false
        }
        #expect(ofTheirHeads > branches.count * 8 / 10)
        #expect(world.requisites.contains { $0.taxID?.contains(" ") == true })
        #expect(world.requisites.contains { [9, 11].contains($0.taxID?.count) })
        // Those that write so are few: whatever is said of such a title, most names can be compared.
        #expect(share { $0.hasSuffix(".ru") } < titles.count / 100)
    }

    @Test("lists planted errors as one JSON object a line")
    func truthFile() throws {
        let world = World(WorldOptions(size: 100, seed: 1))

        let lines = world.truthFile.split(separator: "\n")
        #expect(lines.count == world.plantedErrors.count)
        for line in lines {
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(
                Set(object.keys) == [
                    "kind", "entity", "field", "side", "left_ids", "right_ids", "note", "required",
                ])
            let entity = try #require(object["entity"] as? String)
            #expect(World.entities.contains(entity))
        }
    }

    @Test("changes little from one night to the next, and keeps its ids")
    func nights() {
        let first = World(WorldOptions(size: 3000, seed: 5))
        let second = first.next(seed: 11)

        #expect(first.truePairs == second.truePairs)
        func required(_ world: World) -> Set<PlantedError> {
            Set(world.plantedErrors.filter { $0.isRequired && $0.entity == "counterparty" })
        }
        let (before, after) = (required(first), required(second))
        #expect(!after.subtracting(before).isEmpty)
        #expect(after.symmetricDifference(before).count < 60)
    }

    @Test("can lose most of one side overnight")
    func dropping() {
        let world = World(WorldOptions(size: 1000, seed: 5))
        let left = world.dropping(0.9, from: .left)
        let right = world.dropping(0.9, from: .right)

        #expect(left.leftCount < world.leftCount / 5)
        #expect(left.rightCount == world.rightCount)
        #expect(right.rightCount < world.rightCount / 5)
        #expect(right.leftCount == world.leftCount)
    }
}
