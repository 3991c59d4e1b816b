import Definitions
import Foundation
import Records
import TestSupport
import Testing

@Suite("File of error types")
struct ErrorTypesFileTests {
    private static let head = """
        types:
          connection.timeout:
            title: {ru: Время, en: Timeout}
            advice: {ru: Ждать, en: Wait}
        rules:

        """

    @Test("gives types and rules in the order of the file")
    func reads() throws {
        let types = try ErrorTypesFile.parse(
            Self.head + "  - {type: connection.timeout, code: ['504'], message: timed out}",
            file: "x.yaml")
        #expect(types.types.map(\.name) == ["connection.timeout"])
        #expect(types["connection.timeout"]?.group == "connection")
        #expect(
            types.rules == [
                ErrorRule(type: "connection.timeout", codes: ["504"], phrases: ["timed out"])
            ])
    }

    @Test(
        "complains with line and column",
        arguments: [
            (
                "  - {type: nowhere, code: ['1']}",
                "x.yaml:6:12: type 'nowhere' is not among: connection.timeout"
            ),
            (
                "  - {type: connection.timeout}",
                "x.yaml:6:5: a rule needs 'code' or 'message', or it would fit every error"
            ),
            (
                "  - {type: connection.timeout, message: '*'}",
                "x.yaml:6:41: '*' would fit every error"
            ),
            (
                "  - {type: connection.timeout, msg: a}",
                "x.yaml:6:32: unknown key 'msg'; known here: code, message, type"
            ),
        ])
    func complains(rule: String, expected: String) {
        let error = #expect(throws: DefinitionError.self) {
            try ErrorTypesFile.parse(Self.head + rule, file: "x.yaml")
        }
        #expect(error?.description == expected)
    }

    @Test("has Russian and English words for every type that is shipped, and a rule for each")
    func shipped() throws {
        let types = try ErrorTypesFile.read(
            ProjectFolders.root.appending(path: "templates/journal/error-types.yaml"))
        for type in types.types {
            #expect(Set(type.title.byLanguage.keys) == ["ru", "en"], "\(type.name)")
            #expect(Set(type.advice.byLanguage.keys) == ["ru", "en"], "\(type.name)")
            #expect(
                types.rules.contains { $0.type == type.name } == (type.name != ErrorTypes.unknown),
                "\(type.name)")
        }
        #expect(
            Set(types.types.map(\.group))
                == ["connection", "data", "authorization", "unknown"])
    }
}
