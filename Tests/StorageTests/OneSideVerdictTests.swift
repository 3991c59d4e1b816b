import PostgresClient
import Records
import Storage
import Testing

@Suite("Verdicts about two records of one side")
struct OneSideVerdictTests {
    private let entity = EntityName("counterparty")

    private func pair(of side: Side, _ one: String, _ other: String) -> RecordPair {
        RecordPair(of: side, RecordID(one), RecordID(other))
    }

    private func decide(_ pair: RecordPair, _ areSame: Bool?, _ store: Store) async throws {
        try await store.addVerdict(entity, about: pair, areSame: areSame, person: "Анна")
    }

    @Test("either way round they are one pair, whose last verdict counts")
    func order() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            #expect(pair(of: .right, "9", "10") == pair(of: .right, "10", "9"))
            try await decide(pair(of: .right, "9", "10"), true, store)
            try await decide(pair(of: .right, "10", "9"), false, store)
            let standing = try await store.pairVerdicts(entity)
            #expect(standing.map(\.pair) == [pair(of: .right, "9", "10")])
            #expect(standing.map(\.areSame) == [false])
            try await decide(pair(of: .right, "9", "10"), nil, store)
            #expect(try await store.pairVerdicts(entity).isEmpty)
            let subjects = try await store.verdicts(entity).map(\.subject)
            #expect(
                subjects == Array(repeating: .pair(pair(of: .right, "9", "10")), count: 3))
        }
    }

    @Test("the same ids on the other side, or on both, are other pairs")
    func sides() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            // As it was written before there were such verdicts.
            _ = try await testing.texts(
                """
                INSERT INTO verdict (entity, decision, left_id, right_id, personal_person)
                VALUES ('counterparty', 'same', '1', '2', 'Анна') RETURNING id::text
                """)
            try await decide(pair(of: .left, "1", "2"), false, store)
            try await decide(pair(of: .right, "1", "2"), true, store)
            let standing = try await store.pairVerdicts(entity)
            #expect(standing.map(\.pair.side) == [nil, .left, .right])
            #expect(standing.map(\.pair.firstSide) == [.left, .left, .right])
            #expect(standing.map(\.pair.secondSide) == [.right, .left, .right])
            #expect(standing.map(\.areSame) == [true, false, true])
        }
    }

    @Test("a record and itself are no pair, and the database takes none the wrong way round")
    func refused() async throws {
        try await StoreTesting.run { testing in
            await #expect(throws: PostgresError.self) {
                try await decide(pair(of: .left, "1", "1"), true, testing.store)
            }
            for (left, right) in [("'2'", "'1'"), ("NULL", "NULL")] {
                await #expect(throws: PostgresError.self) {
                    try await testing.texts(
                        """
                        INSERT INTO verdict (
                            entity, decision, side, left_id, right_id, personal_person)
                        VALUES ('counterparty', 'same', 'left', \(left), \(right), 'Анна')
                        RETURNING id::text
                        """)
                }
            }
        }
    }
}
