/// Writes `$metadata`, which exists as XML only.
struct Metadata {
    let sets: [any ODataSet]
    /// Bytes that other objects of the configuration fill up to: a full publication has 15 MB.
    var paddedByteCount = 0

    private static let head = """
        <?xml version="1.0" encoding="UTF-8"?>\r
        <edmx:Edmx xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" Version="1.0">\r
        \t<edmx:DataServices xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" \
        m:DataServiceVersion="3.0" m:MaxDataServiceVersion="3.0">\r
        \t\t<Schema xmlns="http://schemas.microsoft.com/ado/2009/11/edm" Namespace="StandardODATA">\r

        """

    /// The EDMX document.
    var document: [UInt8] {
        var writer = ByteWriter(capacity: 262_144 + paddedByteCount)
        writer.raw(Self.head)
        for set in sets { entityType(set, to: &writer) }
        let padding = MetadataPadding(byteCount: paddedByteCount)
        padding.entityTypes(to: &writer)
        for set in sets { complexTypes(set, to: &writer) }
        for set in sets { associations(set, to: &writer) }
        enumerations(to: &writer)
        writer.raw("\t\t\t<EntityContainer Name=\"EnterpriseV8\" ")
        writer.raw("m:IsDefaultEntityContainer=\"true\">\r\n")
        for set in sets { Self.entitySet(set.name, to: &writer) }
        padding.entitySets(to: &writer)
        for set in sets { functions(set, to: &writer) }
        writer.raw("\t\t\t</EntityContainer>\r\n\t\t</Schema>\r\n")
        writer.raw("\t</edmx:DataServices>\r\n</edmx:Edmx>")
        return writer.bytes
    }

    // MARK: Types

    private func entityType(_ set: any ODataSet, to writer: inout ByteWriter) {
        let isOpen = set.properties.contains(where: \.isTypeName)
        writer.raw("\t\t\t<EntityType Name=\"\(set.name)\"")
        writer.raw(isOpen ? "\r\n\t\t\t\t\tOpenType=\"true\">\r\n" : ">\r\n")
        writer.raw("\t\t\t\t<Key>\r\n")
        for column in set.key {
            writer.raw("\t\t\t\t\t<PropertyRef Name=\"\(set.properties[column].name)\"/>\r\n")
        }
        writer.raw("\t\t\t\t</Key>\r\n")
        let columns = set.properties.indices
        // The types of fields of several types come after all else.
        for column in columns where !set.properties[column].isTypeName {
            property(column, of: set, to: &writer)
        }
        for column in columns where set.properties[column].isTypeName {
            property(column, of: set, to: &writer)
        }
        for navigation in set.properties.compactMap(\.navigation) {
            writer.raw("\t\t\t\t<NavigationProperty Name=\"\(navigation)\"\r\n\t\t\t\t\t\t")
            writer.raw("Relationship=\"StandardODATA.\(set.name)_\(navigation)\"\r\n\t\t\t\t\t\t")
            writer.raw("FromRole=\"Begin\"\r\n\t\t\t\t\t\tToRole=\"End\"/>\r\n")
        }
        writer.raw("\t\t\t</EntityType>\r\n")
    }

    private func property(_ column: Int, of set: any ODataSet, to writer: inout ByteWriter) {
        let property = set.properties[column]
        let type =
            property.isSection
            ? "Collection(StandardODATA.\(set.rowTypeName(of: column)))" : property.kind.edmType
        Self.property(
            property.name, type,
            isNullable: !set.key.contains(column) && property.name != "RecordSet",
            to: &writer)
    }

    private static func property(
        _ name: String, _ type: String, isNullable: Bool, to writer: inout ByteWriter
    ) {
        writer.raw("\t\t\t\t<Property Name=\"\(name)\"\r\n\t\t\t\t\t\tType=\"\(type)\"\r\n")
        writer.raw("\t\t\t\t\t\tNullable=\"\(isNullable)\"/>\r\n")
    }

    private func complexTypes(_ set: any ODataSet, to writer: inout ByteWriter) {
        for (column, section) in set.properties.enumerated() {
            guard var columns = section.sectionColumns else { continue }
            // The recorder is declared, although rows do not have it.
            if section.name == "RecordSet" {
                columns.insert(contentsOf: set.properties.filter { !$0.isSection }, at: 0)
            }
            complexType(set.rowTypeName(of: column), columns, to: &writer)
        }
        for table in set.virtualTables where !table.rowProperties.isEmpty {
            complexType(table.rowType, table.rowProperties, to: &writer)
        }
    }

    private func complexType(
        _ name: String, _ columns: [ODataProperty], to writer: inout ByteWriter
    ) {
        writer.raw("\t\t\t<ComplexType Name=\"\(name)\">\r\n")
        for column in columns.filter({ !$0.isTypeName }) + columns.filter(\.isTypeName) {
            let isKey =
                column.name == "Ref_Key" || column.name == "LineNumber"
                || column.name.hasPrefix("Recorder")
            Self.property(column.name, column.kind.edmType, isNullable: !isKey, to: &writer)
        }
        writer.raw("\t\t\t</ComplexType>\r\n")
    }

