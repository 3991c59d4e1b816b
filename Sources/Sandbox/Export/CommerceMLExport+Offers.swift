/// Prices and stock.
extension CommerceMLExport {
    /// What one offer says: a product, or a variant of it.
    struct Offer {
        var product: Int32
        var characteristic: Int32
        var prices: [PriceRecord] = []
        var stock: [StockBalance] = []
    }

    mutating func writeOffers(_ offers: ArraySlice<Offer>) {
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
    func offers() -> [Offer] {
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
}
