internal import Foundation
public import Storage

/// Sends what the outbox holds, by every channel of the configuration.
///
/// A message leaves once per recipient: it is claimed before it is sent and concluded right after the
/// other side took it. A process that dies in between leaves a claim that is free at once; the message
/// is then sent with the same id, since nobody can know whether it had arrived. What the other side does
/// not take now is tried again, later and later; what it refuses, or what did not go through in days, is
/// a dead letter, shown and tried again by `sverka outbox`.
///
/// Channels do not wait for each other. One that is out of reach pauses as a whole, so that a thousand
/// messages are not a thousand failed logins.
public actor Deliverer {
    private let channels: [any OutgoingChannel]
    private let backOff: BackOff
    private let clock = ContinuousClock()
    private var pauses: [String: (until: ContinuousClock.Instant, failures: Int)] = [:]

    /// Makes a deliverer for the channels of a configuration.
    public init(_ configuration: Configuration) {
        self.init(
            Self.channels(of: configuration),
            backOff: BackOff(
                first: configuration.outgoing.firstRetry,
                giveUpAfter: configuration.outgoing.retryFor))
    }

    init(_ channels: [any OutgoingChannel], backOff: BackOff = BackOff()) {
        self.channels = channels
        self.backOff = backOff
    }

    /// The channels of a configuration, mail first.
    static func channels(of configuration: Configuration) -> [any OutgoingChannel] {
        (configuration.mail.map {
            [MailChannel($0, tokenFile: configuration.dataFolder.appending(path: "mail.token"))]
        } ?? [])
            + configuration.channels.map { NoticeDelivery($0) }
    }

    /// Sends everything that is due now.
    ///
    /// - Parameter store: Where the outbox is.
    /// - Returns: What was sent, and why the rest was not.
    /// - Throws: `PostgresError`; `CancellationError`, with everything that was sent concluded.
    public func drain(_ store: Store) async throws -> Deliveries {
        let ready = channels.filter { channel in
            pauses[channel.name].map { $0.until <= clock.now } ?? true
        }
        guard !ready.isEmpty else { return Deliveries() }
        return try await store.withOutboxSender { sender in
            try await withThrowingTaskGroup(of: Deliveries.self) { group in
                for channel in ready {
                    group.addTask { try await self.drain(channel, sender) }
                }
                var all = Deliveries()
                for try await deliveries in group { all.add(deliveries) }
                return all
            }
        }
    }

    private nonisolated func drain(
        _ channel: any OutgoingChannel, _ sender: OutboxSender
    ) async throws -> Deliveries {
        var deliveries = Deliveries()
        draining: while true {
            let claimed = try await sender.claim(channel: channel.name)
            guard !claimed.isEmpty else { break }
            for message in claimed {
                guard !Task.isCancelled else {
                    try await conclude { try await sender.release(channel: channel.name) }
                    throw CancellationError()
                }
                switch await channel.send(message.message) {
                case .sent(let code, let reply):
                    try await conclude {
                        _ = try await sender.markSent(message, code: code, reply: reply)
                    }
                    deliveries.sentCount += 1
                    await reached(channel.name)
                case .failed(let failure):
                    let pause = await pause(after: failure, of: message, channel.name)
                    try await conclude {
                        switch failure.remedy {
                        case .stop: try await sender.release(channel: channel.name)
                        default:
                            try await sender.markFailed(
                                message, error: failure.message, retryAfter: pause,
                                code: failure.code, reply: failure.reply)
                        }
                        if failure.remedy == .pauseChannel {
                            try await sender.release(channel: channel.name, pause: pause ?? .zero)
                        }
                    }
                    if failure.remedy == .stop { throw CancellationError() }
                    deliveries.note(failure, of: message, channel.name, isGivenUp: pause == nil)
                    if failure.remedy == .pauseChannel { break draining }
                }
            }
        }
        await channel.rest()
        return deliveries
    }

    /// Writes down what happened outside, also when this task was cancelled meanwhile.
    private nonisolated func conclude(
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await Task { try await body() }.value
    }

    private func reached(_ channel: String) { pauses[channel] = nil }

    /// How long a message waits; `nil` to give it up.
    private func pause(
        after failure: SendingFailure, of message: ClaimedMessage, _ channel: String
    ) -> Duration? {
        switch failure.remedy {
        case .giveUp: return nil
        case .stop: return .zero
        case .tryMessageAgain:
            let pause = backOff.pause(failures: message.failures + 1, asked: failure.retryAfter)
            return message.overdue + pause > backOff.giveUpAfter ? nil : pause
        case .pauseChannel:
            let failures = (pauses[channel]?.failures ?? 0) + 1
            let pause = backOff.pause(
                failures: max(failures, message.failures + 1), asked: failure.retryAfter)
            pauses[channel] = (clock.now.advanced(by: pause), failures)
            return message.overdue + pause > backOff.giveUpAfter ? nil : pause
        }
    }
}

/// What became of the outbox.
public struct Deliveries: Sendable {
    /// How many messages were sent.
    public var sentCount = 0
    /// How many became dead letters.
    public var givenUpCount = 0
    /// Why messages were not sent, for a person; each reason of a channel once.
    public var unsent: [String] = []
    /// How many were not sent.
    public var unsentCount = 0

    mutating func add(_ other: Deliveries) {
        sentCount += other.sentCount
        givenUpCount += other.givenUpCount
        unsentCount += other.unsentCount
        unsent += other.unsent
    }

    mutating func note(
        _ failure: SendingFailure, of message: ClaimedMessage, _ channel: String, isGivenUp: Bool
    ) {
        unsentCount += 1
        if isGivenUp { givenUpCount += 1 }
        let end =
            isGivenUp ? "given up, see 'sverka outbox show \(message.id)'" : "it is tried again"
        let words = channel == Configuration.mailChannel ? "a mail" : "a message by \(channel)"
        let line = "\(words) was not sent: \(failure.message); \(end)"
        if !unsent.contains(line) { unsent.append(line) }
    }
}
