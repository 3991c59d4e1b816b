import Testing

@testable import FileSource

@Suite("Names of exported files")
struct ExportNameTests {
    @Test("numbers are ordered as people do")
    func order() {
        let names = ["import0_10.xml", "import0_2.xml", "import0_1.xml", "import1_1.xml"]
        #expect(
            names.sorted(by: ExportName.isBefore)
                == ["import0_1.xml", "import0_2.xml", "import0_10.xml", "import1_1.xml"])
    }

    @Test(
        "dates, times and GUIDs do not tell the parts of an export, short numbers do",
        arguments: [
            ("import_20260130.xml", "import_20260131.xml", true),
            ("import_2026-01-30.xml", "import_2026-01-31.xml", true),
            ("import_2026-01-30_02-00.xml", "import_2026-01-31_02-05.xml", true),
            (
                "import___7f304edc-2527-4d3d-b058-6e4ee53de2e0.xml",
                "import___1af6e7b8-a026-4690-9752-1c9d64cb914d.xml", true
            ),
            ("import0_1.xml", "import0_2.xml", false),
            ("import_20260130_1.xml", "import_20260131_2.xml", false),
            ("import0_1.xml", "offers0_1.xml", false),
        ])
    func family(one: String, other: String, isSame: Bool) {
        #expect((ExportName.family(of: one) == ExportName.family(of: other)) == isSame)
    }

    @Test(
        "a file is named for an entity with nothing but dates and numbers after it",
        arguments: [
            ("operation.jsonl", true), ("operation-2026-01-31.jsonl", true),
            ("operation_20260131T0200.csv", true), ("operation.jsonl.1", true),
            ("operation.2026-01-31.jsonl", true), ("Operation.JSONL", true),
            ("operations.jsonl", false), ("operation_log.jsonl", false), ("operation", false),
            ("my_operation.jsonl", false), ("operation2.jsonl", false),
        ])
    func named(name: String, isNamed: Bool) {
        #expect(ExportName.isNamed(name, "operation") == isNamed)
    }
}
