public import Foundation

/// Writes what 1C gives a site in an exchange: CommerceML 2.08, `import.xml` with groups and goods and
/// `offers.xml` with prices and stock, both whole; more, and in other forms, where the options say so.
///
/// What such an exchange has of its own is kept: unit codes padded to four characters, deleted
/// goods as an attribute, variants as offers `product#characteristic`, a mark of byte order.
public struct CommerceMLExport {
    let world: World
    private let options: CommerceMLOptions
    var writer = ByteWriter(capacity: 1 << 20)
    var depth = 0

    /// Prepares to export a world.
    public init(_ world: World, _ options: CommerceMLOptions = CommerceMLOptions()) {
        self.world = world
        self.options = options
    }

    /// A file before it is written.
    private typealias File = (name: String, content: (inout CommerceMLExport) -> Void)

    /// Writes the files into a folder, creating it when it is not there.
    ///
    /// - Parameter folder: Where to; what an export of another form left there is removed.
    /// - Returns: The names of what was written.
    /// - Throws: What the file system says when a file cannot be written or removed.
    @discardableResult
    public mutating func write(to folder: URL) throws -> [String] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try removeFiles(from: folder)
        var archive = StoredZip()
        let files = files()
        for (place, file) in files.enumerated() {
            var bytes = document(file.content)
            if options.isPacked {
                archive.append(bytes, as: file.name)
                continue
            }
            if place == files.count - 1 { cut(&bytes) }
            try Data(bytes).write(to: folder.appending(path: file.name))
        }
        guard options.isPacked else { return files.map(\.name) }
        var bytes = archive.finish()
        cut(&bytes)
        try Data(bytes).write(to: folder.appending(path: "export.zip"))
        return ["export.zip"]
    }

    /// Removes what an export of any form writes: beside the new files it would be read as well.
    private func removeFiles(from folder: URL) throws {
        let files = FileManager.default
        for name in try files.contentsOfDirectory(atPath: folder.path)
        where name.wholeMatch(of: Self.ownNames) != nil {
            try files.removeItem(at: folder.appending(path: name))
        }
    }

    private static var ownNames: Regex<Substring> {
        #/(?:import|offers)(?:0_[0-9]+)?\.xml|(?:orders|contragents)\.xml|export\.zip/#
    }

    /// Takes the end away, where that is wanted.
    private func cut(_ bytes: inout [UInt8]) {
        if options.isCut { bytes.removeLast(bytes.count / 3) }
    }

    private func files() -> [File] {
        let (products, offers) = (parts(world.infobase.products), parts(self.offers()))
        var files: [File] = []
        for (place, part) in products.enumerated() {
            files.append(
                (
                    fileName("import", place, of: products.count),
                    {
                        if place == 0 { $0.writeClassifier() }
                        $0.writeCatalogue(part)
                    }
                ))
        }
        if options.hasDocuments {
            files.append(("contragents.xml", { $0.writeCounterparties() }))
            files.append(("orders.xml", { $0.writeOrders() }))
        }
        for (place, part) in offers.enumerated() {
            files.append(
                (fileName("offers", place, of: offers.count), { $0.writeOffers(part) }))
        }
        return files
    }

    /// What one file has of rows; one part at least.
    private func parts<Row>(_ rows: [Row]) -> [ArraySlice<Row>] {
        guard let length = options.goodsPerFile.map({ max(1, Int($0)) }), length < rows.count
        else { return [rows[...]] }
        return stride(from: 0, to: rows.count, by: length).map {
            rows[$0..<min($0 + length, rows.count)]
        }
    }

    /// `import.xml`, or `import0_1.xml` where there are several.
    private func fileName(_ kind: String, _ place: Int, of count: Int) -> String {
        count == 1 ? "\(kind).xml" : "\(kind)0_\(place + 1).xml"
    }

    private mutating func document(_ content: (inout CommerceMLExport) -> Void) -> [UInt8] {
        writer = ByteWriter(capacity: 1 << 20)
        writer.raw(options.encoding.declaration)
        let moment = Int64(TradeBuilder.lastDay) + Int64(world.options.changes.count) * 86_400
        element(
            "КоммерческаяИнформация",
            [
                ("xmlns", "urn:1C.ru:commerceml_2"), ("ВерсияСхемы", "2.08"),
                ("ДатаФормирования", Moment.local(moment)),
            ], content)
        return options.encoding.bytes(writer.bytes)
    }

    // MARK: Parts

    static let classifier = KeySpace.group.key(900, seed: 0).text
    static let catalogue = KeySpace.group.key(901, seed: 0).text

    mutating func writeOwner() {
        guard let firm = world.infobase.firms.first else { return }
        element("Владелец") {
            $0.text("Ид", firm.key.text)
            $0.text("Наименование", firm.description)
            $0.text("ОфициальноеНаименование", firm.fullName)
            $0.text("ИНН", firm.taxID)
            $0.text("КПП", firm.kpp)
        }
    }

    private mutating func writeClassifier() {
        element("Классификатор") {
            $0.text("Ид", Self.classifier)
            $0.text("Наименование", "Классификатор (Основной каталог товаров)")
            $0.writeOwner()
            $0.writeGroups(below: -1)
        }
    }

    private mutating func writeGroups(below parent: Int32) {
        let groups = world.infobase.productGroups
        let places = groups.indices.filter { groups[$0].parent == parent }
        guard !places.isEmpty else { return }
        element("Группы") {
            for place in places {
                $0.element("Группа") {
                    $0.text("Ид", groups[place].key.text)
                    $0.text("Наименование", groups[place].description)
                    $0.writeGroups(below: Int32(place))
                }
            }
        }
    }

    private mutating func writeCatalogue(_ products: ArraySlice<Product>) {
        element("Каталог", [("СодержитТолькоИзменения", "false")]) {
            $0.text("Ид", Self.catalogue)
            $0.text("ИдКлассификатора", Self.classifier)
            $0.text("Наименование", "Основной каталог товаров")
            $0.writeOwner()
            $0.element("Товары") {
                for product in products { $0.writeProduct(product) }
            }
        }
    }

    private mutating func writeProduct(_ product: Product) {
        let group = world.infobase.productGroups[Int(product.group)]
        element("Товар", product.isDeleted ? [("Статус", "Удален")] : []) {
            $0.text("Ид", product.key.text)
            if !product.barcode.isEmpty { $0.text("Штрихкод", product.barcode) }
            if !product.article.isEmpty { $0.text("Артикул", product.article) }
            $0.text("Наименование", product.description)
            $0.writeMeasure(product.measure)
            $0.element("Группы") { $0.text("Ид", group.key.text) }
            $0.writeRate(product.vat)
            $0.writeRequisites([
                ("ТипНоменклатуры", product.kind.typeName),
                ("Полное наименование", product.fullName), ("Код", product.codeText),
                ("Вес", Arithmetic.text(quantity: Thousandths(product.weightGrams))),
            ])
        }
    }

    mutating func writeRate(_ rate: VATRate) {
        element("СтавкиНалогов") {
            $0.element("СтавкаНалога") {
                $0.text("Наименование", "НДС")
                $0.text("Ставка", rate.percent.map { String($0) } ?? "Без НДС")
            }
        }
    }

    mutating func writeRequisites(_ values: [(String, String)]) {
        element("ЗначенияРеквизитов") {
            for (name, value) in values {
                $0.element("ЗначениеРеквизита") {
                    $0.text("Наименование", name)
                    $0.text("Значение", value)
                }
            }
        }
    }

    mutating func writeMeasure(_ measure: Measure) {
        text(
            "БазоваяЕдиница", measure.symbol,
            [
                ("Код", measure.code + " "), ("НаименованиеПолное", measure.title),
                ("МеждународноеСокращение", measure.international),
            ])
    }
}
