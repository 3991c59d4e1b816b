/// What is published of which configuration, for those who describe sets.
struct Publication: Sendable {
    let world: World
    let configuration: InfobaseConfiguration
    /// The published sets; `nil` while they are being found out.
    var names: Set<String>?
    /// `Catalog_Контрагенты.КПП`: fields that an update took away.
    var removedFields: Set<String> = []
    /// `Catalog_Контрагенты.КодФилиала`: fields that an update brought.
    var addedFields: Set<String> = []

    /// Whether references to a set have a navigation property and a type with a name.
    func publishes(_ set: String) -> Bool { names?.contains(set) ?? true }

    /// What stands in `‹field›_Type` of a reference to a set.
    func typeName(of set: String) -> String {
        guard publishes(set) else {
            let seed = set.utf8.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) }
            return "UnavailableEntities.UnavailableEntity_\(GUID(seed: 0x0DA7A, of: seed).text)"
        }
        return "StandardODATA.\(set)"
    }
}
