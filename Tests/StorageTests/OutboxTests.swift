import Records
import Storage
import Testing

@Suite("Outbox")
struct OutboxTests {
    private func message(_ recipient: String, _ run: RunID, id: String) -> OutboxMessage {
        OutboxMessage(
            idempotencyKey: "nightly-audit/\(run.rawValue)/mail/\(recipient)", run: run,
            channel: "mail", recipient: recipient, messageID: id, content: Array("Привет".utf8))
    }

    @Test("a cause that is repeated delivers nothing twice and keeps the Message-ID")
    func idempotent() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let run = try await testing.startRun()
            let messages = [
                message("a@b.ru", run, id: "<1@s>"), message("c@d.ru", run, id: "<2@s>"),
            ]
            #expect(try await store.beginStage(run, "report"))
            try await store.finishStage(run, "report", enqueuing: messages)
            try await store.enqueue([message("a@b.ru", run, id: "<3@s>")])
            let claimed = try await store.claimMessages(channel: "mail")
            #expect(claimed.map(\.message) == messages)
            #expect(try await store.claimMessages(channel: "mail") == [])
            #expect(try await store.claimMessages(channel: "messenger") == [])
            for one in claimed { #expect(try await store.markSent(one)) }
            #expect(try await store.deliveries(of: run).map(\.state) == [.sent, .sent])
            #expect(
                try await store.claimMessages(channel: "mail", abandonedAfter: .seconds(-1)) == [])
        }
    }

    @Test("a message whose sender died is sent again under the same Message-ID, and marked once")
    func crashed() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let run = try await testing.startRun()
            try await store.enqueue([message("a@b.ru", run, id: "<1@s>")])
            let died = try await store.claimMessages(channel: "mail")
            let again = try await store.claimMessages(
                channel: "mail", abandonedAfter: .seconds(-1))
            #expect(again.map(\.message) == died.map(\.message))
            #expect(again.map(\.attempt) == [2])
            // The first sender was only slow: its word no longer counts.
            #expect(try await !store.markSent(died[0]))
            #expect(try await store.markSent(again[0]))
        }
    }

    @Test("two senders never claim the same message")
    func concurrent() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let run = try await testing.startRun()
            try await store.enqueue(
                (1...30).map { message("\($0)@b.ru", run, id: "<\($0)@s>") })
            async let first = store.claimMessages(channel: "mail", limit: 20)
            async let second = store.claimMessages(channel: "mail", limit: 20)
            let claimed = try await first + second
            #expect(Set(claimed.map(\.id)).count == claimed.count)
            let rest = try await store.claimMessages(channel: "mail", limit: 20)
            #expect(claimed.count + rest.count == 30)
        }
    }

    @Test("a message that fails is tried again, or given up")
    func failed() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let run = try await testing.startRun()
            try await store.enqueue([message("a@b.ru", run, id: "<1@s>")])
            let first = try await store.claimMessages(channel: "mail")
            try await store.markFailed(first[0], error: "421 later", retryAfter: .seconds(3_600))
            #expect(try await store.claimMessages(channel: "mail") == [])
            #expect(try await store.deliveries(of: run).map(\.state) == [.pending])
            _ = try await testing.texts("UPDATE outbox SET next_attempt_at = now() RETURNING state")
            let second = try await store.claimMessages(channel: "mail")
            try await store.markFailed(second[0], error: "550 no such user", retryAfter: nil)
            let status = try #require(try await store.deliveries(of: run).first)
            #expect(status.state == .failed)
            #expect(status.attempts == 2)
            #expect(status.error == "550 no such user")
        }
    }

    @Test("retention deletes personal data after its end and leaves what stands")
    func retention() async throws {
        try await StoreTesting.run { testing in
            let limits = SnapshotLimits(acceptsDrop: true)
            _ = try await testing.take([testing.record("a"), testing.record("b")])
            let last = try await testing.take([testing.record("b")], limits: limits)
            #expect(try await testing.store.purgePersonalData(olderThan: .seconds(3_600)) == 0)
            #expect(try await testing.store.purgePersonalData(olderThan: .seconds(-1)) == 1)
            #expect(try await testing.load(last).map(\.id.rawValue) == ["b"])
        }
    }
}
