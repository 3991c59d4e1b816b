extension SetMaker {
    /// The price register: records that documents set, or in a small firm's base records of their
    /// own.
    var prices: [any ODataSet] {
        let register = "InformationRegister_ЦеныНоменклатуры"
        let isIndependent = configuration == .unf3
        let name = isIndependent ? register : "\(register)_RecordType"
        let (world, configuration) = (world, configuration)
        let at = { @Sendable (place: Int32) in world.infobase.prices[Int(place)] }
        var list = columns(name, Int32.self)
        if !isIndependent {
            let document = "Document_УстановкаЦенНоменклатуры"
            list.composite("Recorder", isKey: true) { (at($0).recorder, document) }
        }
        list.moment("Period", isKey: true) { at($0).period }
        if !isIndependent {
            list.long("LineNumber") { Int64($0) + 1 }
            list.flag("Active") { _ in true }
        }
        let kind = configuration == .bp30 ? "ТипЦен" : configuration == .unf3 ? "ВидЦен" : "ВидЦены"
        list.reference(kind, to: configuration.priceTypes, isKey: true) { at($0).kind.key }
        list.reference("Номенклатура", to: "Catalog_Номенклатура", isKey: true) {
            world.infobase.products[Int(at($0).product)].key
        }
        if configuration != .bp30 {
            list.reference(
                "Характеристика", to: "Catalog_ХарактеристикиНоменклатуры", isKey: true
            ) { world.characteristicKey(at($0).characteristic) }
        }
        list.money("Цена") { at($0).price }
        switch configuration {
        case .bp30: list.reference("Валюта", to: "Catalog_Валюты") { _ in Currency.rouble.key }
        case .unf3:
            list.composite("ЕдиницаИзмерения") { (at($0).measure.key, configuration.units) }
            list.flag("Актуальность") { _ in true }
            list.blank("Автор_Key")
        case .ut11, .erp2:
            list.reference("Валюта", to: "Catalog_Валюты") { _ in Currency.rouble.key }
            list.blank("Упаковка_Key")
        }
        let records = set(name, priceRecords, list)
        let dimensions = [kind, "Номенклатура", "Характеристика"]
        let slices = [true, false].map {
            SliceTable(records: records, dimensions: dimensions, isLast: $0)
        }
        let flat = BoundSet(records, slices)
        return isIndependent ? [flat] : [RecordSetSet(register, of: flat, virtualTables: []), flat]
    }

    /// Places of price records, recorder by recorder where documents set them.
    private var priceRecords: [Int32] {
        let (prices, products) = (world.infobase.prices, world.infobase.products)
        var records = prices.indices.map { Int32($0) }
        // Without characteristics a product has one price: that of its first characteristic.
        if configuration == .bp30 {
            records = records.filter { place in
                let price = prices[Int(place)]
                let own = products[Int(price.product)].characteristics
                return price.characteristic < 0 || price.characteristic == own.lowerBound
            }
        }
        guard configuration != .unf3 else { return records }
        let recorders = prices.map(\.recorder)
        return records.sorted {
            let (one, other) = (recorders[Int($0)], recorders[Int($1)])
            return one == other ? $0 < $1 : one < other
        }
    }
}

extension World {
    /// The reference of a characteristic's place; empty for none.
    func characteristicKey(_ place: Int32) -> GUID {
        place < 0 ? .zero : infobase.characteristics[Int(place)].key
    }
}
