internal import Definitions

extension MailDefinition {
    /// Reads what a definition says of its mail.
    init(_ node: YAMLNode, _ known: KnownTables) throws(DefinitionError) {
        try node.allow(keys: [
            "attachment", "mask_personal_data", "skip_if_empty", "empty", "each",
        ])
        let attached = try node.required("attachment")
        attachment =
            try attached.text() == "none" ? nil : attached.choice(of: ReportFormat.self)
        masksPersonalData = try node.optional("mask_personal_data")?.boolean() ?? true
        skippedIfEmpty = try known.tables(node.optional("skip_if_empty"))
        emptyTables = try known.tables(node.optional("empty"))
        repetition = try node.optional("each").map { node throws(DefinitionError) in
            try node.allow(keys: ["table", "column", "address"])
            return Repetition(
                table: try known.table(node.required("table")),
                column: try node.required("column").text(),
                address: try node.required("address").text())
        }
    }
}
