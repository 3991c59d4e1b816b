import Foundation
import Mail
import Operations
import PostgresClient
import Storage
import TestSupport

/// Sends mails through a server that tells a fifth of them to come again, kills the sender again and
/// again, and counts what arrived.
///
///     outbox-benchmark FOLDER [MAILS] [KILLS] [SEED]
///     outbox-benchmark send CONFIGURATION          what it starts and kills
///
/// FOLDER is where the private cluster goes. Ends with 1 when a mail was lost, came to somebody twice
/// under different ids, or came oftener than a kill between the server's word and ours explains.
@main
struct Outbox {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 1 else {
            return print("usage: outbox-benchmark FOLDER [MAILS] [KILLS] [SEED]")
        }
        if arguments[1] == "send" { return try await Sending.run(URL(filePath: arguments[2])) }
        func number(_ place: Int, _ usual: Int) -> Int {
            arguments.count > place ? Int(arguments[place]) ?? usual : usual
        }
        let trial = Trial(
            folder: URL(filePath: arguments[1]), mails: number(2, 10_000), kills: number(3, 10),
            seed: UInt64(number(4, 1)))
        guard try await trial.run() else { exit(1) }
    }
}

/// The sender: drains the outbox until nothing waits.
enum Sending {
    static func run(_ file: URL) async throws {
        let configuration = try ConfigurationFile.read(file)
        let deliverer = Deliverer(configuration)
        try await DatabaseSession(configuration, resources: ResourceFolders(overrides: nil))
            .withStore(progress: SilentProgress()) { store in
                while true {
                    _ = try await deliverer.drain(store)
                    if try await store.waitingChannels().isEmpty { break }
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
    }
}
