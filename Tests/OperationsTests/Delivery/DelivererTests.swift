import Foundation
import Storage
import Testing

@testable import Operations

@Suite("Deliverer")
struct DelivererTests {
    @Test("sends everything once, channel by channel, and keeps what was answered")
    func sends() async throws {
        try await OutboxScene.play { scene in
            let (mail, bot) = (ChannelDouble("mail"), ChannelDouble("bot"))
            try await scene.enqueue("mail", (1...45).map { "\($0)" })
            try await scene.enqueue("bot", ["a", "b"])
            let deliverer = Deliverer([mail, bot])

            let first = try await deliverer.drain(scene.store)
            let second = try await deliverer.drain(scene.store)

            #expect(first.sentCount == 47)
            #expect(second.sentCount == 0)
            #expect(mail.tried.count == 45)
            #expect(Set(mail.tried).count == 45)
            #expect(bot.tried == ["a", "b"])
            let id = try #require(try await scene.store.outbox([.sent]).first?.id)
            let attempts = try await scene.store.outboxMessage(id).attempts
            #expect(attempts.map(\.detail) == ["ok"])
        }
    }

    @Test("leaves messages of channels that it does not know")
    func unknownChannel() async throws {
        try await OutboxScene.play { scene in
            try await scene.enqueue("gone", ["a"])

            let deliveries = try await Deliverer([ChannelDouble("mail")]).drain(scene.store)

            #expect(deliveries.sentCount == 0)
            #expect(try await scene.store.waitingChannels() == ["gone": 1])
        }
    }

    @Test("tries again later what is not taken now, while the others are sent")
    func temporary() async throws {
        try await OutboxScene.play { scene in
            let bot = ChannelDouble(
                "bot", ["b": [.failed(.tryMessageAgain, code: 500)]])
            try await scene.enqueue("bot", ["a", "b", "c"])
            let deliverer = Deliverer([bot])

            let first = try await deliverer.drain(scene.store)
            #expect(first.sentCount == 2)
            #expect(first.unsentCount == 1)
            #expect(first.unsent.first?.contains("tried again") == true)
            #expect(try await deliverer.drain(scene.store).sentCount == 0, "not yet")
            try await scene.passTime()

            #expect(try await deliverer.drain(scene.store).sentCount == 1)
            #expect(bot.tried == ["a", "b", "c", "b"])
        }
    }

    @Test("gives up what is refused, and what did not go through in time")
    func deadLetters() async throws {
        try await OutboxScene.play { scene in
            let bot = ChannelDouble(
                "bot",
                ["a": [.failed(.giveUp, code: 550)], "b": [.failed(.tryMessageAgain, code: 451)]])
            try await scene.enqueue("bot", ["a", "b"])
            try await scene.age(72 * 3600 + 1)

            let deliveries = try await Deliverer([bot]).drain(scene.store)

            #expect(deliveries.givenUpCount == 2)
            let dead = try await scene.store.outbox([.failed])
            #expect(dead.map(\.recipient) == ["b", "a"])
            #expect(deliveries.unsent.allSatisfy { $0.contains("sverka outbox show") })
        }
    }

    @Test("pauses a channel that is out of reach instead of failing each message")
    func paused() async throws {
        try await OutboxScene.play { scene in
            let mail = ChannelDouble("mail", ["1": [.failed(.pauseChannel)]])
            let bot = ChannelDouble("bot")
            try await scene.enqueue("mail", (1...30).map { "\($0)" })
            try await scene.enqueue("bot", ["a"])
            let deliverer = Deliverer([mail, bot])

            let first = try await deliverer.drain(scene.store)
            try await scene.passTime()
            let second = try await deliverer.drain(scene.store)

            #expect(mail.tried == ["1"], "one failed login, not thirty")
            #expect(first.unsentCount == 1)
            #expect(first.sentCount == 1, "the bot does not wait for mail")
            #expect(second.sentCount == 0, "the channel is still paused")
            let waiting = try await scene.store.outbox([.pending])
            #expect(waiting.count == 30)
            #expect(waiting.map(\.failures).reduce(0, +) == 1)
            // Another process, or this one later, sends everything.
            #expect(try await Deliverer([mail]).drain(scene.store).sentCount == 30)
        }
    }

    @Test("waits at least as long as the other side asked")
    func asked() async throws {
        try await OutboxScene.play { scene in
            let bot = ChannelDouble(
                "bot",
                ["a": [.failed(.tryMessageAgain, code: 429, retryAfter: .seconds(3_000))]])
            try await scene.enqueue("bot", ["a"])
            let before = Date()

            _ = try await Deliverer([bot]).drain(scene.store)

            let next = try #require(try await scene.store.outbox().first?.nextAttemptAt)
            #expect(next.timeIntervalSince(before) >= 3_000)
        }
    }

    @Test("that is told to end leaves nothing claimed and nothing sent unsaid")
    func stopped() async throws {
        try await OutboxScene.play { scene in
            let bot = ChannelDouble("bot", ["c": [.failed(.stop)]])
            try await scene.enqueue("bot", ["a", "b", "c", "d"])

            await #expect(throws: CancellationError.self) {
                try await Deliverer([bot]).drain(scene.store)
            }

            #expect(try await scene.store.outbox([.sent]).count == 2)
            #expect(try await scene.store.outbox([.pending]).map(\.failures) == [0, 0])
            #expect(try await Deliverer([bot]).drain(scene.store).sentCount == 2)
            #expect(bot.tried == ["a", "b", "c", "c", "d"])
        }
    }

    @Test(
        "waits twice as long each time, up to four hours, and never at the same moment as others",
        arguments: [(1, 30.0, 60.0), (2, 60, 120), (5, 480, 960), (40, 7_200, 14_400)])
    func backOff(failures: Int, least: Double, most: Double) {
        var backOff = BackOff()
        backOff.random = { 0 }
        #expect(backOff.pause(failures: failures) == .seconds(least))
        backOff.random = { 1 }
        #expect(backOff.pause(failures: failures) == .seconds(most))
    }
}
