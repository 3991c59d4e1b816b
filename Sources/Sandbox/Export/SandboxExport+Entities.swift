internal import Foundation

extension SandboxExport {
    /// Writes a folder for each side with a file for each entity, and the true pairs.
    func writeEntities(to folder: URL) throws {
        let manager = FileManager.default
        let (left, right, truth) = (
            folder.appending(path: "onec"), folder.appending(path: "bitrix24"),
            folder.appending(path: "truth")
        )
        for folder in [left, right, truth] {
            try manager.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        for (file, copy) in [
            ("onec.csv", left), ("bitrix24.csv", right), ("truth.csv", truth),
        ] {
            let copy = copy.appending(path: "counterparty.csv")
            if manager.fileExists(atPath: copy.path) { try manager.removeItem(at: copy) }
            try manager.copyItem(at: folder.appending(path: file), to: copy)
        }
        try writeInfobase(to: left)
        try writePortal(to: right)
        for entity in World.entities where entity != "counterparty" {
            try table(truth, entity, ["left_id", "right_id"], world.truePairs(of: entity)) {
                [$0.leftID, $0.rightID]
            }
        }
        try writeOperations(to: left.appending(path: "operation.jsonl"))
    }

    /// Writes one file, a row for each record for which there are cells.
    func table<Record>(
        _ folder: URL, _ entity: String, _ header: [String], _ records: some Sequence<Record>,
        _ cells: (Record) -> [String]?
    ) throws {
        var file = try CSVFile(folder.appending(path: "\(entity).csv"), header: header)
        for record in records {
            if let cells = cells(record) { try file.add(cells) }
        }
        try file.close()
    }

    private func writeOperations(to url: URL) throws {
        try Data().write(to: url)
        let handle = try FileHandle(forWritingTo: url)
        var writer = ByteWriter(capacity: 1 << 20)
        for operation in world.operations {
            operation.writeLine(to: &writer)
            guard writer.bytes.count > 1 << 20 else { continue }
            try handle.write(contentsOf: Data(writer.bytes))
            writer.truncate(to: 0)
        }
        try handle.write(contentsOf: Data(writer.bytes))
        try handle.close()
    }
}
