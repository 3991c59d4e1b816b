/// Writes `$metadata`, which exists as XML only.
struct Metadata {
    let sets: [any ODataSet]

    /// The EDMX document.
    var document: [UInt8] {
        var writer = ByteWriter(capacity: 32_768)
        writer.raw(
            """
            <?xml version="1.0" encoding="UTF-8"?>\r
            <edmx:Edmx xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" Version="1.0">\r
            \t<edmx:DataServices xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" \
            m:DataServiceVersion="3.0" m:MaxDataServiceVersion="3.0">\r
            \t\t<Schema xmlns="http://schemas.microsoft.com/ado/2009/11/edm" Namespace="StandardODATA">\r

            """)
        for set in sets { entityType(set, to: &writer) }
        for set in sets { complexTypes(set, to: &writer) }
        for set in sets { associations(set, to: &writer) }
        writer.raw("\t\t\t<EnumType Name=\"AllowedLength\" UnderlyingType=\"Edm.Int32\">\r\n")
        writer.raw("\t\t\t\t<Member Name=\"Variable\"/>\r\n\t\t\t\t<Member Name=\"Fixed\"/>\r\n")
        writer.raw("\t\t\t</EnumType>\r\n\t\t\t<EntityContainer Name=\"EnterpriseV8\" ")
        writer.raw("m:IsDefaultEntityContainer=\"true\">\r\n")
        for set in sets {
            writer.raw("\t\t\t\t<EntitySet Name=\"\(set.name)\" ")
            writer.raw("EntityType=\"StandardODATA.\(set.name)\"/>\r\n")
        }
        writer.raw("\t\t\t</EntityContainer>\r\n\t\t</Schema>\r\n")
        writer.raw("\t</edmx:DataServices>\r\n</edmx:Edmx>")
        return writer.bytes
    }

    private func entityType(_ set: any ODataSet, to writer: inout ByteWriter) {
        writer.raw("\t\t\t<EntityType Name=\"\(set.name)\">\r\n\t\t\t\t<Key>\r\n")
        writer.raw("\t\t\t\t\t<PropertyRef Name=\"Ref_Key\"/>\r\n\t\t\t\t</Key>\r\n")
        for property in set.properties { self.property(property, of: set, to: &writer) }
        for property in set.properties {
            guard let navigation = property.navigation else { continue }
            writer.raw("\t\t\t\t<NavigationProperty Name=\"\(navigation)\" ")
            writer.raw("Relationship=\"StandardODATA.\(set.name)_\(navigation)\" ")
            writer.raw("FromRole=\"Begin\" ToRole=\"End\"/>\r\n")
        }
        writer.raw("\t\t\t</EntityType>\r\n")
    }

    private func property(
        _ property: ODataProperty, of set: any ODataSet, to writer: inout ByteWriter
    ) {
        let type =
            property.isSection
            ? "Collection(StandardODATA.\(set.name)_\(property.name)_RowType)"
            : property.kind.edmType
        writer.raw("\t\t\t\t<Property Name=\"\(property.name)\" Type=\"\(type)\" ")
        let isKey = property.name == "Ref_Key" || property.name == "LineNumber"
        writer.raw("Nullable=\"\(isKey ? "false" : "true")\"/>\r\n")
    }

    private func complexTypes(_ set: any ODataSet, to writer: inout ByteWriter) {
        for section in set.properties {
            guard case .section(let columns) = section.kind else { continue }
            writer.raw("\t\t\t<ComplexType Name=\"\(set.name)_\(section.name)_RowType\">\r\n")
            for column in columns { property(column, of: set, to: &writer) }
            writer.raw("\t\t\t</ComplexType>\r\n")
        }
    }

    private func associations(_ set: any ODataSet, to writer: inout ByteWriter) {
        for property in set.properties {
            guard let navigation = property.navigation, let target = property.target else {
                continue
            }
            writer.raw("\t\t\t<Association Name=\"\(set.name)_\(navigation)\">\r\n")
            writer.raw("\t\t\t\t<End Role=\"Begin\" Type=\"StandardODATA.\(set.name)\" ")
            writer.raw("Multiplicity=\"*\"/>\r\n\t\t\t\t<End Role=\"End\" ")
            writer.raw("Type=\"StandardODATA.\(target)\" Multiplicity=\"0..1\"/>\r\n")
            writer.raw("\t\t\t</Association>\r\n")
        }
    }
}
