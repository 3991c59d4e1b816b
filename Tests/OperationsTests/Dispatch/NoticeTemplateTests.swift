import Channels
import Definitions
import Foundation
import Reporting
import TestSupport
import Testing

@testable import Operations

@Suite("Notice templates")
struct NoticeTemplateTests {
    private func template(_ text: String, names: Set<String>) throws -> NoticeTemplate {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "templates/notices/own"),
            withIntermediateDirectories: true)
        _ = try folder.write(text, to: "templates/notices/own/ru.mustache")
        return try NoticeTemplate(
            "own", language: .russian, resources: ResourceFolders(overrides: folder.url),
            names: names)
    }

    @Test("give a title and lines, without markup's escapes")
    func written() throws {
        let template = try template(
            "{{title}}: {{count}}\n\n{{#causes}}\n- {{name}}\n{{/causes}}\n\nконец\n\n",
            names: ["title", "count", "causes", "name"])

        let notice = template.notice(
            [
                "title": "ООО «А & Б»\nвторая строка", "count": "5",
                "causes": [["name": "раз"], ["name": "два\nтри"]],
            ],
            topic: "alert.own", severity: .warning, time: Date(timeIntervalSince1970: 7))

        #expect(notice.title == "ООО «А & Б» вторая строка: 5")
        #expect(notice.lines == ["- раз", "- два три", "", "конец"])
        #expect(notice.language == "ru")
        #expect(notice.time == 7)
    }

    @Test("refuse a name that there is not, with its place")
    func unknownName() {
        let error = #expect(throws: DefinitionError.self) {
            try template("{{title}}\n  {{#causes}}{{nmae}}{{/causes}}", names: ["title", "causes"])
        }
        #expect(error?.line == 2)
        #expect(error?.column == 14)
        #expect(error?.message.contains("'nmae'") == true)
        #expect(error?.message.contains("causes, title") == true)
    }

    @Test("refuse what is no template")
    func broken() {
        #expect(throws: DefinitionError.self) { try template("{{#a}}", names: ["a"]) }
    }

    @Test(
        "find names in every kind of place",
        arguments: [
            ("{{{a}}}", ["a"]), ("{{&a}}", ["a"]), ("{{^a.b}}{{/a.b}}", ["a", "b", "a", "b"]),
            ("{{! a }}{{% CONTENT_TYPE:TEXT}}{{.}}", []), ("{{uppercased(a)}}", ["a"]),
            ("{{ a }} {{", ["a"]),
        ])
    func names(text: String, expected: [String]) {
        var rest = expected
        for name in expected
        where TemplateNames.unknown(in: text, known: Set(expected).subtracting([name])) == nil {
            rest = []
        }
        #expect(TemplateNames.unknown(in: text, known: Set(expected)) == nil)
        #expect(rest == expected)
    }
}
