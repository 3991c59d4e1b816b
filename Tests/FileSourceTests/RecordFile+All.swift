import FileSource
import Records

extension RecordFile {
    /// Reads the whole file into memory.
    func readAll() async throws -> (records: [Record], summary: Summary) {
        var records: [Record] = []
        let summary = try await read(deliver: { records += $0 })
        return (records, summary)
    }
}
