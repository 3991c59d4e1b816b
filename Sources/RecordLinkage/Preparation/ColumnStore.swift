import Records

/// Columns made once, however many comparisons and keys use them.
struct ColumnStore: Sendable {
    let entity: EntityDefinition
    let records: RecordList
    let threads: Int
    /// What is known of the rarity of values; `nil` where it is learnt from these records.
    let population: Population?
    private var textColumns: [TextKey: TextColumn] = [:]
    private var valueColumns: [[FieldName]: ValueColumn] = [:]
    private var addressColumns: [[FieldName]: AddressColumn] = [:]
    private var numberColumns: [[FieldName]: NumberColumn] = [:]
    private var similarTexts: [[FieldName]: SimilarText] = [:]

    /// What a column is made of.
    private enum Key: Hashable, Sendable {
        case text(TextKey)
        case values([FieldName])
        case address([FieldName])

        /// How long it takes to make, roughly.
        var effort: Int {
            switch self {
            case .text(let key): 10 * key.fields.count
            case .address(let fields): 8 * fields.count
            case .values(let fields): fields.count
            }
        }
    }

    private struct TextKey: Hashable, Sendable {
        var fields: [FieldName]
        var reading: TextColumn.Reading
        /// Whether the fields are the parts of one text.
        var isJoined = false

        /// The name of the column where its frequencies are kept.
        var name: String {
            let list = ColumnStore.list(fields)
            return switch reading {
            case .organization: "organization \(list)"
            case .plain(let isRussian, let leavesOutNumbers):
                (isJoined ? "joined " : "") + (leavesOutNumbers ? "wordy " : "")
                    + (isRussian ? "russian " : "plain ") + list
            }
        }
    }

    private static func list(_ fields: [FieldName]) -> String {
        fields.map(\.rawValue).joined(separator: ",")
    }

    private static func valueName(_ fields: [FieldName]) -> String { "values " + list(fields) }

    private static func numberName(_ fields: [FieldName]) -> String { "numbers " + list(fields) }

    private static func addressName(_ fields: [FieldName]) -> String { "address " + list(fields) }

    /// What these records tell of the rarity of values, by the name of what is counted.
    func learntFrequencies() -> [String: KnownFrequencies] {
        var counted: [(name: String, frequencies: Frequencies, hashes: Frozen<UInt64>)] = []
        for (key, column) in textColumns {
            counted.append(
                (Population.words(key.name), column.wordFrequencies, column.wordTable.hashes))
            counted.append(
                (Population.values(key.name), column.valueFrequencies, column.valueTable.hashes))
        }
        for (fields, column) in valueColumns {
            counted.append((Self.valueName(fields), column.frequencies, column.table.hashes))
        }
        for (fields, column) in addressColumns {
            counted.append((Self.addressName(fields), column.frequencies, column.words.hashes))
        }
        for (fields, column) in numberColumns {
            counted.append((Self.numberName(fields), column.frequencies, column.hashes))
        }
        let all = counted
        let known = Parallel.map(count: all.count, chunk: 1, threads: threads) { range in
            let own = all[range.lowerBound]
            return KnownFrequencies(own.frequencies, hashes: own.hashes)
        }
        return Dictionary(uniqueKeysWithValues: zip(all.map(\.name), known))
    }

    /// The limits that were applied to texts, by their fields.
    var appliedLimits: [AppliedLimit] {
        var limits: [AppliedLimit] = []
        func add(_ fields: [FieldName], _ kind: AppliedLimit.Kind, _ count: Int, _ limit: Int) {
            guard count > 0 else { return }
            limits.append(
                AppliedLimit(fields: Self.list(fields), kind: kind, count: count, limit: limit))
        }
        for (key, column) in textColumns {
            add(key.fields, .wordsOfText, column.longTextCount, TextColumn.mostWords)
        }
        for (fields, text) in similarTexts {
            add(fields, .wordsOfText, text.longTextCount, SimilarText.mostWords)
            add(fields, .entriesOfIndex, text.cutSearchCount, SimilarText.mostEntries)
        }
        return limits.sorted {
            ($0.fields, $0.kind.rawValue, $0.limit, $0.count)
                < ($1.fields, $1.kind.rawValue, $1.limit, $1.count)
        }
    }

