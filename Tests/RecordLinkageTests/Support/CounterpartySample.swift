import Definitions
import Foundation
import RecordLinkage
import Records
import TestSupport

/// Counterparties of two sources with planted errors, of which the truth is known.
///
/// Small and seeded: the same in every run. Ids are `L…` and `R…` with the number of the thing.
struct CounterpartySample {
    /// What makes a right record differ from its left one.
    enum Error: String, CaseIterable {
        case none, nameTyping, nameCase, transliterated, formMoved, taxIDTyping, taxIDMissing
        case taxIDSpaced, phoneChanged, wordAdded
    }

    /// One planted pair.
    struct Pair: Hashable {
        var left: RecordID
        var right: RecordID
        var error: Error

        var line: String { "\(left)=\(right)" }
    }

    let entity: EntityDefinition
    private(set) var left: [Record] = []
    private(set) var right: [Record] = []
    private(set) var pairs: [Pair] = []
    private(set) var random: SeededNumbers
    private var serial = 0

    init(pairs count: Int, onlyLeft: Int = 0, onlyRight: Int = 0, seed: UInt64) throws {
        entity = try EntityFile.read(
            ProjectFolders.root.appending(path: "templates/entities/counterparty.yaml"))
        random = SeededNumbers(seed: seed)
        for index in 0..<count {
            let errors = Error.allCases
            add(firm(), error: errors[index % errors.count])
        }
        for _ in 0..<onlyLeft { left.append(record("L\(next())", firm())) }
        for _ in 0..<onlyRight { right.append(record("R\(next())", firm())) }
    }

    // MARK: Things

    /// What is true of a counterparty.
    struct Firm {
        var form = "ООО"
        var words: [String]
        var taxID: String
        var kpp: String?
        var phone: String
        var email: String?
        var address: String

        var name: String { "\(form) \"\(words.joined(separator: " "))\"" }
    }

    mutating func firm(words: [String]? = nil, taxID: String? = nil) -> Firm {
        let words = words ?? (0..<2).map { _ in word() }
        let region = 10 + random.below(80)
        let taxID = taxID ?? Self.taxID(UInt64(region) * 10_000_000 + random.next() % 10_000_000)
        return Firm(
            words: words, taxID: taxID, kpp: "\(region)0101001",
            phone: "8 \(400 + random.below(90)) \(1_000_000 + random.below(9_000_000))",
            email: random.happens(0.6) ? "info@f\(random.below(1_000_000)).ru" : nil,
            address: "г. \(Self.cities[region % Self.cities.count]), ул. \(word()), "
                + "д. \(1 + random.below(150))")
    }

    /// Adds a thing that both sides keep, the right one with an error.
    mutating func add(_ firm: Firm, error: Error = .none) {
        let number = next()
        left.append(record("L\(number)", firm))
        right.append(changed(record("R\(number)", firm), firm, error))
        pairs.append(
            Pair(left: RecordID("L\(number)"), right: RecordID("R\(number)"), error: error))
    }

    mutating func addLeft(_ firm: Firm, id: String) { left.append(record(id, firm)) }
    mutating func addRight(_ firm: Firm, id: String) { right.append(record(id, firm)) }

    /// The same sample with other records.
    func with(left: [Record], right: [Record]) -> Self {
        var sample = self
        (sample.left, sample.right) = (left, right)
        return sample
    }

    /// A record of some values, by field name.
    func record(_ id: String, _ values: [String: String]) -> Record {
        var fields = [FieldValue?](repeating: nil, count: entity.fields.count)
        for (name, value) in values {
            guard let index = entity.index(of: FieldName(name)) else {
                preconditionFailure("no field \(name)")
            }
            fields[index] = entity.fields[index].isMultiple ? .texts([value]) : .text(value)
        }
        return Record(id: RecordID(id), fields: fields)
    }

    func record(_ id: String, _ firm: Firm) -> Record {
        var values = [
            "name": firm.name, "tax_id": firm.taxID, "phone": firm.phone, "address": firm.address,
        ]
        values["kpp"] = firm.kpp
        values["email"] = firm.email
        return record(id, values)
    }

    // MARK: Errors

    private mutating func changed(_ record: Record, _ firm: Firm, _ error: Error) -> Record {
        var changed = firm
        switch error {
        case .none: break
        case .nameTyping: changed.words[0] = misspelt(firm.words[0])
        case .nameCase: changed.words = firm.words.map { $0.uppercased() }
        case .transliterated: changed.words = firm.words.map(Self.latin)
        case .formMoved:
            var moved = record
            moved.fields[0] = .text("\(firm.words.joined(separator: " ")), \(firm.form)")
            return moved
        case .taxIDTyping:
            var digits = Array(firm.taxID.utf8)
            let place = 2 + random.below(digits.count - 3)
            digits[place] = 48 + (digits[place] - 48 + 1) % 10
            changed.taxID = String(decoding: digits, as: UTF8.self)
        case .taxIDMissing:
            var without = record
            for name in ["tax_id", "kpp"] {
                if let index = entity.index(of: FieldName(name)) { without.fields[index] = nil }
            }
            return without
        case .taxIDSpaced:
            changed.taxID = "ИНН " + firm.taxID.prefix(4) + " " + firm.taxID.dropFirst(4)
        case .phoneChanged: changed.phone = "8 495 \(1_000_000 + random.below(9_000_000))"
        case .wordAdded: changed.words = ["ТД"] + firm.words
        }
        return self.record(record.id.rawValue, changed)
    }

    private mutating func misspelt(_ word: String) -> String {
        var letters = Array(word)
        letters.swapAt(2, 3)
        if letters == Array(word) { letters.remove(at: 2) }
        return String(letters)
    }

    // MARK: Parts

    private mutating func next() -> Int {
        serial += 1
        return serial
    }

    mutating func word() -> String {
        let syllables = [
            "ба", "ро", "ку", "ни", "ле", "сто", "гра", "ме", "ви", "да", "пол", "тех",
        ]
        return (0..<4).map { _ in random.one(of: syllables) }.joined().capitalized
    }

    private static let cities = ["Тверь", "Рязань", "Казань", "Пермь", "Самара", "Омск", "Чита"]

    /// A valid ИНН of an organisation for nine digits.
    static func taxID(_ number: UInt64) -> String {
        let digits = String(String(1_000_000_000 + number % 1_000_000_000).suffix(9))
        let weights = [2, 4, 10, 3, 5, 9, 4, 6, 8]
        let sum = zip(digits.utf8, weights).reduce(0) { $0 + (Int($1.0) - 48) * $1.1 }
        return digits + String(sum % 11 % 10)
    }

    private static func latin(_ word: String) -> String {
        let letters: [Character: String] = [
            "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "и": "i", "к": "k",
            "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
            "у": "u", "х": "kh",
        ]
        return word.lowercased().map { letters[$0] ?? String($0) }.joined().capitalized
    }
}

extension LinkageOptions {
    /// Settings for tests: fewer random pairs, which suffice for few records.
    static var quick: LinkageOptions {
        var options = LinkageOptions()
        options.randomPairs = 20_000
        return options
    }
}

extension Link {
    /// The pair on one line.
    var line: String { "\(left)=\(right)" }
}

extension Cluster {
    /// The members on one line.
    var line: String { members.map(\.id.rawValue).joined(separator: "=") }
}
