internal import Records

/// Shortens personal data in what a nightly audit shows: names of persons, phones, addresses.
///
/// Mails are forwarded and lie in mailboxes for years, their attachments too; the workbook in the data
/// folder, which people work with, shows the same values whole.
struct AuditMasking {
    private let personal = PersonalData(isMasked: true)
    private let fields: [EntityName: [FieldName: FieldDefinition]]
    /// Entities whose records are called by a name that may be a person's.
    private let namedByPerson: Set<EntityName>

    init(_ report: AuditReport) {
        fields = report.fieldsByEntity
        let personal = Set(
            fields.filter { _, fields in
                fields.values.contains {
                    $0.isPersonal && ($0.type == .organizationName || $0.type == .personName)
                }
            }.keys)
        // Or by that of the record that they refer to.
        let referring = report.entities.map(\.definition).filter { entity in
            let title = entity.reconciliation.titleFields.first
            let field = entity.fields.first { $0.name == title }
            return field?.refersTo.map(personal.contains) ?? false
        }
        namedByPerson = personal.union(referring.map(\.name))
    }

    /// A finding as it may leave the house.
    func masked(_ reported: ReportedFinding) -> ReportedFinding {
        var reported = reported
        let entity = reported.finding.entity
        let field = reported.finding.field.flatMap { fields[entity]?[$0] }
        reported.finding.title = title(reported.finding.title, of: entity)
        reported.finding.leftValue = reported.finding.leftValue.map { value($0, of: field) }
        reported.finding.rightValue = reported.finding.rightValue.map { value($0, of: field) }
        reported.owner = personal.name(reported.owner)
        return reported
    }

    /// Duplicates and doubtful pairs of an entity as they may leave the house.
    func masked(_ entity: AuditedEntity) -> AuditedEntity {
        var entity = entity
        let name = entity.definition.name
        let shown = entity.clusterFields.map { fields[name]?[$0] }
        for index in entity.clusters.indices {
            entity.clusters[index].members = entity.clusters[index].members.map { member in
                var member = member
                member.title = title(member.title, of: name)
                member.values = zip(member.values, shown).map { value, field in
                    value.map { personal.shown($0, of: field) }
                }
                return member
            }
        }
        for index in entity.doubtfulPairs.indices {
            entity.doubtfulPairs[index].left.title = title(
                entity.doubtfulPairs[index].left.title, of: name)
            entity.doubtfulPairs[index].right.title = title(
                entity.doubtfulPairs[index].right.title, of: name)
        }
        return entity
    }

    /// What a value refers to may be called by a person's name.
    private func value(_ value: String, of field: FieldDefinition?) -> String {
        if let field, field.type != .line, field.refersTo.map(namedByPerson.contains) == true {
            return value.split(separator: ";")
                .map { personal.name(String($0.drop(while: \.isWhitespace))) }
                .joined(separator: "; ")
        }
        return personal.shown(value, of: field)
    }

    private func title(_ title: String, of entity: EntityName) -> String {
        namedByPerson.contains(entity) ? personal.name(title) : title
    }
}

extension AuditReport {
    /// The report with personal data shortened, as it may leave the house.
    ///
    /// - Returns: The same findings, counts and pairs; names of persons as initials, phones and
    ///   addresses of mail by their ends.
    public func masked() -> AuditReport {
        let masking = AuditMasking(self)
        var report = self
        report.findings = findings.map(masking.masked)
        report.entities = entities.map(masking.masked)
        return report
    }
}