    private enum Column: Sendable {
        case text(TextKey, TextColumn)
        case values([FieldName], ValueColumn)
        case address([FieldName], AddressColumn)
    }

    init(
        entity: EntityDefinition, records: RecordList, population: Population? = nil, threads: Int
    ) {
        self.population = population
        self.entity = entity
        self.records = records
        self.threads = threads
    }

    // MARK: Filling

    /// Makes the columns that comparisons need, side by side: each thread its own columns, so that
    /// nothing that was built in pieces has to be joined.
    mutating func fill(for linkage: LinkageDefinition) {
        var keys: [Key] = []
        for definition in linkage.comparisons ?? [] where isCompared(definition) {
            for key in self.keys(definition) where !keys.contains(key) { keys.append(key) }
        }
        // A column by itself is built by all threads.
        guard threads > 1, keys.count > 1 else { return }
        // What takes longest goes first, so that no thread is left with it at the end.
        keys.sort { $0.effort > $1.effort }
        let (store, wanted) = (self, keys)
        let made = Parallel.map(count: keys.count, chunk: 1, threads: threads) { range in
            store.make(wanted[range.lowerBound], threads: 1)
        }
        for column in made { keep(column) }
    }

    /// The columns of a comparison.
    private func keys(_ definition: ComparisonDefinition) -> [Key] {
        let fields = definition.fields
        switch definition.method {
        case .name, .legalForm: return [.text(organizationKey(fields))]
        case .personName: return [.text(plainKey(fields, isJoined: true))]
        case .tokens, .jaroWinkler, .damerauLevenshtein: return [.text(plainKey(fields))]
        case .exact, .digits, .overlap, .date: return [.values(fields)]
        case .address: return [.address(fields)]
        // Places are of columns that names and addresses have already, as a rule.
        case .place, .similarText, .numeric, .numbers: return []
        }
    }

    private func make(_ key: Key, threads: Int) -> Column {
        switch key {
        case .text(let key): .text(key, makeText(key, threads: threads))
        case .values(let fields): .values(fields, makeValues(fields, threads: threads))
        case .address(let fields): .address(fields, makeAddress(fields, threads: threads))
        }
    }

    private mutating func keep(_ column: Column) {
        switch column {
        case .text(let key, let column): textColumns[key] = column
        case .values(let fields, let column): valueColumns[fields] = column
        case .address(let fields, let column): addressColumns[fields] = column
        }
    }

    private func makeText(_ key: TextKey, threads: Int) -> TextColumn {
        TextColumn(
            records: records,
            source: TextColumn.Source(
                indices(key.fields), isJoined: key.isJoined, junk: junk(key.fields)),
            reading: key.reading, known: population?.known(key.name), threads: threads,
            spare: self.threads)
    }

    private func makeValues(_ fields: [FieldName], threads: Int) -> ValueColumn {
        let types = types(fields)
        let isWrittenIntoTexts = types == [.taxID] || types == [.phone]
        return ValueColumn(
            records: records,
            source: ValueColumn.Source(
                indices(fields), types, junk: junk(fields),
                texts: isWrittenIntoTexts ? texts : []),
            known: population?.frequencies[Self.valueName(fields)], threads: threads)
    }

    /// What stands for none in each of some fields.
    private func junk(_ fields: [FieldName]) -> [JunkTexts] {
        fields.filter { entity.index(of: $0) != nil }.map { JunkTexts($0, entity) }
    }

    /// The fields of names and free texts.
    private var texts: [ValueColumn.Source.Text] {
        entity.fields.indices.compactMap { index -> ValueColumn.Source.Text? in
            switch entity.fields[index].type {
            case .organizationName: ValueColumn.Source.Text(field: index, isFree: false)
            case .text: ValueColumn.Source.Text(field: index, isFree: true)
            default: nil
            }
        }
    }

    private func makeAddress(_ fields: [FieldName], threads: Int) -> AddressColumn {
        AddressColumn(
            records: records, fields: indices(fields),
            known: population?.frequencies[Self.addressName(fields)], threads: threads)
    }

    private func organizationKey(_ fields: [FieldName]) -> TextKey {
        TextKey(fields: fields, reading: .organization)
    }

