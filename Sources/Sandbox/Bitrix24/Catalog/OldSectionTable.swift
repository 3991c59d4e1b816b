/// Sections of the catalogue as `crm.productsection.list` shows them, which an old box has in place of
/// `catalog.section.list`.
struct OldSectionTable: PortalTable {
    let world: World

    var name: String { "productsection" }
    var count: Int { world.portal.sections.count }
    var columns: [PortalColumn] { Self.columns }

    static let columns = PortalColumn.columns(
        """
        -ID integer ID
        CATALOG_ID integer Каталог
        SECTION_ID integer Раздел выше
        !NAME string Название
        XML_ID string Внешний код
        CODE string Символьный код
        """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let section = world.portal.sections[row]
        switch Self.columns[column].name {
        case "ID": return .integer(section.id)
        case "CATALOG_ID": return .integer(CatalogProduct.productBlock)
        case "SECTION_ID": return section.parentID == 0 ? .null : .integer(section.parentID)
        case "NAME": return .text(section.name)
        case "XML_ID": return .text(section.xmlID)
        case "CODE": return .text(section.code)
        default: return .null
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { world.portal.sections[$0].id } : nil
    }
}
