import Foundation
import Mail
import Operations
import PostgresClient
import Storage
import TestSupport

/// One trial: fill the outbox, send and kill, count.
struct Trial {
    let folder: URL
    let mails: Int
    let kills: Int
    let seed: UInt64

    func run() async throws -> Bool {
        let cluster = EmbeddedCluster(folder: folder.appending(path: "cluster"), database: "bench")
        let database = try await cluster.start()
        let mailServer = try TestMailServer(["plain", "small", "flaky=20"])
        let file = try configuration(database, port: mailServer.port)
        try await fill(try ConfigurationFile.read(file))

        var luck = Luck(state: seed)
        let start = ContinuousClock.now
        var killed = 0
        var usage = CPUTime()
        while true {
            let sender = Process()
            sender.executableURL = URL(filePath: CommandLine.arguments[0])
            sender.arguments = ["send", file.path]
            let before = CPUTime.ofChildren
            try sender.run()
            if killed < kills {
                // Somewhere in its work, however fast the machine is: after so many more mails.
                let goal = mailServer.log.count + luck.below(mails / (kills + 2)) + 1
                while sender.isRunning, mailServer.log.count < goal { usleep(2_000) }
                if sender.isRunning {
                    kill(sender.processIdentifier, SIGKILL)
                    killed += 1
                }
            }
            sender.waitUntilExit()
            usage = usage + (CPUTime.ofChildren - before)
            if sender.terminationReason == .exit { break }
        }
        let seconds = start.duration(to: .now)
        let verdict = try await Verdict(
            log: mailServer.log, mails: mails, killed: killed,
            states: states(of: try ConfigurationFile.read(file)))
        print("\(mails) mails, a fifth of all tries refused for now, sender killed \(killed) times")
        print("senders: \(usage), \(seconds.components.seconds) s wall")
        verdict.report()
        try await cluster.stop()
        return verdict.isRight
    }

    private func configuration(_ database: PostgresConfiguration, port: Int) throws -> URL {
        guard case .socketFolder(let socket) = database.address else {
            throw CocoaError(.featureUnsupported)
        }
        let user = database.user.map { "&user=\($0)" } ?? ""
        let file = folder.appending(path: "sverka.yaml")
        try Data(
            """
            data: data
            database:
              url: "postgres:///\(database.database)?host=\(socket)&port=\(database.port)\(user)"
            sources:
              left: {name: l, kind: files, folder: l}
              right: {name: r, kind: files, folder: r}
            mail: {from: sverka@example.ru, host: 127.0.0.1, port: \(port), security: none}
            outgoing: {first_retry: 1s}

            """.utf8
        ).write(to: file)
        return file
    }

    private func fill(_ configuration: Configuration) async throws {
        try await withStore(configuration) { store in
            let sender = try MailAddress("sverka@example.ru", name: "Сверка")
            for start in stride(from: 0, to: mails, by: 1_000) {
                try await store.enqueue(
                    (start..<min(start + 1_000, mails)).map { number in
                        let recipient = "person\(number)@example.ru"
                        let id = "<bench.\(number).\(seed)@example.ru>"
                        let message = MailMessage(
                            from: sender, to: [try MailAddress(recipient)],
                            subject: "Сверка № \(number)", sentAt: 1_795_399_547,
                            utcOffset: 10_800, messageID: id, language: "ru",
                            text: String(repeating: "Расхождений нет. ", count: 60))
                        return OutboxMessage(
                            idempotencyKey: "bench/\(number)", run: nil, topic: "bench",
                            channel: Configuration.mailChannel, recipient: recipient,
                            messageID: id, content: [UInt8](try message.composed()))
                    })
            }
        }
    }

    private func states(of configuration: Configuration) async throws -> [String: Int] {
        try await withStore(configuration) { try await $0.messageCounts() }
    }

    private func withStore<Value: Sendable>(
        _ configuration: Configuration, _ body: (Store) async throws -> Value
    ) async throws -> Value {
        try await DatabaseSession(configuration, resources: ResourceFolders(overrides: nil))
            .withStore(progress: SilentProgress(), body)
    }
}

/// What arrived, held against what was to arrive.
struct Verdict {
    private let lost: Int
    private let repeated: Int
    private let foreign: Int
    private let killed: Int
    private let states: [String: Int]
    private let mails: Int

    init(log: [(recipient: String, id: String)], mails: Int, killed: Int, states: [String: Int]) {
        var counts: [String: [String: Int]] = [:]
        for (recipient, id) in log { counts[recipient, default: [:]][id, default: 0] += 1 }
        lost = (0..<mails).count { counts["person\($0)@example.ru"] == nil }
        repeated = counts.values.reduce(0) { $0 + ($1.values.reduce(0, +) - 1) }
        foreign = counts.values.count { $0.count > 1 }
        self.mails = mails
        self.killed = killed
        self.states = states
    }

    /// Nothing lost, nothing under two ids, and repetitions only where a kill explains them.
    var isRight: Bool {
        lost == 0 && foreign == 0 && repeated <= killed && states == ["sent": mails]
    }

    func report() {
        print("lost \(lost); came twice under one id \(repeated); under two ids \(foreign)")
        print("in the outbox: \(states.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" })")
        print(isRight ? "right" : "WRONG")
    }
}

/// Processor time of processes that ended.
struct CPUTime: CustomStringConvertible {
    var user = 0.0
    var system = 0.0

    static var ofChildren: CPUTime {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return CPUTime(user: seconds(usage.ru_utime), system: seconds(usage.ru_stime))
    }

    static func + (left: CPUTime, right: CPUTime) -> CPUTime {
        CPUTime(user: left.user + right.user, system: left.system + right.system)
    }

    static func - (left: CPUTime, right: CPUTime) -> CPUTime {
        CPUTime(user: left.user - right.user, system: left.system - right.system)
    }

    var description: String { String(format: "%.1f s user + %.1f s system", user, system) }
}

/// The same choices for the same seed.
struct Luck {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return bound > 0 ? Int(state >> 33) % bound : 0
    }
}
