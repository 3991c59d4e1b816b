import Records

extension EntityFile {
    static func linkage(
        from node: YAMLNode?, fields: [FieldDefinition]
    ) throws(DefinitionError) -> LinkageDefinition {
        LinkageDefinition()
    }
}
