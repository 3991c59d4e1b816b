internal import Records

/// Which of the places that a mapping reads one list has.
struct PublishedPlaces {
    let shape: ListShape
    /// The names of related lists, which stand in records though the list does not have them.
    let related: Set<String>

    /// Whether the list has a place.
    func isThere(_ path: MappingPath) -> Bool {
        let names = path.memberNames
        guard let first = names.first, !related.contains(first) else { return true }
        guard shape.properties[first] != nil else { return false }
        guard names.count > 1, let columns = shape.sections[first] else { return true }
        return columns[names[1]] != nil
    }
}