    private func plainKey(_ fields: [FieldName], isJoined: Bool = false) -> TextKey {
        func key(readsLatinAsRussian: Bool) -> TextKey {
            TextKey(
                fields: fields,
                reading: .plain(
                    readsLatinAsRussian: readsLatinAsRussian,
                    leavesOutNumbers: comparesNumbers(fields)),
                isJoined: isJoined && fields.count > 1)
        }
        let (russian, latin) = (key(readsLatinAsRussian: true), key(readsLatinAsRussian: false))
        if let population {
            return population.known(russian.name) != nil ? russian : latin
        }
        return hasCyrillic(indices(fields)) ? russian : latin
    }

    /// Whether the numbers within some texts are compared by themselves.
    private func comparesNumbers(_ fields: [FieldName]) -> Bool {
        entity.linkage.comparisons?.contains { $0.method == .numbers && $0.fields == fields }
            ?? false
    }

    // MARK: Columns

    mutating func values(_ fields: [FieldName]) -> ValueColumn {
        if let known = valueColumns[fields] { return known }
        let column = makeValues(fields, threads: threads)
        valueColumns[fields] = column
        return column
    }

    private mutating func organizations(_ fields: [FieldName]) -> TextColumn {
        text(organizationKey(fields))
    }

    private mutating func plainText(
        _ fields: [FieldName], isJoined: Bool = false
    ) -> TextColumn { text(plainKey(fields, isJoined: isJoined)) }

    private mutating func text(_ key: TextKey) -> TextColumn {
        if let known = textColumns[key] { return known }
        let column = makeText(key, threads: threads)
        textColumns[key] = column
        return column
    }

    private mutating func address(_ fields: [FieldName]) -> AddressColumn {
        if let known = addressColumns[fields] { return known }
        let column = makeAddress(fields, threads: threads)
        addressColumns[fields] = column
        return column
    }

    private mutating func numbers(_ fields: [FieldName]) -> NumberColumn {
        if let known = numberColumns[fields] { return known }
        let column = NumberColumn(
            records: records, fields: indices(fields),
            known: population?.frequencies[Self.numberName(fields)], threads: threads)
        numberColumns[fields] = column
        return column
    }

    // MARK: Comparisons and keys

    private func indices(_ fields: [FieldName]) -> [Int] { fields.compactMap(entity.index) }

    private func types(_ fields: [FieldName]) -> [FieldType] {
        indices(fields).map { entity.fields[$0].type }
    }

    /// A comparison; `nil` when no record of one side has a value, so that it cannot tell anything.
    mutating func comparison(_ definition: ComparisonDefinition) -> (any PreparedComparison)? {
        let fields = definition.fields
        guard isCompared(definition) else { return nil }
        let (name, usesTermFrequency) = (definition.name, definition.usesTermFrequency)
        func text(_ measure: TextComparison.Measure) -> TextComparison {
            TextComparison(
                name: name, column: plainText(fields, isJoined: measure == .personName),
                measure: measure,
                thresholds: definition.thresholds, usesTermFrequency: usesTermFrequency)
        }
        func value(_ tolerance: ValueComparison.Tolerance) -> ValueComparison {
            ValueComparison(
                name: name, column: values(fields), tolerance: tolerance,
                usesTermFrequency: usesTermFrequency)
        }
        switch definition.method {
        case .name:
            return NameComparison(
                name: name, column: organizations(fields), usesTermFrequency: usesTermFrequency,
                initials: population?.initials[name])
        case .legalForm:
            return LegalFormComparison(
                name: name, column: organizations(fields), records: records.count,
                threads: threads)
        case .personName: return text(.personName)
        case .tokens: return text(.words)
        case .similarText:
            return SimilarTextComparison(
                name: name, text: similarText(fields), thresholds: definition.thresholds,
                records: records, fields: indices(fields))
        case .jaroWinkler: return text(.jaroWinkler)
        case .damerauLevenshtein: return text(.typingErrors)
        case .exact: return value(.none)
        case .digits: return value(.typingErrors)
        case .overlap:
            let types = types(fields)
            return value(types.contains(.email) ? .email : types.contains(.phone) ? .phone : .none)
        case .date: return value(.date)
        case .address:
            return AddressComparison(
                name: name, column: address(fields), usesTermFrequency: usesTermFrequency)
        case .place:
            let (names, places) = split(fields)
            guard !names.isEmpty, !places.isEmpty else { return nil }
            return PlaceComparison(
                name: name, names: organizations(names), addresses: address(places),
                known: population?.places[name],
                records: records.count, threads: threads)
        case .numeric:
            guard let field = indices(fields).first else { return nil }
            return NumberComparison(
                name: name, records: records, field: field, thresholds: definition.thresholds)
        case .numbers:
            return NumbersComparison(
                name: name, column: numbers(fields), usesTermFrequency: usesTermFrequency)
        }
    }

