internal import Records

extension AuditRendering {
    /// A reason as people read it: `Наименование ≈ +1,8; ИНН = +0,8`, or `Совпадение реквизитов: ИНН + КПП`.
    func text(of reason: LinkReason, in entity: EntityDefinition) -> String {
        guard !reason.kind.isOfModel else {
            return reason.detail.split(separator: "; ").map { evidence($0, in: entity) }
                .joined(separator: "; ")
        }
        let kind = words["link_reasons.\(reason.kind.rawValue)"]
        guard !reason.detail.isEmpty else { return kind }
        let fields = reason.detail.split(separator: "+").map {
            title(ofComparison: String($0), in: entity)
        }
        return "\(kind): \(fields.joined(separator: " + "))"
    }

    /// `name ≈ +1.8`: a comparison, how far it agrees, and what that is worth in bits.
    private func evidence(_ part: Substring, in entity: EntityDefinition) -> String {
        let parts = part.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return String(part) }
        return title(ofComparison: parts[0], in: entity) + " "
            + parts[1].replacing(".", with: words["formats.decimal_mark"])
    }

    /// What a comparison of the model is called: by a field's title as a rule.
    func title(ofComparison name: String, in entity: EntityDefinition) -> String {
        if let word = words.known("comparisons.\(name)") { return word }
        let field = entity.index(of: FieldName(name)).map { entity.fields[$0] }
        return field?.title[report.language.rawValue] ?? name
    }
}
