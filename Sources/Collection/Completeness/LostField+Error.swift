public import Records

extension CollectionError {
    /// A field without which an entity is not read is not in the source.
    ///
    /// - Parameters:
    ///   - lost: The field.
    ///   - list: Where it was looked for, as the source calls it.
    ///   - label: The source.
    ///   - place: What names the places of fields.
    /// - Returns: The error, by which this entity ends and no other.
    public static func lost(
        _ lost: LostField, of list: String, at label: String, in place: String = "the mapping"
    ) -> CollectionError {
        let field = lost.field.map { "'\($0)'" } ?? "the id"
        return CollectionError(
            .misconfigured,
            "\(label): \(list) has no \(lost.places.joined(separator: ", ")), which \(place) "
                + "needs for \(field). Nothing of this entity was taken, what an earlier run stored "
                + "is untouched, and the others are read all the same. After an update it may have "
                + "another name: write that into \(place), or have the source give it again.")
    }
}
