import Records

extension EntityFile {
    static func reconciliation(
        from node: YAMLNode?, fields: [FieldDefinition]
    ) throws(DefinitionError) -> ReconciliationDefinition {
        ReconciliationDefinition()
    }
}
