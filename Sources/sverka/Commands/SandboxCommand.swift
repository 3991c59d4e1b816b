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
              sverka sandbox --switch missing-methods=catalog.,crm.item. --switch time=plain
              sverka sandbox --fault reset,on=batch,skip=3,times=2 --fault slow,seconds=70
              sverka sandbox --faults seed=7,rate=0.01
              sverka sandbox --list

            Both systems listen on 127.0.0.1 until Ctrl-C. They disagree in known ways, which
            --truth writes to a file. --export writes the two sides as CSV files as 1C and Bitrix24
            would export them, with truth.csv (left_id,right_id), and ends. --list explains every
            switch and every fault.

            While it runs, the same is done over HTTP on either port:
              curl 127.0.0.1:PORT/__sandbox/counters
              curl 127.0.0.1:PORT/__sandbox/switches -d '{"dismissed":"on"}'
              curl 127.0.0.1:PORT/__sandbox/faults -d '{"rule":"html502,times=3"}'
              curl 127.0.0.1:PORT/__sandbox/mix -d '{"mix":"seed=7,rate=0.05"}'
              curl -X DELETE 127.0.0.1:PORT/__sandbox/faults
            """)

    @Option(name: .long, help: "Port of the portal; 0 takes a free one.")
    var bitrixPort = 0

    @Option(name: .long, help: "Port of the infobase; 0 takes a free one.")
    var onecPort = 0

    @Option(name: .long, help: SandboxSize.help)
    var size = 1000

    @Option(name: .long, help: "The same seed and size give the same companies.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Where to write what was planted, as JSON Lines.")
    var truth: String?

    @Option(name: .long, help: "Write files into this folder and end.")
    var export: String?

    @Option(
        name: .long,
        help: "What --export writes: csv (both sides) or commerceml (1C's catalogue as XML).")
    var format = "csv"

    @Option(
        name: .long,
        help: ArgumentHelp(
            "In which form --format commerceml writes, such as encoding=windows-1251. May be repeated.",
            valueName: "name=value"))
    var xml: [String] = []

    @Flag(
        inversion: .prefixedNo,
        help: "Keep to the portal's limit of 2 requests a second, as the cloud does.")
    var rateLimit = true

    @Option(name: .long, help: "Where to write the addresses as a configuration of Sverka.")
    var writeConfig: String?

    @Option(
        name: .long, help: "Let so many nights pass, in which records come, change and go.")
    var nights = 0

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Set a switch of either system, such as visible-share=0.6. May be repeated.",
            valueName: "name=value"))
    var `switch`: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Let a fault happen, such as html502,on=crm.company.list,skip=3. May be repeated.",
            valueName: "fault"))
    var fault: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Let faults happen at random, such as seed=7,rate=0.01,system=bitrix24,faults=reset|slow.",
            valueName: "mix"))
    var faults: String?

    @Flag(name: .long, help: "Explain every switch and every fault, and end.")
    var list = false

    func validate() throws {
        try SandboxSize.check(size)
        guard nights >= 0 else { throw ValidationError("--nights is a number from 0") }
        guard ["csv", "commerceml"].contains(format) else {
            throw ValidationError("--format is csv or commerceml")
        }
        guard xml.isEmpty || format == "commerceml" else {
            throw ValidationError("--xml goes with --format commerceml")
        }
        do {
            _ = try settings()
        } catch let error as SandboxTextError {
            throw ValidationError(error.description)
        }
    }

    /// What the options say, read before anything is made.
    private func settings() throws -> Settings {
        var settings = Settings(
            rules: try fault.map { try FaultRule(text: $0) },
            mix: try faults.map { try FaultMix(text: $0) })
        for text in xml { try settings.exchange.set(text) }
        if !rateLimit { settings.portal.requestsPerSecond = nil }
        for text in `switch` {
            let name = text.prefix { $0 != "=" }
            if InfobaseOptions.switches.contains(where: { $0.name == name }) {
                try settings.infobase.set(text)
            } else {
                try settings.portal.set(text)
            }
        }
        return settings
    }

    private struct Settings {
        var portal = PortalOptions()
        var infobase = InfobaseOptions()
        var exchange = CommerceMLOptions()
        var rules: [FaultRule]
        var mix: FaultMix?
    }

    func run() async throws {
        if list { return print(SandboxManual.text) }
        try ResultFile.checkPlace(truth, option: "--truth")
        try ResultFile.checkPlace(writeConfig, option: "--write-config")
        let settings = try settings()
        let world = (0..<nights).reduce(World(WorldOptions(size: size, seed: seed))) {
            world, night in
            world.next(seed: seed &+ UInt64(night))
        }
        if let truth { try ResultFile(truth).write { try $0(Array(world.truthFile.utf8)) } }
        if let export {
            let folder = URL(filePath: export)
            if format == "commerceml" {
                var export = CommerceMLExport(world, settings.exchange)
                let names = try export.write(to: folder)
                print("written to \(folder.path): \(names.joined(separator: ", "))")
                return
            }
            try SandboxExport(world).write(to: folder)
            print(
                "written to \(folder.path): onec.csv, bitrix24.csv, truth.csv, dup_*.csv; "
                    + "all entities in onec/, bitrix24/ and truth/")
            return
        }
        var options = SandboxOptions(world: world.options)
        options.bitrixPort = bitrixPort
        options.onecPort = onecPort
        options.portal = settings.portal
        options.infobase = settings.infobase
        let sandbox = Sandbox(options, world: world)
        for rule in settings.rules { sandbox.inject(rule) }
        sandbox.inject(settings.mix)
        let addresses = try await sandbox.start()
        print("bitrix24  \(addresses.bitrixWebhook)")
        print(
            "oauth     server \(addresses.bitrixOAuth.dropLast("/oauth/".count))  client '\(addresses.clientID)', secret '\(addresses.clientSecret)'"
        )
        print(
            "1c        \(addresses.infobase)  user '\(addresses.login)', password '\(addresses.password)'"
        )
        print(
            "planted   \(world.plantedErrors.count) errors among \(world.leftCount) + \(world.rightCount) records"
        )
        if let writeConfig {
            let yaml = SandboxConfiguration(
                addresses, infobase: options.infobase.configuration, hasRateLimit: rateLimit
            ).yaml
            try ResultFile(writeConfig).write { try $0(Array(yaml.utf8)) }
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
