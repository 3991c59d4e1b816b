/// From what a world is made.
///
/// The same options give the same bytes on any machine.
public struct WorldOptions: Hashable, Sendable {
    /// How many counterparties a world can have: their identifiers are numbered apart.
    public static let sizes = 2...1_900_000

    /// How many counterparties there are, a few per cent more or less on each side.
    public var size: Int
    /// The seed of everything random.
    public var seed: UInt64
    /// What is planted, and how much of it.
    public var rates: ErrorRates
    /// Share of the sole proprietors and persons that the portal keeps as contacts with legal
    /// details, and not as companies.
    public var personsAsContacts = 0.0
    /// What happened since the first night, in order: see ``World/next(seed:)``.
    public var changes: [UInt64] = []

    /// Makes options.
    ///
    /// - Parameters:
    ///   - size: Number of counterparties, within ``sizes``.
    ///   - seed: The seed of everything random.
    ///   - rates: What is planted, and how much of it.
    public init(size: Int = 1000, seed: UInt64 = 1, rates: ErrorRates = ErrorRates()) {
        precondition(Self.sizes.contains(size), "a world has \(Self.sizes) counterparties")
        self.size = size
        self.seed = seed
        self.rates = rates
    }
}
