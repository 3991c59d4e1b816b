internal import Synchronization

/// Where the two systems are, and how to get in.
public struct SandboxAddresses: Hashable, Sendable {
    /// The incoming webhook, with a slash at the end: a method's name follows it.
    public var bitrixWebhook: String
    /// The infobase's publication, with a slash at the end: `odata/standard.odata/` follows it.
    public var infobase: String
    /// The 1C user.
    public var login: String
    /// The user's password.
    public var password: String

    /// The portal, for an application: `http://127.0.0.1:8080/rest/`.
    public var bitrixREST: String
    /// The portal's authorisation server; `token/` and `authorize/` follow.
    public var bitrixOAuth: String
    /// The local application's id.
    public var clientID: String
    /// The local application's secret.
    public var clientSecret: String

    /// The root of the infobase's OData interface.
    public var odataRoot: String { infobase + "odata/standard.odata/" }
}

/// What is played, and how.
public struct SandboxOptions: Sendable {
    /// From what the two systems are filled.
    public var world: WorldOptions
    /// How the portal behaves.
    public var portal = PortalOptions()
    /// How the infobase behaves.
    public var infobase = InfobaseOptions()
    /// The portal's port; zero for any free one.
    public var bitrixPort = 0
    /// The infobase's port; zero for any free one.
    public var onecPort = 0
    /// Now, in seconds since 1970; `nil` for the machine's clock.
    public var now: (@Sendable () -> Double)?

    /// Makes options with everything but the world as usual.
    public init(world: WorldOptions = WorldOptions()) { self.world = world }
}

/// A Bitrix24 portal and a 1C infobase played on loopback, that keep the same counterparties and
/// disagree where it is known.
///
/// The demo, the tests and the benchmarks run against it, and so can anybody else's client. The
/// wire shapes follow the protocol notes of the project; nothing is shared with Sverka's own
/// collectors, so that a mistake there is not made here too.
///
/// Faults, switches and counters are reached by the methods here, or over HTTP on either port:
/// see `Sandbox+Control.swift`.
public final class Sandbox: Sendable {
    /// What is played, and how.
    public let options: SandboxOptions

    private let holder: WorldHolder
    let faults = FaultSwitches()
    let counterBox = CounterBox()
    let portal: Portal
    let infobase: Infobase
    private let servers = (bitrix: SandboxServer(), onec: SandboxServer())

    /// Makes a sandbox and its world; nothing listens yet.
    public convenience init(_ options: SandboxOptions) {
        self.init(options, world: World(options.world))
    }

    /// Makes a sandbox that plays a given world.
    public init(_ options: SandboxOptions, world: World) {
        self.options = options
        let holder = WorldHolder(world)
        let now = options.now ?? Self.machineClock
        self.holder = holder
        portal = Portal(
            settings: OptionBox(options.portal), world: { holder.world }, machineNow: now,
            faults: faults, counters: counterBox)
        infobase = Infobase(
            options: options.infobase, world: { holder.world }, now: now, faults: faults)
    }

    /// What the two systems hold now, and the truth about it.
    public var world: World { holder.world }

    /// Begins to listen on both ports.
    public func start() async throws -> SandboxAddresses {
        let bitrixPort = try await servers.bitrix.start(port: options.bitrixPort) { [self] in
            respond($0)
        }
        do {
            let onecPort = try await servers.onec.start(port: options.onecPort) { [self] in
                respond($0)
            }
            return SandboxAddresses(
                bitrixWebhook: "http://127.0.0.1:\(bitrixPort)/rest/\(options.portal.userID)/"
                    + "\(options.portal.code)/",
                infobase: "http://127.0.0.1:\(onecPort)/\(options.infobase.base)/",
                login: options.infobase.login, password: options.infobase.password,
                bitrixREST: "http://127.0.0.1:\(bitrixPort)/rest/",
                bitrixOAuth: "http://127.0.0.1:\(bitrixPort)/oauth/",
                clientID: options.portal.clientID, clientSecret: options.portal.clientSecret)
        } catch {
            await servers.bitrix.stop()
            throw error
        }
    }

    /// Stops listening on both ports.
    public func stop() async {
        await servers.bitrix.stop()
        await servers.onec.stop()
    }

    /// Puts another world in the place of the present one, as overnight.
    public func replaceWorld(_ world: World) { holder.replace(world) }

    /// Lets a day pass: see ``World/next(seed:)``.
    public func applyChanges(seed: UInt64) { holder.replace(world.next(seed: seed)) }
}

/// The world that is played now.
private final class WorldHolder: Sendable {
    private let current: Mutex<World>

    init(_ world: World) { current = Mutex(world) }

    var world: World { current.withLock { $0 } }

    func replace(_ world: World) { current.withLock { $0 = world } }
}
