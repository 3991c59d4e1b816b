public import Sandbox

/// Something that somebody did in a system while it was being read.
public struct SystemChange: Hashable, Sendable {
    /// Where: a table of the portal, a set of the infobase, and its key there.
    public let row: TrueRecord.Row
    /// Whether the row came into being.
    public let isCreation: Bool

    /// What was done in one of the systems since its changes were last taken back.
    public static func all(in system: SandboxSystem, of sandbox: Sandbox) -> Set<SystemChange> {
        switch system {
        case .bitrix24:
            Set(
                sandbox.portalChanges.map {
                    SystemChange(
                        row: TrueRecord.Row($0.table, String($0.id)),
                        isCreation: $0.kind == .created)
                })
        case .onec:
            Set(
                sandbox.infobaseChanges.map {
                    SystemChange(
                        row: TrueRecord.Row($0.set, $0.key), isCreation: $0.kind == .created)
                })
        }
    }
}
