public import Foundation

/// Writes 1C's catalogue as an exchange with a site does: CommerceML 2.08, `import.xml` with groups
/// and goods and `offers.xml` with prices and stock, both whole.
///
/// What such an exchange has of its own is kept: unit codes padded to four characters, deleted
/// goods as an attribute, variants as offers `product#characteristic`, a mark of byte order.
public struct CommerceMLExport {
    private let world: World
    private var writer = ByteWriter(capacity: 1 << 20)
    private var depth = 0

    /// Prepares to export a world.
    public init(_ world: World) { self.world = world }

    /// Writes both files into a folder, creating it when it is not there.
    ///
    /// - Parameter folder: Where to; files that are there are replaced.
    /// - Throws: What the file system says when a file cannot be written.
    public mutating func write(to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try writeFile(folder.appending(path: "import.xml")) {
            $0.writeClassifier()
            $0.writeCatalogue()
        }
        try writeFile(folder.appending(path: "offers.xml")) { $0.writeOffers() }
    }

    private mutating func writeFile(
        _ url: URL, _ content: (inout CommerceMLExport) -> Void
    ) throws {
        writer = ByteWriter(capacity: 1 << 20)
        writer.raw("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        let moment = Int64(TradeBuilder.lastDay) + Int64(world.options.changes.count) * 86_400
        element(
            "КоммерческаяИнформация",
            [
                ("xmlns", "urn:1C.ru:commerceml_2"), ("ВерсияСхемы", "2.08"),
                ("ДатаФормирования", Moment.local(moment)),
            ], content)
        try Data(writer.bytes).write(to: url)
    }

    // MARK: Parts

    private static let classifier = KeySpace.group.key(900, seed: 0).text
    private static let catalogue = KeySpace.group.key(901, seed: 0).text

    private mutating func writeOwner() {
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

    private mutating func writeCatalogue() {
        element("Каталог", [("СодержитТолькоИзменения", "false")]) {
            $0.text("Ид", Self.catalogue)
            $0.text("ИдКлассификатора", Self.classifier)
            $0.text("Наименование", "Основной каталог товаров")
            $0.writeOwner()
            $0.element("Товары") {
                for product in $0.world.infobase.products { $0.writeProduct(product) }
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
            $0.element("СтавкиНалогов") {
                $0.element("СтавкаНалога") {
                    $0.text("Наименование", "НДС")
                    $0.text("Ставка", product.vat.percent.map { String($0) } ?? "Без НДС")
                }
            }
            $0.element("ЗначенияРеквизитов") {
                for (name, value) in [
                    ("ТипНоменклатуры", product.kind.typeName),
                    ("Полное наименование", product.fullName), ("Код", product.codeText),
                    ("Вес", Arithmetic.text(quantity: Thousandths(product.weightGrams))),
                ] {
                    $0.element("ЗначениеРеквизита") {
                        $0.text("Наименование", name)
                        $0.text("Значение", value)
                    }
                }
            }
        }
    }

    private mutating func writeMeasure(_ measure: Measure) {
        text(
            "БазоваяЕдиница", measure.symbol,
            [
                ("Код", measure.code + " "), ("НаименованиеПолное", measure.title),
                ("МеждународноеСокращение", measure.international),
            ])
    }

    // MARK: Offers

    /// What one offer says: a product, or a variant of it.
    private struct Offer {
        var product: Int32
        var characteristic: Int32
        var prices: [PriceRecord] = []
        var stock: [StockBalance] = []
    }

    private mutating func writeOffers() {
        let offers = offers()
        element("ПакетПредложений", [("СодержитТолькоИзменения", "false")]) {
            $0.text("Ид", Self.catalogue + "#")
            $0.text("Наименование", "Пакет предложений (Основной каталог товаров)")
            $0.text("ИдКаталога", Self.catalogue)
            $0.text("ИдКлассификатора", Self.classifier)
            $0.writeOwner()
            $0.writePriceKinds()
            $0.element("Склады") {
                for warehouse in Warehouse.allCases {
                    $0.element("Склад") {
                        $0.text("Ид", warehouse.key.text)
                        $0.text("Наименование", warehouse.title)
                    }
                }
            }
            $0.element("Предложения") {
                for offer in offers { $0.writeOffer(offer) }
            }
        }
    }

    /// Prices and stock brought together; both stand in the order of products already.
    private func offers() -> [Offer] {
        let records = world.infobase
        var offers: [Offer] = []
        var price = records.prices.startIndex
        var stock = records.stock.startIndex
        for place in records.products.indices where !records.products[place].isDeleted {
            let variants = records.products[place].characteristics
            for characteristic in variants.isEmpty ? [-1] : Array(variants) {
                var offer = Offer(product: Int32(place), characteristic: characteristic)
                func isBefore(_ product: Int32, _ other: Int32) -> Bool {
                    (product, other) <= (Int32(place), characteristic)
                }
                while price < records.prices.endIndex,
                    isBefore(records.prices[price].product, records.prices[price].characteristic)
                {
                    let record = records.prices[price]
                    if record.product == offer.product, record.isLast, record.kind.isInPortal {
                        offer.prices.append(record)
                    }
                    price += 1
                }
                while stock < records.stock.endIndex,
                    isBefore(records.stock[stock].product, records.stock[stock].characteristic)
                {
                    if records.stock[stock].product == offer.product {
                        offer.stock.append(records.stock[stock])
                    }
                    stock += 1
                }
                offers.append(offer)
            }
        }
        return offers
    }

    private mutating func writePriceKinds() {
        element("ТипыЦен") {
            for kind in [PriceKind.retail, .wholesale] {
                $0.element("ТипЦены") {
                    $0.text("Ид", kind.key.text)
                    $0.text("Наименование", kind.title)
                    $0.text("Валюта", "RUB")
                    $0.element("Налог") {
                        $0.text("Наименование", "НДС")
                        $0.text("УчтеноВСумме", "true")
                    }
                }
            }
        }
    }

    private mutating func writeOffer(_ offer: Offer) {
        let product = world.infobase.products[Int(offer.product)]
        let variant =
            offer.characteristic < 0
            ? nil : world.infobase.characteristics[Int(offer.characteristic)]
        element("Предложение") {
            $0.text("Ид", variant.map { "\(product.key.text)#\($0.key.text)" } ?? product.key.text)
            let barcode = variant?.barcode ?? product.barcode
            if !barcode.isEmpty { $0.text("Штрихкод", barcode) }
            if !product.article.isEmpty { $0.text("Артикул", product.article) }
            $0.text(
                "Наименование",
                variant.map { "\(product.description) (\($0.description))" }
                    ?? product.description)
            $0.writeMeasure(product.measure)
            if let variant { $0.writeCharacteristic(variant) }
            if !offer.prices.isEmpty {
                $0.element("Цены") { for price in offer.prices { $0.writePrice(price) } }
            }
            let total = offer.stock.reduce(0) { $0 + $1.quantity }
            $0.text("Количество", Arithmetic.text(quantity: total))
            for balance in offer.stock {
                $0.element(
                    "Склад",
                    [
                        ("ИдСклада", balance.warehouse.key.text),
                        ("КоличествоНаСкладе", Arithmetic.text(quantity: balance.quantity)),
                    ]
                ) { _ in }
            }
        }
    }

    private mutating func writeCharacteristic(_ variant: Characteristic) {
        let values = variant.description.split(separator: ", ").map(String.init)
        element("ХарактеристикиТовара") {
            for (name, value) in zip(["Цвет", "Размер"], values) {
                $0.element("ХарактеристикаТовара") {
                    $0.text("Наименование", name)
                    $0.text("Значение", value)
                }
            }
        }
    }

    private mutating func writePrice(_ price: PriceRecord) {
        let amount = Arithmetic.text(price.price)
        element("Цена") {
            $0.text("Представление", "\(amount) RUB за \(price.measure.symbol)")
            $0.text("ИдТипаЦены", price.kind.key.text)
            $0.text("ЦенаЗаЕдиницу", amount)
            $0.text("Валюта", "RUB")
            $0.text("Единица", price.measure.symbol)
            $0.text("Коэффициент", "1")
        }
    }

    // MARK: XML

    private mutating func open(_ name: String, _ attributes: [(String, String)]) {
        for _ in 0..<depth { writer.byte(UInt8(ascii: "\t")) }
        writer.raw("<\(name)")
        for (name, value) in attributes {
            writer.raw(" \(name)=\"")
            // Nothing that is written as an attribute holds a quotation mark.
            writer.xml(value)
            writer.raw("\"")
        }
        writer.raw(">")
    }

    private mutating func element(
        _ name: String, _ attributes: [(String, String)] = [],
        _ content: (inout CommerceMLExport) -> Void
    ) {
        open(name, attributes)
        writer.raw("\n")
        depth += 1
        content(&self)
        depth -= 1
        for _ in 0..<depth { writer.byte(UInt8(ascii: "\t")) }
        writer.raw("</\(name)>\n")
    }

    private mutating func text(
        _ name: String, _ value: String, _ attributes: [(String, String)] = []
    ) {
        open(name, attributes)
        writer.xml(value)
        writer.raw("</\(name)>\n")
    }
}
