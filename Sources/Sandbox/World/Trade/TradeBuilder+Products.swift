extension TradeBuilder {
    /// How many products are sold.
    var productCount: Int { min(max(options.size / 5, 60), 20_000) }

    /// Makes the catalogue on both sides.
    mutating func makeProducts() {
        makeGroups()
        productFates = FateTable(count: productCount, space: .product, options: options)
        for index in 0..<productCount { makeProduct(index) }
        // What 1C holds besides stands after all others, so that a product's number is its place.
        for index in 0..<productCount where productFates?.fate(index).fate == .duplicateLeft {
            addSecondProduct(of: index)
        }
        for number in 0..<(productCount / 50) { addForgottenProduct(number) }
        addProductsOfPortalOnly()
    }

    private mutating func makeGroups() {
        let departmentCount = ProductStock.departments.count
        for (number, department) in ProductStock.departments.enumerated() {
            addGroup(number, parent: -1, title: department.title)
        }
        var number = departmentCount
        for (place, department) in ProductStock.departments.enumerated() {
            for group in department.groups {
                addGroup(number, parent: Int32(place), title: group.title)
                number += 1
            }
        }
    }

    private mutating func addGroup(_ number: Int, parent: Int32, title: String) {
        let key = KeySpace.group.key(number, seed: seed)
        infobase.productGroups.append(
            ProductGroup(key: key, code: UInt32(number + 1), parent: parent, description: title))
        portal.sections.append(
            CatalogSection(
                id: Int64(2 * number + 11), parentID: parent < 0 ? 0 : Int64(2 * parent + 11),
                name: title, code: Self.slug(title), xmlID: key.text))
    }

    private mutating func makeProduct(_ index: Int) {
        guard let fates = productFates else { return }
        let planned = fates.planned(index)
        let (fate, revisions) = fates.fate(index)
        var random = KeySpace.product.random(index, seed: seed)
        var left = product(index, planned, random: &random)
        left.version += UInt32(revisions)
        var right = catalogProduct(of: left, id: productID(index), planned, random: &random)
        right.modifiedAt += UInt32(revisions) * 86_400
        if planned == nil { dirty(left, &right, random: &random) }
        spoil(&left, &right, fate, fates, random: &random)
        infobase.products.append(left)
        guard fate != .missingRight else { return }
        portal.products.append(right)
        addOffers(of: left, right)
        if fate == .duplicateRight { addSecondCatalogProduct(right, random: &random) }
    }

    func productID(_ index: Int, copy: Int = 0) -> Int64 { Int64(10 * index + 9 * copy + 100) }

    /// Makes a product with its characteristics, and its price.
    private mutating func product(
        _ index: Int, _ planned: ProductFate?, random: inout RandomSource
    ) -> Product {
        let place = index % ProductStock.groups.count
        let group = ProductStock.groups[place]
        // Every product of a group has another combination of words, so that names are unique.
        var rest = index / ProductStock.groups.count
        func next(_ words: [String]) -> String {
            defer { rest /= words.count }
            return words[rest % words.count]
        }
        let noun = next(group.nouns)
        let brand = next(ProductStock.brands)
        let modifier = next(group.modifiers)
        let size = group.size.replacing("{}", with: String(8 + 2 * rest))
        let article =
            random.chance(0.92) || planned != nil
            ? "\(Dirt.transliterated(brand).prefix(2).uppercased())-\(10_000 + index)-\(random.within(10...99))"
            : ""
        let created = 1_420_000_000 + UInt32(random.below(280_000_000))
        basePrices.append(
            Kopecks(random.within(group.price.lowerBound * 100...group.price.upperBound * 100)))
        var record = Product(
            key: KeySpace.product.key(index, seed: seed), product: Int32(index),
            code: UInt32(2 * index + 1), group: Int32(ProductStock.departments.count + place),
            description: "\(noun) \(modifier) \(size) \(brand)",
            fullName: "\(noun) \(modifier) \(size) \"\(brand)\"", article: article,
            kind: group.kind, measure: group.measure, vat: group.vat,
            barcode: planned != nil || random.chance(0.8) && group.kind == .goods
                ? Self.barcode(index) : "",
            weightGrams: group.weightGrams, createdAt: created)
        if planned == nil && group.hasVariants && random.chance(0.7) {
            let first = Int32(infobase.characteristics.count)
            for number in 0..<random.within(2...4) {
                infobase.characteristics.append(
                    Characteristic(
                        key: KeySpace.characteristic.key(4 * index + number, seed: seed),
                        owner: Int32(index),
                        description:
                            "\(ProductStock.colours[number]), \(random.pick(ProductStock.sizes))",
                        barcode: Self.barcode(100_000 + 4 * index + number)))
            }
            record.characteristics = first..<Int32(infobase.characteristics.count)
            record.barcode = ""
        }
        return record
    }

    private func catalogProduct(
        of left: Product, id: Int64, _ planned: ProductFate?, random: inout RandomSource
    ) -> CatalogProduct {
        let isLinked = random.chance(0.92) || planned?.differsOnly == true
        let created = left.createdAt + UInt32(random.below(3_000_000))
        return CatalogProduct(
            id: id, product: left.product,
            kind: left.kind == .service
                ? .service : left.characteristics.isEmpty ? .simple : .withOffers,
            sectionID: portal.sections[Int(left.group)].id, name: left.description,
            code: Self.slug(left.description), xmlID: isLinked ? left.key.text : String(id),
            article: left.article, barcode: left.barcode, measure: left.measure, vat: left.vat,
            weightGrams: left.weightGrams, createdAt: created,
            modifiedAt: created + UInt32(random.below(40_000_000)),
            createdBy: UInt16(random.within(1...Self.editorCount)))
    }

    /// The variants of a product stand after it.
    private mutating func addOffers(of left: Product, _ right: CatalogProduct) {
        let isLinked = right.xmlID == left.key.text
        for (number, place) in left.characteristics.enumerated() {
            let characteristic = infobase.characteristics[Int(place)]
            var offer = right
            offer.id = right.id + Int64(number) + 1
            offer.variant = Int32(number)
            offer.kind = .offer
            offer.parentID = right.id
            offer.sectionID = 0
            offer.name = "\(right.name) (\(characteristic.description))"
            offer.code = ""
            offer.xmlID =
                isLinked ? "\(left.key.text)#\(characteristic.key.text)" : String(offer.id)
            offer.barcode = characteristic.barcode
            portal.products.append(offer)
        }
    }

    /// EAN-13 of the range for use within a shop, with its check digit.
    static func barcode(_ serial: Int) -> String {
        var writer = ByteWriter(capacity: 13)
        writer.number(200_000_000_000 + Int64(serial), digits: 12)
        var sum = 0
        for (place, byte) in writer.bytes.enumerated() {
            sum += (Int(byte) - 48) * (place % 2 == 0 ? 1 : 3)
        }
        writer.number(Int64((10 - sum % 10) % 10))
        return writer.text
    }

    /// A text in Latin letters for an address: `bolt_m8_vityaz`.
    static func slug(_ text: String) -> String {
        var writer = ByteWriter(capacity: 64)
        for byte in Dirt.transliterated(text).lowercased().utf8 {
            let isPlain = byte >= 97 && byte <= 122 || byte >= 48 && byte <= 57
            if isPlain {
                writer.byte(byte)
            } else if writer.bytes.last != UInt8(ascii: "_") {
                writer.byte(UInt8(ascii: "_"))
            }
        }
        return writer.text
    }
}
