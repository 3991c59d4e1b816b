internal import Collection
public import Records

/// What a source is there for.
public enum SourceRole: String, Hashable, Sendable, CaseIterable, Comparable {
    /// The system that is named first, as a rule 1C.
    case left
    /// The system that it is compared with, as a rule Bitrix24.
    case right
    /// The integration's own journal, which is read and counted, not compared.
    case journal

    /// The role of a side.
    public init(_ side: Side) { self = side == .left ? .left : .right }

    /// The side that is compared; `nil` for the journal.
    public var side: Side? {
        switch self {
        case .left: .left
        case .right: .right
        case .journal: nil
        }
    }

    /// Orders as the cases stand.
    public static func < (one: Self, other: Self) -> Bool { one.rank < other.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A source of the configuration, with what is known beforehand of what it keeps.
struct ConfiguredSource: Sendable {
    /// Why a source is not asked for an entity.
    enum Lack: Hashable, Sendable {
        /// Its mapping says nothing of the entity: this kind of system does not keep it, or nobody
        /// has said where.
        case notMapped(mapping: String)
        /// Its folder has no file of the entity.
        case noFile(folder: String)

        /// The lack in words, with what to do if it is not meant.
        var explanation: String {
            switch self {
            case .notMapped(let mapping): "its mapping '\(mapping)' does not name it"
            case .noFile(let folder): "there is no file of it in \(folder)"
            }
        }
    }

    /// The entities of which an integration's journal consists.
    static let journalEntity = EntityName("operation")

    let role: SourceRole
    let source: any SnapshotSource
    private let findLack: @Sendable (EntityName) -> Lack?

    /// - Parameters:
    ///   - role: What the source is there for.
    ///   - source: The source.
    ///   - lack: Says why it does not keep an entity, or `nil` when it does.
    init(
        _ role: SourceRole, _ source: any SnapshotSource,
        lack: @escaping @Sendable (EntityName) -> Lack?
    ) {
        self.role = role
        self.source = source
        findLack = lack
    }

    /// The name in the configuration.
    var name: SourceName { source.name }

    /// Why it does not keep an entity; `nil` when it does.
    func lack(of entity: EntityName) -> Lack? { findLack(entity) }
}

extension Configuration {
    /// Whether a source is there for an entity at all.
    ///
    /// A journal adds its entity by itself; the two sides are then not asked for it unless the
    /// configuration names it, though their mappings may.
    func asks(_ role: SourceRole, for entity: EntityName) -> Bool {
        let isJournal = entity == ConfiguredSource.journalEntity
        guard role != .journal else { return isJournal }
        return !isJournal || journal == nil || entities.contains(entity)
    }
}
