/// Faults at random, but the same for the same seed and the same sequence of requests.
public struct FaultMix: Hashable, Sendable {
    /// The seed of the drawing.
    public var seed: UInt64
    /// The share of requests that are met, 0 … 1.
    ///
    /// A batch is one request: each of its commands is met by faults of lists with a fiftieth of it.
    public var rate: Double
    /// Where.
    public var systems: Set<SandboxSystem>
    /// What there is to draw; empty for what passes by itself, see ``SandboxFault/transient(on:)``.
    public var faults: [SandboxFault]
    /// Requests in a row that a fault may meet before one must pass, so that a caller who tries
    /// again often enough always gets through.
    public var run: Int
    /// How long slow answers take.
    public var seconds: Double

    /// Makes a mix.
    public init(
        seed: UInt64 = 1, rate: Double = 0.01, systems: Set<SandboxSystem> = [.bitrix24, .onec],
        faults: [SandboxFault] = [], run: Int = 2, seconds: Double = 65
    ) {
        self.seed = seed
        self.rate = rate
        self.systems = systems
        self.faults = faults
        self.run = run
        self.seconds = seconds
    }

    /// Reads a mix as a person writes it: `seed=7,rate=0.01`,
    /// `seed=7,rate=0.05,system=bitrix24,faults=reset|html502,run=1,seconds=3`.
    ///
    /// - Throws: ``SandboxTextError``, which names the part that was not understood.
    public init(text: String) throws(SandboxTextError) {
        self.init()
        for part in text.split(separator: ",") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.count == 2 ? String(halves[1]) : ""
            func wrong(_ what: String) -> SandboxTextError {
                SandboxTextError("'\(part)': \(what)")
            }
            switch halves[0] {
            case "seed":
                guard let seed = UInt64(value) else { throw wrong("the seed is a whole number") }
                self.seed = seed
            case "rate":
                guard let rate = Double(value), (0...1).contains(rate) else {
                    throw wrong("the rate is a number from 0 to 1")
                }
                self.rate = rate
            case "system":
                guard let system = SandboxSystem(rawValue: value) else {
                    throw wrong("the systems are bitrix24 and onec")
                }
                systems = [system]
            case "faults":
                faults = []
                for name in value.split(separator: "|") {
                    guard let fault = SandboxFault(rawValue: String(name)) else {
                        throw wrong("no fault is called '\(name)'")
                    }
                    faults.append(fault)
                }
            case "run":
                guard let run = Int(value), run > 0 else { throw wrong("a number above 0") }
                self.run = run
            case "seconds":
                guard let seconds = Double(value), seconds >= 0 else {
                    throw wrong("a number, 0 or more")
                }
                self.seconds = seconds
            default:
                throw wrong("there are seed=, rate=, system=, faults=, run=, seconds=")
            }
        }
    }

    /// The mix as ``init(text:)`` reads it.
    public var text: String {
        var text = "seed=\(seed),rate=\(rate),run=\(run),seconds=\(seconds)"
        if systems.count == 1, let system = systems.first { text += ",system=\(system.rawValue)" }
        if !faults.isEmpty { text += ",faults=" + faults.map(\.rawValue).joined(separator: "|") }
        return text
    }

    /// What meets a request, if anything does.
    ///
    /// The number says how many requests of the kind came before, the share what part of the rate
    /// applies; the faults that have a place in such a request come in a fixed order.
    func draw(
        _ number: UInt64, system: SandboxSystem, place: SandboxFault.Place,
        allowed: [SandboxFault], share: Double
    ) -> SandboxFault? {
        guard systems.contains(system), !allowed.isEmpty else { return nil }
        let kind: UInt64 =
            switch place {
            case .request: 0
            case .batch: 1
            case .list: 2
            }
        let stream = number << 3 | kind << 1 | (system == .onec ? 1 : 0)
        var random = RandomSource(seed: seed, stream: stream)
        return random.chance(rate * share) ? random.pick(allowed) : nil
    }
}
