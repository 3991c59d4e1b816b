import ArgumentParser
import Foundation
import Sandbox

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Plays a Bitrix24 portal and a 1C infobase on this machine, with planted errors.",
        discussion: """
            EXAMPLES
              sverka sandbox --size 5000 --seed 3 --truth truth.jsonl
              sverka sandbox --export exports --size 20000

            Both systems listen on 127.0.0.1 until Ctrl-C. They disagree in known ways, which
            --truth writes to a file. --export writes the two sides as CSV files as 1C and Bitrix24
            would export them, with truth.csv (left_id,right_id), and ends.
            """)

    @Option(name: .long, help: "Port of the portal; 0 takes a free one.")
    var bitrixPort = 0

    @Option(name: .long, help: "Port of the infobase; 0 takes a free one.")
    var onecPort = 0

    @Option(name: .long, help: "Counterparties on each side, about.")
    var size = 1000

    @Option(name: .long, help: "The same seed and size give the same companies.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Where to write what was planted, as JSON Lines.")
    var truth: String?

    @Option(name: .long, help: "Write CSV files into this folder and end.")
    var export: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Keep to the portal's limit of 2 requests a second, as the cloud does.")
    var rateLimit = true

    @Option(name: .long, help: "Where to write the addresses as a configuration of Sverka.")
    var writeConfig: String?

    @Option(
        name: .long, help: "Let so many nights pass, in which records come, change and go.")
    var nights = 0

    func validate() throws {
        guard size > 0 else { throw ValidationError("--size is a number above 0") }
    }

    func run() async throws {
        let world = (0..<nights).reduce(World(WorldOptions(size: size, seed: seed))) {
            world, night in
            world.next(seed: seed &+ UInt64(night))
        }
        if let truth { try Data(world.truthFile.utf8).write(to: URL(filePath: truth)) }
        if let export {
            let folder = URL(filePath: export)
            try SandboxExport(world).write(to: folder)
            print(
                "written to \(folder.path): onec.csv, bitrix24.csv, truth.csv, dup_*.csv; "
                    + "all entities in onec/, bitrix24/ and truth/")
            return
        }
        var options = SandboxOptions(world: world.options)
        options.bitrixPort = bitrixPort
        options.onecPort = onecPort
        if !rateLimit { options.portal.requestsPerSecond = nil }
        let sandbox = Sandbox(options, world: world)
        let addresses = try await sandbox.start()
        print("bitrix24  \(addresses.bitrixWebhook)")
        print(
            "1c        \(addresses.infobase)  user '\(addresses.login)', password '\(addresses.password)'"
        )
        print(
            "planted   \(world.plantedErrors.count) errors among \(world.leftCount) + \(world.rightCount) records"
        )
        if let writeConfig {
            try Data(SandboxConfiguration(addresses).yaml.utf8)
                .write(to: URL(filePath: writeConfig))
            print("config    \(writeConfig)")
        }
        print("Ctrl-C stops both.")
        // A log or a pipe gets the addresses now and not at the end.
        fflush(nil)
        // Waits for the signal that cancels the program.
        for await _ in AsyncStream<Never>(unfolding: {
            try? await Task.sleep(for: .seconds(86_400)); return nil
        }) {}
        await sandbox.stop()
    }
}
