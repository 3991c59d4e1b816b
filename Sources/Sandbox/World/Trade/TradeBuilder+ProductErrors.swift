extension TradeBuilder {
    /// Writes a product of the portal as people and exchange modules do.
    mutating func dirty(
        _ left: Product, _ right: inout CatalogProduct, random: inout RandomSource
    ) {
        let pair = Concerned([left.key], [right.id])
        let dirt = TextDirt.drawn(share: options.rates.dirt, random: &random)
        right.name = dirt.applied(to: right.name)
        if dirt != .none {
            note(.mismatch, "product", "name", nil, pair, "spelling", isRequired: false)
        }
        switch random.below(100) {
        case 0..<6 where !right.article.isEmpty:
            right.article = Self.respelt(right.article, random: &random)
            note(.mismatch, "product", "article", nil, pair, "spelling", isRequired: false)
        case 6..<9 where !right.article.isEmpty:
            right.article = ""
            note(.mismatch, "product", "article", .right, pair, "absent", isRequired: false)
        case 9..<11: right.isActive = false
        default: break
        }
    }

    /// An article with other separators, letters in lower case or of the other alphabet.
    private static func respelt(_ article: String, random: inout RandomSource) -> String {
        switch random.below(4) {
        case 0: article.replacing("-", with: " ")
        case 1: article.replacing("-", with: "")
        case 2: article.lowercased()
        default:
            article.replacing("E", with: "Е").replacing("K", with: "К").replacing("T", with: "Т")
                .replacing("M", with: "М").replacing("-", with: "–")
        }
    }

    /// Spoils a product as its fate says.
    mutating func spoil(
        _ left: inout Product, _ right: inout CatalogProduct, _ fate: ProductFate?,
        _ fates: FateTable<ProductFate>, random: inout RandomSource
    ) {
        let index = Int(left.product)
        let pair = Concerned([left.key], [right.id])
        switch fate {
        case nil, .partner: break
        case .missingRight:
            note(.missing, "product", nil, .right, Concerned([left.key], []), "not_in_crm")
        case .duplicateLeft:
            note(
                .duplicate, "product", nil, .left,
                Concerned(
                    [left.key, KeySpace.product.key(index, copy: 1, seed: seed)], [right.id]),
                "kept_twice")
        case .duplicateRight:
            note(
                .duplicate, "product", nil, .right,
                Concerned([left.key], [right.id, productID(index, copy: 1)]), "kept_twice")
        case .nameDiffers:
            right.name = "Комплект расходных материалов № \(index + 1)"
            note(.mismatch, "product", "name", nil, pair, "differs")
            note(
                .mismatch, "product", "full_name", nil, pair, "consequence", isRequired: false)
        case .articleDiffers:
            right.article = "ZX-\(60_000 + index)-\(random.within(10...99))"
            note(.mismatch, "product", "article", nil, pair, "differs")
        case .barcodeDiffers:
            right.barcode = Self.barcode(500_000 + index)
            note(.mismatch, "product", "barcode", nil, pair, "differs")
        case .unitDiffers:
            right.measure = left.measure == .pack ? .piece : .pack
            note(.mismatch, "product", "unit", nil, pair, "differs")
        case .vatDiffers:
            // What was left at the rate of the year before.
            right.vat = left.vat == .twentyTwo ? .twenty : .twentyTwo
            note(.mismatch, "product", "vat", nil, pair, "differs")
        case .linkToNowhere:
            right.xmlID = KeySpace.product.key(index, seed: ~seed).text
            noteBrokenLink("product", to: nil, own: left.key, from: right.id)
        case .linkToDeleted:
            left.isDeleted = true
            right.xmlID = left.key.text
            noteBrokenLink("product", to: left.key, own: left.key, from: right.id)
        case .linkClaimedTwice:
            guard let partner = fates.partners[index] else { return }
            let claimed = KeySpace.product.key(partner, seed: seed)
            right.xmlID = claimed.text
            noteClaimedTwice(
                "product", claimed: claimed, own: left.key, by: right.id,
                partner: productID(partner),
                fields: ["name", "full_name", "article", "barcode", "unit", "vat", "group"])
        case .invalidBarcode:
            right.barcode = Self.withWrongCheckDigit(right.barcode)
            note(.invalid, "product", "barcode", .right, pair, "check_digit")
            note(.mismatch, "product", "barcode", nil, pair, "consequence", isRequired: false)
        }
    }

    private static func withWrongCheckDigit(_ barcode: String) -> String {
        guard let last = barcode.last?.wholeNumberValue else { return barcode }
        return barcode.dropLast() + String((last + 1) % 10)
    }

    /// The same product entered in 1C again, without prices or stock.
    ///
    /// It has no barcode: the register of 1C that keeps them knows each once.
    mutating func addSecondProduct(of index: Int) {
        var random = KeySpace.product.random(index, purpose: 2, seed: seed)
        var copy = infobase.products[index]
        copy.key = KeySpace.product.key(index, copy: 1, seed: seed)
        copy.code += 1
        copy.createdAt += 20_000_000
        // A barcode is the key of its register in 1C: it stays the first one's.
        copy.barcode = ""
        if random.chance(0.5) { copy.description += "  " }
        infobase.products.append(copy)
    }

    /// The same product entered in the portal again, without a link, prices or stock.
    mutating func addSecondCatalogProduct(_ right: CatalogProduct, random: inout RandomSource) {
        var copy = right
        copy.id = productID(Int(right.product), copy: 1)
        copy.xmlID = String(copy.id)
        copy.createdAt += 20_000_000
        copy.modifiedAt += 20_000_000
        if random.chance(0.5) {
            copy.name = copy.name.uppercased()
            let key = KeySpace.product.key(Int(right.product), seed: seed)
            note(
                .mismatch, "product", "name", nil, Concerned([key], [copy.id]), "spelling",
                isRequired: false)
        }
        if random.chance(0.3) { copy.barcode = "" }
        portal.products.append(copy)
    }

    /// A product that was marked as deleted in 1C long ago and never was in the portal.
    mutating func addForgottenProduct(_ number: Int) {
        let index = 2_000_000 + number
        var copy = infobase.products[number]
        copy.key = KeySpace.product.key(index, seed: seed)
        copy.product = -1
        copy.code = UInt32(2 * productCount + number + 10)
        copy.description = "Снят с продажи: образец \(number + 1)"
        copy.fullName = copy.description
        copy.article = ""
        copy.barcode = ""
        copy.characteristics = 0..<0
        copy.isDeleted = true
        infobase.products.append(copy)
    }

    /// Products that only the portal has.
    mutating func addProductsOfPortalOnly() {
        let share = options.rates.missing / 2
        guard share > 0 else { return }
        for number in 0..<max(1, Int((share * Double(productCount)).rounded())) {
            let index = productCount + number
            var random = KeySpace.product.random(index, purpose: 3, seed: seed)
            let id = productID(index)
            let created = 1_600_000_000 + UInt32(random.below(100_000_000))
            let name = "Набор подарочный «\(random.pick(ProductStock.brands))» № \(number + 1)"
            portal.products.append(
                CatalogProduct(
                    id: id, product: Int32(index + 1_000_000), kind: .simple,
                    sectionID: portal.sections[ProductStock.departments.count].id, name: name,
                    code: Self.slug(name), xmlID: String(id), article: "GF-\(1000 + number)",
                    barcode: Self.barcode(900_000 + number), measure: .set, vat: .twentyTwo,
                    weightGrams: 800, createdAt: created, modifiedAt: created + 1_000_000,
                    createdBy: UInt16(random.within(1...Self.editorCount))))
            note(.missing, "product", nil, .left, Concerned([], [id]), "not_in_1c")
        }
    }

    /// Whether prices and stock of a product can be compared: both sides have it, linked.
    func isComparable(_ product: Int) -> Bool {
        guard let fates = productFates, product < productCount else { return false }
        guard let planned = fates.planned(product) else {
            return catalogPlaces[product] >= 0
                && portal.products[Int(catalogPlaces[product])].xmlID
                    == infobase.products[product].key.text
        }
        return planned.differsOnly
    }

    /// The product whose link another one carries wrongly, and its own place in the portal: what
    /// hangs on the second may be taken for the first one's.
    func claimed(by product: Int32) -> (product: Int32, place: Int32)? {
        guard let fates = productFates, fates.planned(Int(product)) == .linkClaimedTwice,
            let partner = fates.partners[Int(product)]
        else { return nil }
        return (Int32(partner), catalogPlaces[partner])
    }

    /// Notes each product's place in the portal's catalogue, its offers' being the next ones.
    mutating func findCatalogPlaces() {
        catalogPlaces = [Int32](repeating: -1, count: infobase.products.count)
        for (place, record) in portal.products.enumerated().reversed()
        where record.kind != .offer && record.product < productCount {
            catalogPlaces[Int(record.product)] = Int32(place)
        }
    }

    /// The place in the portal's catalogue of a product or of its variant; -1 for none.
    func catalogPlace(_ product: Int32, _ characteristic: Int32) -> Int32 {
        let place = catalogPlaces[Int(product)]
        guard place >= 0, characteristic >= 0 else { return place }
        return place + 1 + characteristic
            - infobase.products[Int(product)].characteristics.lowerBound
    }
}
