import Channels
import Foundation
import Storage
import Testing

@testable import Operations

@Suite("Delivery of notices")
struct NoticeDeliveryTests {
    @Test("gives up a content that is no notice")
    func noNotice() async throws {
        try await OutboxScene.play { scene in
            try await scene.enqueue("journal", ["journal"])
            let channel = NoticeDelivery(
                Configuration.Channel(name: "journal", kind: .journal(path: "/nowhere")))

            let deliveries = try await Deliverer([channel]).drain(scene.store)

            #expect(deliveries.givenUpCount == 1)
            #expect(
                try await scene.store.outbox([.failed]).first?.error == "its content is no notice")
        }
    }

    @Test("waits for a log that is not there")
    func noLog() async throws {
        try await OutboxScene.play { scene in
            let notice = Notice(
                topic: "t", title: "T", severity: .info, language: "ru", time: 0)
            try await scene.store.enqueue([
                OutboxMessage(
                    idempotencyKey: "k", run: nil, channel: "journal", recipient: "journal",
                    messageID: "<1@s>", content: [UInt8](try JSONEncoder().encode(notice)))
            ])
            let channel = NoticeDelivery(
                Configuration.Channel(name: "journal", kind: .journal(path: "/nowhere")))

            let deliveries = try await Deliverer([channel]).drain(scene.store)

            #expect(deliveries.unsentCount == 1)
            #expect(try await scene.store.outbox([.pending]).count == 1)
            #expect(await !channel.verify().isPassed)
        }
    }
}
