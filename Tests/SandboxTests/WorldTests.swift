import Foundation
import Sandbox
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
