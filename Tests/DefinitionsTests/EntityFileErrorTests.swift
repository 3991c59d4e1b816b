import Definitions
import Foundation
import Records
import TestSupport
import Testing

@Suite("Errors in entity files")
struct EntityFileErrorTests {
    /// A file that is right, whose sections the cases replace.
    private static func file(_ section: String) -> String {
        """
        entity: e
        fields:
          a: {type: text}
          b: {type: tax_id}
          c: {type: boolean}
        \(section)
        """
    }

    private func error(in text: String) -> DefinitionError? {
        do {
            _ = try EntityFile.parse(text, file: "e.yaml")
            return nil
        } catch { return error }
    }

    @Test("the file that the cases change is right")
    func right() throws {
        #expect(error(in: Self.file("title: {en: E}")) == nil)
    }

    @Test(
        "an error stands at the word that is wrong and says what would be right",
        arguments: [
            ("entty: e", 6, 1, "unknown key 'entty'; known here: compared, entity, fields"),
            ("title: E", 6, 8, "expected 'key: value' pairs"),
            ("id_headers: {a: b}", 6, 13, "expected a text"),
            ("linkage: [a]", 6, 10, "expected 'key: value' pairs"),
            ("linkage: {rule: []}", 6, 11, "unknown key 'rule'"),
            ("linkage: {rules: {same: a}}", 6, 18, "expected a list"),
            ("linkage:\n  rules:\n    - {name: x}", 8, 7, "'same' is missing here"),
            (
                "linkage:\n  rules:\n    - {same: [a, x]}", 8, 18,
                "no field 'x'; the fields are: a, b, c"
            ),
            ("linkage: {rules: [{same: a, unique: maybe}]}", 6, 37, "expected true or false"),
            ("linkage: {rules: [{same: a, evidence: much}]}", 6, 39, "expected a number"),
            ("linkage: {rules: [{same: a, evidence: nan}]}", 6, 39, "expected a number"),
            ("linkage: {explicit: [{left: a, right: b}]}", 6, 22, "must be $id"),
            ("linkage: {distinct: [{same: a}]}", 6, 22, "'different' is missing"),
            ("linkage: {comparisons: [{fields: []}]}", 6, 34, "name at least one field"),
            (
                "linkage: {comparisons: [{fields: a, method: fuzzy}]}", 6, 45,
                "'fuzzy' is not one of: name"
            ),
            ("linkage: {comparisons: [{fields: a, levels: [0.7, 0.9]}]}", 6, 51, "levels fall"),
            ("linkage: {comparisons: [{fields: a, levels: [1.1]}]}", 6, 46, "levels fall"),
            ("linkage: {comparisons: [{fields: a, levels: [0]}]}", 6, 46, "levels fall"),
            (
                "linkage: {comparisons: [{fields: b, levels: [0.9]}]}", 6, 45,
                "'digits' has levels of its own"
            ),
            ("linkage: {blocking: [a:suffx]}", 6, 22, "'suffx' is not one of: whole"),
            ("linkage: {blocking: [x]}", 6, 22, "no field 'x'"),
            ("linkage: {blocking: [[]]}", 6, 22, "at least one key"),
            ("linkage: {blocking: [{keys: a, largest: 1}]}", 6, 41, "at least 2 records"),
            ("linkage: {blocking: [{keys: a, largest: 1.5}]}", 6, 41, "expected a whole number"),
            ("reconciliation: {deleted: a}", 6, 27, "'a' is text; this takes one of: boolean"),
            ("reconciliation: {title: x}", 6, 25, "'x' is not a field of this entity"),
            ("reconciliation: {compare: {a: {}}}", 6, 31, "'severity' is missing"),
            (
                "reconciliation: {compare: {a: {severity: fatal}}}", 6, 42,
                "'fatal' is not one of: info, warning, error"
            ),
            (
                "reconciliation: {compare: {a: {severity: info, authoritative: 1c}}}", 6, 63,
                "'1c' is not one of: left, right"
            ),
            (
                "reconciliation: {compare: {a: {severity: info, tolerance: -1}}}", 6, 59,
                "expected a number such as 0.05"
            ),
            (
                "reconciliation: {compare: {a: {severity: info, tolerance: 101 %}}}", 6, 59,
                "0 to 100 %"
            ),
            (
                "reconciliation: {compare: {a: {severity: info, at_stake: 5 rub}}}", 6, 58,
                "expected an amount and a currency"
            ),
            (
                "reconciliation: {compare: {a: {severity: info, at_stake: 0.001 RUB}}}", 6, 58,
                "expected an amount and a currency"
            ),
            (
                "reconciliation: {validate: {a: {severity: info}}}", 6, 29,
                "this takes one of: tax_id"
            ),
            (
                "reconciliation: {validate: {a: {severity: info, above: 0}}}", 6, 29,
                "'a' is text; this takes one of: integer, quantity, money"
            ),
            (
                "reconciliation: {validate: {b: {severity: info, form: gs1}}}", 6, 29,
                "'b' is tax_id; this takes one of: code, text"
            ),
            (
                "reconciliation: {validate: {a: {severity: info, form: isbn}}}", 6, 55,
                "'isbn' is not one of: gs1"
            ),
            ("reconciliation: {findings: {lost: {severity: info}}}", 6, 29, "'lost' is not one of"),
            (
                "reconciliation: {findings: {duplicate: {severity: info, within: [a]}}}", 6, 57,
                "unknown key 'within'"
            ),
            (
                "reconciliation: {findings: {missing: {severity: info, within: [x]}}}", 6, 64,
                "'x' is not a field of this entity"
            ),
            (
                "reconciliation: {findings: {missing: {severity: info, unless: {x: [1]}}}}", 6, 64,
                "'x' is not a field of this entity"
            ),
            (
                "reconciliation: {findings: {missing: {severity: info, minutes: -1}}}", 6, 64,
                "not negative"
            ),
        ])
    func place(section: String, line: Int, column: Int, message: String) throws {
        let error = try #require(self.error(in: Self.file(section)))
        #expect(error.file == "e.yaml")
        #expect(error.line == line)
        #expect(error.column == column)
        #expect(error.message.contains(message), "\(error.message)")
        #expect(error.description.hasPrefix("e.yaml:\(line):\(column): "))
    }