    /// Fields of names and fields of addresses.
    private func split(_ fields: [FieldName]) -> (names: [FieldName], addresses: [FieldName]) {
        let addresses = fields.filter { types([$0]) == [.address] }
        return (fields.filter { !addresses.contains($0) }, addresses)
    }

    mutating func keyMaker(_ key: BlockingKey, _ linkage: LinkageDefinition) -> (any KeyMaker)? {
        let definition = linkage.comparisons?.first {
            $0.fields.contains(key.field)
                && ![.legalForm, .place, .numbers].contains($0.method)
        }
        let fields = definition?.fields ?? [key.field]
        guard population != nil || isFilled(indices(fields)),
            let type = types([key.field]).first
        else { return nil }
        if key.transform == .numbers {
            return NumberKeys(column: numbers(fields))
        }
        let method = definition?.method ?? LinkageDefinition.method(for: type)
        let mostFrequent = UInt32(key.transform == .rareWord ? 40 : 0)
        switch method {
        case .name, .legalForm, .place:
            return TextKeys(
                column: organizations(fields), transform: key.transform, mostFrequent: mostFrequent)
        case .personName, .tokens, .similarText, .jaroWinkler, .damerauLevenshtein:
            return TextKeys(
                column: plainText(fields, isJoined: method == .personName),
                transform: key.transform, mostFrequent: mostFrequent)
        case .address: return AddressKeys(column: address(fields), transform: key.transform)
        case .exact, .digits, .overlap, .date, .numeric, .numbers:
            return ValueKeys(column: values(fields), transform: key.transform)
        }
    }

    /// The texts that a blocking key finds by similarity; `nil` when they are not filled.
    mutating func similar(_ key: BlockingKey, _ linkage: LinkageDefinition) -> SimilarText? {
        let definition = linkage.comparisons?.first {
            $0.fields.contains(key.field) && $0.method == .similarText
        }
        let fields = definition?.fields ?? [key.field]
        return isFilled(indices(fields)) ? similarText(fields) : nil
    }

    private mutating func similarText(_ fields: [FieldName]) -> SimilarText {
        if let known = similarTexts[fields] { return known }
        let text = SimilarText(
            records: records, fields: indices(fields),
            readsLatinAsRussian: hasCyrillic(indices(fields)), threads: threads)
        similarTexts[fields] = text
        return text
    }

    /// Whether there is something to compare.
    private func isCompared(_ definition: ComparisonDefinition) -> Bool {
        population.map { $0.comparisons.contains(definition.name) }
            ?? isFilled(indices(definition.fields))
    }

    /// Whether both sides, or the only one, have values.
    private func isFilled(_ fields: [Int]) -> Bool {
        func has(_ range: Range<Int>) -> Bool {
            range.isEmpty
                || range.contains { record in
                    fields.contains { !records.cell(record, $0).isEmpty }
                }
        }
        return records.count > 0 && has(0..<records.leftCount)
            && has(records.leftCount..<records.count)
    }

    /// Whether one in a hundred texts is Cyrillic: only then is Latin read as transliteration.
    private func hasCyrillic(_ fields: [Int]) -> Bool {
        var (texts, cyrillic) = (0, 0)
        for record in stride(from: 0, to: records.count, by: max(1, records.count / 2000)) {
            for field in fields {
                records.forEachText(record, field) { text in
                    texts += 1
                    // Cyrillic letters begin with 0xD0 to 0xD3 in UTF-8.
                    if text.contains(where: { $0 >= 0xD0 && $0 <= 0xD3 }) { cyrillic += 1 }
                }
            }
        }
        return cyrillic * 100 > texts
    }
}
