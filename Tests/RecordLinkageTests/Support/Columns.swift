@testable import RecordLinkage
import Records

/// A column of texts, one a record, in the order given.
func textColumn(
    _ texts: [String], _ reading: TextColumn.Reading = .plain(readsLatinAsRussian: true)
) -> TextColumn {
    TextColumn(records: recordList(texts), source: .init([0]), reading: reading, threads: 1)
}

/// Records of one field each, all left ones.
func recordList(_ texts: [String]) -> RecordList {
    RecordList(
        left: texts.enumerated().map { index, text in
            Record(id: RecordID(String(index + 1)), fields: [text.isEmpty ? nil : .text(text)])
        }, right: [])
}