    @Test(
        "a bound is a number, and one of the two",
        arguments: [
            ("above: some", "expected a number such as 0"),
            ("above: 0, at_least: 0", "leave one of the two out"),
            ("at_least: 0, form: gs1", "numbers have no form"),
        ])
    func bounds(keys: String, message: String) throws {
        let error = try #require(
            self.error(
                in: """
                    entity: e
                    fields: {n: {type: money}}
                    reconciliation: {validate: {n: {severity: info, \(keys)}}}
                    """))
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test(
        "what a file must have is asked for",
        arguments: [
            ("fields: {a: {type: text}}", "'entity' is missing"),
            ("entity: e", "'fields' is missing"),
            ("entity: e\nfields:", "'fields' is missing"), ("entity: e\nfields: {}", "no fields"),
            ("entity: e\nfields: [a]", "expected 'key: value' pairs"),
            ("entity: e\nfields: {a: text}", "expected 'key: value' pairs"),
            ("entity: e\nfields: {a: {}}", "'type' is missing"),
            ("entity: e\nfields: {a: {type: string}}", "'string' is not one of: text, code"),
            ("entity: e\nfields: {a: {typ: text}}", "unknown key 'typ'"),
            ("entity: [e]\nfields: {a: {type: text}}", "expected a text"),
            ("just a text", "expected 'key: value' pairs"),
            ("- a\n- b", "expected 'key: value' pairs"),
        ])
    func mandatory(text: String, message: String) throws {
        let error = try #require(self.error(in: text))
        #expect(error.message.contains(message), "\(error.message)")
        #expect(error.line != nil && error.column != nil)
    }

    @Test("an empty file is called empty", arguments: ["", "\n\n", "# nothing yet\n"])
    func empty(text: String) throws {
        let error = try #require(self.error(in: text))
        #expect(error.file == "e.yaml")
        #expect(error.message == "the file is empty")
    }

    @Test(
        "broken YAML is placed too",
        arguments: [
            ("entity: e\nfields: {a: {type: text}\nlinkage: {}", 3), ("entity: e\n\tfields: {}", 2),
            ("entity: \"e\nfields", 2), ("a: [", 2), ("entity: e\nfields: *nothing", 2),
        ])
    func broken(text: String, line: Int) throws {
        let error = try #require(self.error(in: text))
        #expect(error.message.hasPrefix("not valid YAML: "))
        #expect(error.line == line)
        #expect(error.column != nil)
    }

    @Test("a key that stands twice is named and placed, and the file not printed")
    func duplicates() throws {
        let text =
            "entity: secret\nfields:\n  a: {type: text}\n  b: {type: text}\n  a: {type: code}\n"
        let error = try #require(self.error(in: text))
        #expect(error.message == "not valid YAML: twice here: a")
        #expect(error.line == 3 || error.line == 5)
        #expect(!error.description.contains("secret"))
    }

    @Test("a file that is not UTF-8, or not there, is refused by its path")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "e.yaml")
        // «контрагент» in windows-1251.
        try Data([0xEA, 0xEE, 0xED, 0xF2, 0xF0, 0xE0, 0xE3, 0xE5, 0xED, 0xF2]).write(to: file)
        for url in [file, folder.url.appending(path: "none.yaml"), folder.url] {
            #expect(
                throws: DefinitionError(file: url.path, message: "cannot be read as UTF-8 text")
            ) { try EntityFile.read(url) }
            #expect(
                throws: DefinitionError(file: url.path, message: "cannot be read as UTF-8 text")
            ) { try MappingFile.read(url, entities: []) }
        }
    }
}
