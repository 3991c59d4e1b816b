import ArgumentParser
import Foundation
import Operations
import Storage

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox",
        abstract: "Shows what waits to be sent and what was given up.",
        discussion: """
            EXAMPLES
              sverka outbox                    what waits, and what was given up
              sverka outbox list --state sent  what was sent
              sverka outbox show 12            one message, with what was answered
              sverka outbox retry 12 13        try these again now
              sverka outbox retry --all        try all that was given up again now
              sverka outbox drop 12            give one up for good
              sverka outbox send               send what is due, without the service

            A message that the other side does not take now is tried again by itself,
            later and later, for three days ('outgoing: {retry_for: …}'). What was
            refused, or did not go through in that time, is 'failed' until somebody has
            it tried again.
            """,
        subcommands: [
            ListOutboxCommand.self, ShowOutboxCommand.self, RetryOutboxCommand.self,
            DropOutboxCommand.self, SendOutboxCommand.self,
        ],
        defaultSubcommand: ListOutboxCommand.self)
}

struct ListOutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists messages, the latest first.",
        discussion: """
            EXAMPLES
              sverka outbox list
              sverka outbox list --state failed --channel telegram
            """)

    @OptionGroup var options: ConfigurationOption

    @Option(
        help: "pending, sending, sent, failed or dropped; repeatable (default: what is not sent).")
    var state: [String] = []

    @Option(help: "Those of one channel: mail, or a name of the configuration.")
    var channel: String?

    @Option(help: "How many at most.")
    var limit = 50

    func run() async throws {
        let states = try state.map { name in
            guard let state = DeliveryStatus.State(rawValue: name) else {
                throw ValidationError(
                    "'\(name)' is not one of: "
                        + DeliveryStatus.State.allCases.map(\.rawValue).joined(separator: ", "))
            }
            return state
        }
        let configuration = try options.read()
        let time = LocalTime(configuration)
        let messages = try await StoredOutbox(configuration).messages(
            states.isEmpty ? nil : states, channel: channel, limit: limit)
        guard !messages.isEmpty else {
            return print(states.isEmpty ? "nothing waits, nothing was given up" : "there are none")
        }
        var table = TextTable([
            "NUMBER", "STATE", "TOPIC", "CHANNEL", "TO", "FAILED", "NEXT TRY", "LAST ERROR",
        ])
        for message in messages {
            table.add([
                String(message.id), message.state.rawValue, message.topic, message.channel,
                message.recipient, message.failures == 0 ? "" : String(message.failures),
                message.state == .pending ? time.text(message.nextAttemptAt) : "",
                message.error ?? "",
            ])
        }
        for line in table.lines { print(line) }
    }
}

struct ShowOutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows one message and what became of its tries.",
        discussion: """
            EXAMPLES
              sverka outbox show 12
              sverka outbox show 12 --content > message.eml
            """)

    @OptionGroup var options: ConfigurationOption

    @Argument(help: "The message's number.")
    var number: Int64

    @Flag(help: "Writes the message itself to standard output; it holds personal data.")
    var content = false

    func run() async throws {
        let configuration = try options.read()
        let (status, bytes, attempts) = try await StoredOutbox(configuration).message(number)
        if content {
            guard let bytes else {
                throw ValidationError("the content of message \(number) was purged by retention")
            }
            return try StandardOutput.write(Data(bytes))
        }
        let time = LocalTime(configuration)
        print("message \(status.id) (\(status.topic)): \(status.state.rawValue)")
        print("by \(status.channel) to \(status.recipient)")
        print("id \(status.messageID)")
        let size = bytes.map { "\($0.count) bytes" } ?? "content purged"
        print("enqueued \(time.text(status.enqueuedAt)), \(size)")
        if let sent = status.sentAt { print("sent \(time.text(sent))") }
        if status.state == .pending { print("next try \(time.text(status.nextAttemptAt))") }
        if let error = status.error { print("error: \(error)") }
        guard !attempts.isEmpty else { return }
        var table = TextTable(["TIME", "TRY", "OUTCOME", "CODE", "ANSWER"])
        for attempt in attempts {
            table.add([
                time.text(attempt.at), String(attempt.attempt), attempt.outcome,
                attempt.code.map(String.init) ?? "", attempt.detail,
            ])
        }
        print("")
        for line in table.lines { print(line) }
    }
}

struct RetryOutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Has messages tried again now, as if they were new.",
        discussion: """
            EXAMPLES
              sverka outbox retry 12 13
              sverka outbox retry --all

            Under 'sverka serve' they leave within seconds; without it, with
            'sverka outbox send' or the next run. One that was sent is never sent again.
            """)

    @OptionGroup var options: ConfigurationOption

    @Argument(help: "Numbers of messages.")
    var numbers: [Int64] = []

    @Flag(help: "All that were given up.")
    var all = false

    func validate() throws {
        guard all != !numbers.isEmpty else {
            throw ValidationError("name messages, or --all for all that was given up")
        }
    }

    func run() async throws {
        let count = try await StoredOutbox(options.read()).retry(all ? nil : numbers)
        print(count == 1 ? "1 message is tried again" : "\(count) messages are tried again")
        if !all, count < numbers.count {
            print("the others were sent, are being sent, have lost their content, or are not there")
        }
    }
}

struct DropOutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: "Gives messages up for good.",
        discussion: """
            EXAMPLE
              sverka outbox drop 12
            """)

    @OptionGroup var options: ConfigurationOption

    @Argument(help: "Numbers of messages.")
    var numbers: [Int64]

    func run() async throws {
        let count = try await StoredOutbox(options.read()).drop(numbers)
        print(count == 1 ? "1 message was dropped" : "\(count) messages were dropped")
        if count < numbers.count {
            print("the others were sent or dropped already, or are not there")
        }
    }
}

struct SendOutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Sends what is due now.",
        discussion: """
            EXAMPLE
              sverka outbox send

            Exit code 1 when something could not be sent.
            """)

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let deliveries = try await StoredOutbox(options.read()).send()
        for line in deliveries.unsent { print(line) }
        print("\(deliveries.sentCount) sent, \(deliveries.unsentCount) not sent")
        if deliveries.unsentCount > 0 { throw ExitCode(1) }
    }
}
