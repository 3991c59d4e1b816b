internal import Synchronization

/// A record that the portal's users changed while somebody was reading.
public struct PortalChange: Hashable, Sendable {
    /// What happened to it.
    public enum Kind: String, Hashable, Sendable {
        /// It came into being.
        case created
        /// It is no more.
        case deleted
        /// Its name, its date of change and who changed it last are others.
        case updated
    }

    /// What happened.
    public var kind: Kind
    /// What it is a record of, such as `company` or `deal`.
    public var table: String
    /// Its id.
    public var id: Int64
    /// The record that a created one is a copy of; 0 for others.
    public var copiedFrom: Int64

    /// The change as a JSON object.
    var json: String {
        "{\"kind\":\"\(kind.rawValue)\",\"table\":\"\(table)\",\"id\":\(id),"
            + "\"copied_from\":\(copiedFrom)}"
    }
}

/// What changed in the portal since its world was made.
final class PortalChanges: Sendable {
    /// What changed in one table.
    struct Table: Sendable {
        var deleted: Set<Int64> = []
        /// Copies of records: under which id, of which one.
        var created: [(id: Int64, source: Int64)] = []
        /// When a record was changed, in seconds since 1970.
        var updated: [Int64: UInt32] = [:]
    }

    private struct State {
        var log: [PortalChange] = []
        var tables: [String: Table] = [:]
        /// Counts changes and what is forgotten, so that no state has the number of another.
        var version = 0
    }

    private let state = Mutex(State())

    /// How many changes there were.
    var count: Int { state.withLock { $0.log.count } }
    /// The changes in their order.
    var log: [PortalChange] { state.withLock { $0.log } }
    /// What changed, by table.
    var tables: [String: Table] { state.withLock { $0.tables } }
    /// What changed, by table, with a number that stands for this state and no other.
    var versioned: (version: Int, tables: [String: Table]) {
        state.withLock { ($0.version, $0.tables) }
    }

    /// Forgets all changes: the portal is as its world says.
    func forget() { state.withLock { $0 = State(version: $0.version + 1) } }

    /// Notes a change.
    func note(_ change: PortalChange, now: UInt32) {
        state.withLock { state in
            state.log.append(change)
            state.version += 1
            switch change.kind {
            case .deleted: state.tables[change.table, default: Table()].deleted.insert(change.id)
            case .created:
                state.tables[change.table, default: Table()].created.append(
                    (change.id, change.copiedFrom))
            case .updated: state.tables[change.table, default: Table()].updated[change.id] = now
            }
        }
    }
}
