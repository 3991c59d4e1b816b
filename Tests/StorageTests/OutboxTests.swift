import Foundation
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
            try await store.withOutboxSender { sender in
                let claimed = try await sender.claim(channel: "mail")
                #expect(claimed.map(\.message) == messages)
                #expect(try await sender.claim(channel: "mail") == [])
                #expect(try await sender.claim(channel: "messenger") == [])
                for one in claimed { #expect(try await sender.markSent(one)) }
            }
            #expect(try await store.deliveries(of: run).map(\.state) == [.sent, .sent])
            let left = try await store.withOutboxSender { try await $0.claim(channel: "mail") }
            #expect(left == [])
        }
    }

    @Test("a message whose sender died is sent again under the same Message-ID, and marked once")
    func crashed() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let run = try await testing.startRun()
            try await store.enqueue([message("a@b.ru", run, id: "<1@s>")])
            // It claims, and is gone before it says what became of it.
            let died = try await store.withOutboxSender { try await $0.claim(channel: "mail") }
            try await store.withOutboxSender { sender in
                let again = try await sender.claim(channel: "mail")
                #expect(again.map(\.message) == died.map(\.message))
                #expect(again.map(\.attempt) == [2])
                // The first sender was only slow: its word no longer counts.
                #expect(try await !sender.markSent(died[0]))
                #expect(try await sender.markSent(again[0]))
            }
        }
    }

    @Test("two senders never claim the same message, and none that a living one has")
    func concurrent() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let run = try await testing.startRun()
            try await store.enqueue(
                (1...30).map { message("\($0)@b.ru", run, id: "<\($0)@s>") })
            try await store.withOutboxSender { first in
                try await store.withOutboxSender { second in
                    async let one = first.claim(channel: "mail", limit: 20)
                    async let other = second.claim(channel: "mail", limit: 20)
                    let claimed = try await one + other
                    #expect(Set(claimed.map(\.id)).count == claimed.count)
                    let rest = try await second.claim(channel: "mail", limit: 20)
                    #expect(claimed.count + rest.count == 30)
                }
                // The second is gone; what the first has stays with it.
                let freed = try await first.claim(channel: "mail", limit: 40)
                #expect(freed.allSatisfy { $0.attempt == 2 })
                #expect((10...30).contains(freed.count))
            }
        }
    }

    @Test("a message that fails is tried again, given up, and tried again by hand")
    func failed() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let run = try await testing.startRun()
            try await store.enqueue([message("a@b.ru", run, id: "<1@s>")])
            try await store.withOutboxSender { sender in
                let first = try await sender.claim(channel: "mail")
                try await sender.markFailed(
                    first[0], error: "421 later", retryAfter: .seconds(3_600), code: 421,
                    reply: "421 4.7.0 later")
                #expect(try await sender.claim(channel: "mail") == [])
                #expect(try await store.deliveries(of: run).map(\.state) == [.pending])
                _ = try await testing.texts(
                    "UPDATE outbox SET next_attempt_at = now() RETURNING state")
                let second = try await sender.claim(channel: "mail")
                #expect(second.first?.failures == 1)
                try await sender.markFailed(
                    second[0], error: "550 no such user", retryAfter: nil, code: 550,
                    reply: "550 no")
            }
            let status = try #require(try await store.outbox([.failed]).first)
            #expect(status.attempts == 2)
            #expect(status.error == "550 no such user")
            #expect(try await store.retryMessages(nil, by: "root") == 1)
            try await store.withOutboxSender { sender in
                let third = try await sender.claim(channel: "mail")
                #expect(third.first?.failures == 0)
                #expect(try await sender.markSent(third[0], code: 250, reply: "250 kept"))
            }
            let attempts = try await store.outboxMessage(status.id).attempts
            #expect(attempts.map(\.outcome) == ["failed", "given_up", "retried", "sent"])
            #expect(attempts.map(\.code) == [421, 550, nil, 250])
            #expect(try await store.retryMessages([status.id], by: "root") == 0, "it was sent")
        }
    }

    @Test("a message that a person dropped is not sent, and not enqueued again by its cause")
    func dropped() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let run = try await testing.startRun()
            try await store.enqueue([message("a@b.ru", run, id: "<1@s>")])
            let id = try #require(try await store.outbox().first?.id)
            #expect(try await store.dropMessages([id, id + 7], by: "root") == 1)
            try await store.enqueue([message("a@b.ru", run, id: "<1@s>")])
            let left = try await store.withOutboxSender { try await $0.claim(channel: "mail") }
            #expect(left == [])
            #expect(try await store.outbox([.dropped]).map(\.id) == [id])
        }
    }

    @Test("a message waits for the end of quiet hours")
    func postponed() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let run = try await testing.startRun()
            var late = message("a@b.ru", run, id: "<1@s>")
            late.notBefore = Date(timeIntervalSinceNow: 3_600)
            try await store.enqueue([late])
            try await store.withOutboxSender { sender in
                #expect(try await sender.claim(channel: "mail") == [])
                _ = try await testing.texts(
                    "UPDATE outbox SET next_attempt_at = now() RETURNING state")
                #expect(try await sender.claim(channel: "mail").count == 1)
            }
        }
    }

    @Test("recipients of one mail share its content, which goes with the last of them")
    func sharedContent() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let run = try await testing.startRun()
            try await store.enqueue(
                (1...5).map { message("\($0)@b.ru", run, id: "<1@s>") })
            #expect(try await testing.texts("SELECT count(*)::text FROM outbox_content") == ["1"])
            try await store.withOutboxSender { sender in
                for one in try await sender.claim(channel: "mail", limit: 4) {
                    #expect(try await sender.markSent(one))
                }
            }
            try await store.purgePersonalData(olderThan: .seconds(-1))
            #expect(try await testing.texts("SELECT count(*)::text FROM outbox_content") == ["1"])
            try await store.withOutboxSender { sender in
                let last = try await sender.claim(channel: "mail")
                #expect(last.first?.message.content == Array("Привет".utf8))
                #expect(try await sender.markSent(last[0]))
            }
            try await store.purgePersonalData(olderThan: .seconds(-1))
            #expect(try await testing.texts("SELECT count(*)::text FROM outbox_content") == ["0"])
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