    private func associations(_ set: any ODataSet, to writer: inout ByteWriter) {
        for property in set.properties {
            guard let navigation = property.navigation, let target = property.target else {
                continue
            }
            writer.raw("\t\t\t<Association Name=\"\(set.name)_\(navigation)\">\r\n")
            writer.raw("\t\t\t\t<End Role=\"Begin\"\r\n\t\t\t\t\t\t")
            writer.raw("Type=\"StandardODATA.\(set.name)\"\r\n\t\t\t\t\t\tMultiplicity=\"*\"/>\r\n")
            writer.raw("\t\t\t\t<End Role=\"End\"\r\n\t\t\t\t\t\t")
            writer.raw(
                "Type=\"StandardODATA.\(target)\"\r\n\t\t\t\t\t\tMultiplicity=\"0..1\"/>\r\n")
            writer.raw("\t\t\t</Association>\r\n")
        }
    }

    /// The platform's own; `AllowedLength` is declared twice in real files.
    private func enumerations(to writer: inout ByteWriter) {
        for (name, members) in [
            ("AccountType", "Active ActivePassive Passive"),
            ("AccountingRecordType", "Credit Debit"), ("AccumulationRecordType", "Expense Receipt"),
            ("AllowedSign", "Any Nonnegative"), ("AllowedLength", "Fixed Variable"),
            ("DateFractions", "Date DateTime Time"), ("AllowedLength", "Fixed Variable"),
        ] {
            writer.raw("\t\t\t<EnumType Name=\"\(name)\"\r\n")
            writer.raw("\t\t\t\t\tUnderlyingType=\"Edm.Int32\">\r\n")
            for member in members.split(separator: " ") {
                writer.raw("\t\t\t\t<Member Name=\"\(member)\"/>\r\n")
            }
            writer.raw("\t\t\t</EnumType>\r\n")
        }
    }

    // MARK: Container

    static func entitySet(_ name: String, to writer: inout ByteWriter) {
        writer.raw("\t\t\t\t<EntitySet Name=\"\(name)\"\r\n\t\t\t\t\t\t")
        writer.raw("EntityType=\"StandardODATA.\(name)\"/>\r\n")
    }

    private func functions(_ set: any ODataSet, to writer: inout ByteWriter) {
        for table in set.virtualTables {
            writer.raw("\t\t\t\t<FunctionImport Name=\"\(table.name)\"\r\n\t\t\t\t\t\t")
            writer.raw(
                "IsBindable=\"true\"\r\n\t\t\t\t\t\tIsSideEffecting=\"false\"\r\n\t\t\t\t\t\t")
            writer.raw("ReturnType=\"Collection(StandardODATA.\(table.rowType))\">\r\n")
            parameters([("bindingParameter", "StandardODATA.\(set.name)")], to: &writer)
            parameters(table.parameters, to: &writer)
            writer.raw("\t\t\t\t</FunctionImport>\r\n")
        }
        guard set.name.hasPrefix("Document_"), set.key.count == 1 else { return }
        for name in ["Post", "Unpost"] {
            writer.raw("\t\t\t\t<FunctionImport Name=\"\(name)\"\r\n\t\t\t\t\t\t")
            writer.raw("IsBindable=\"true\"\r\n\t\t\t\t\t\tIsSideEffecting=\"true\">\r\n")
            parameters([("bindingParameter", "StandardODATA.\(set.name)")], to: &writer)
            parameters([("PostingModeOperational", "Edm.Boolean")], to: &writer)
            writer.raw("\t\t\t\t</FunctionImport>\r\n")
        }
    }

    private func parameters(
        _ parameters: [(name: String, type: String)], to writer: inout ByteWriter
    ) {
        for (name, type) in parameters {
            writer.raw(
                "\t\t\t\t\t<Parameter Name=\"\(name)\"\r\n\t\t\t\t\t\t\tType=\"\(type)\"/>\r\n")
        }
    }
}

/// Objects that a full publication has and nobody asks for, to give `$metadata` its usual weight.
struct MetadataPadding {
    private let count: Int
    private static let fields = (1...40).map { "РеквизитОбъекта\($0)" }
    /// One object with its forty fields and its place in the container.
    private static let objectByteCount = 4500

    init(byteCount: Int) { count = byteCount / Self.objectByteCount }

    private func name(_ index: Int) -> String { "Catalog_ПрочийСправочник\(index)" }

    func entityTypes(to writer: inout ByteWriter) {
        for index in 0..<count {
            writer.raw("\t\t\t<EntityType Name=\"\(name(index))\">\r\n\t\t\t\t<Key>\r\n")
            writer.raw("\t\t\t\t\t<PropertyRef Name=\"Ref_Key\"/>\r\n\t\t\t\t</Key>\r\n")
            for field in ["Ref_Key"] + Self.fields {
                writer.raw("\t\t\t\t<Property Name=\"\(field)\"\r\n\t\t\t\t\t\tType=\"")
                writer.raw(field == "Ref_Key" ? "Edm.Guid" : "Edm.String")
                writer.raw("\"\r\n\t\t\t\t\t\tNullable=\"\(field != "Ref_Key")\"/>\r\n")
            }
            writer.raw("\t\t\t</EntityType>\r\n")
        }
    }

    func entitySets(to writer: inout ByteWriter) {
        for index in 0..<count { Metadata.entitySet(name(index), to: &writer) }
    }
}
