public import Records

extension CollectionError {
    /// A field without which an entity is not read is not in the source.
    ///
    /// - Parameters:
    ///   - lost: The field.
    ///   - list: Where it was looked for, as the source calls it.
    ///   - label: The source.
    ///   - file: The file that names the places of fields, where that is no mapping.
    /// - Returns: The error, by which this entity ends and no other.
    public static func lost(
        _ lost: LostField, of list: String, at label: String, in file: String? = nil
    ) -> CollectionError {
        let (names, field) = (lost.places.joined(separator: ", "), lost.field?.rawValue)
        // Whole sentences, which are looked up for readers of other languages.
        let what =
            switch (file, field) {
            case (let file?, let field):
                "\(label): \(list) has no \(names), which \(file) needs for '\(field ?? "id")'. "
            case (nil, let field?):
                "\(label): \(list) has no \(names), which the mapping needs for '\(field)'. "
            case (nil, nil):
                "\(label): \(list) has no \(names), which the mapping needs for the id. "
            }
        let remedy =
            file.map {
                "After an update it may have another name: write that into \($0), or have the source "
                    + "give it again."
            }
            ?? "After an update it may have another name: write that into the mapping, or have the "
            + "source give it again."
        return CollectionError(
            .misconfigured,
            what
                + "Nothing of this entity was taken, what an earlier run stored is untouched, and the "
                + "others are read all the same. " + remedy)
    }
}
