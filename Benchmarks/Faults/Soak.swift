import Bitrix24
import Collection
import CollectorTestSupport
import Definitions
import Foundation
import OneC
import Records
import Resources
import Sandbox
import TestSupport

/// Plays seeds: the parts that all of them share.
struct Soak {
    static let size = 150
    private let worlds = (5..<8).map { World(WorldOptions(size: Self.size, seed: $0)) }
    private let entities: [EntityDefinition]
    private let portal: MappingDefinition
    private let infobases: [InfobaseConfiguration: MappingDefinition]

    init() throws {
        let templates = Resources.directory.appending(path: "templates")
        let entities = try FileManager.default.contentsOfDirectory(
            at: templates.appending(path: "entities"), includingPropertiesForKeys: nil
        ).sorted { $0.path < $1.path }.map { try EntityFile.read($0) }
        self.entities = entities
        func mapping(_ name: String) throws -> MappingDefinition {
            try MappingFile.read(
                templates.appending(path: "mappings/\(name).yaml"), entities: entities)
        }
        portal = try mapping("bitrix24")
        infobases = try Dictionary(
            uniqueKeysWithValues: InfobaseConfiguration.allCases.map {
                ($0, try mapping("onec-\($0.rawValue)"))
            })
    }

    /// Reads everything without a fault: a judge that does not believe that is none.
    func playWithoutFaults(
        _ configuration: InfobaseConfiguration, _ tally: inout Tally
    ) async throws {
        try await play(Game(world: worlds[0], configuration: configuration), &tally)
    }

    /// Reads everything through the faults of a seed.
    func play(seed: UInt64, _ tally: inout Tally) async throws {
        let configurations = InfobaseConfiguration.allCases
        var game = Game(
            world: worlds[Int(seed / 4 % 3)],
            configuration: configurations[Int(seed) % configurations.count])
        game.seed = seed
        try await play(game, &tally)
    }

    /// What one sandbox plays.
    private struct Game {
        let world: World
        let configuration: InfobaseConfiguration
        /// `nil` for a reading without faults.
        var seed: UInt64?

        /// Every other seed draws among all faults, seldom, since many of them end a reading; the
        /// others draw, often, what a patient caller gets through.
        func mix(on system: SandboxSystem) -> FaultMix? {
            seed.map { seed in
                let step = Double(seed / 2 % 8) / 7
                var mix =
                    seed % 2 == 0
                    ? FaultMix(
                        seed: seed, rate: 0.002 + 0.038 * step, faults: SandboxFault.allCases)
                    : FaultMix(seed: seed, rate: 0.01 + 0.19 * step)
                mix.systems = [system]
                mix.seconds = 0
                return mix
            }
        }
    }

    private func play(_ game: Game, _ tally: inout Tally) async throws {
        var options = SandboxOptions(world: game.world.options)
        options.portal.requestsPerSecond = nil
        options.infobase.configuration = game.configuration
        if let seed = game.seed { try Behaviours.draw(seed: seed, into: &options) }
        let sandbox = Sandbox(options, world: game.world)
        let addresses = try await sandbox.start()
        for entity in entities {
            for system in SandboxSystem.allCases {
                let mapping = mapping(system, game.configuration)
                guard let section = mapping[entity.name],
                    let truth = game.world.trueRecords(
                        of: entity.name.rawValue, in: system, as: game.configuration)
                else { continue }
                sandbox.resetCounters()
                sandbox.forgetPortalChanges()
                sandbox.forgetInfobaseChanges()
                sandbox.inject(game.mix(on: system))
                let reading = await CollectedReading(
                    of: entity, from: try source(system, mapping, addresses, sandbox))
                sandbox.inject(nil)
                let judged = JudgedReading(
                    reading, against: truth, mapping: section, in: system, of: sandbox)
                tally.add(judged, system: system, configuration: game.configuration, game.seed)
            }
        }
        await sandbox.stop()
    }

    private func mapping(
        _ system: SandboxSystem, _ configuration: InfobaseConfiguration
    ) -> MappingDefinition {
        system == .bitrix24 ? portal : infobases[configuration] ?? portal
    }

    private func source(
        _ system: SandboxSystem, _ mapping: MappingDefinition, _ addresses: SandboxAddresses,
        _ sandbox: Sandbox
    ) throws -> any SnapshotSource {
        // Pauses cost no time: the clock jumps, and slow answers are only called so.
        let clock = MonotonicClock(ManualClock())
        let transport = PatienceTransport(to: sandbox)
        switch system {
        case .bitrix24:
            return Bitrix24Source(
                name: SourceName("bitrix24"), access: try Webhook(addresses.bitrixWebhook),
                mapping: mapping, transport: transport, limiter: nil, clock: clock)
        case .onec:
            // Small pages and parts, so that a small list is read as a large one is.
            var settings = OneCSource.Settings(pageBytes: 20_000)
            settings.partRows = 40
            return OneCSource(
                name: SourceName("1c"),
                address: try InfobaseAddress(
                    addresses.infobase, user: addresses.login, password: addresses.password),
                mapping: mapping, settings: settings, transport: transport, clock: clock)
        }
    }
}
