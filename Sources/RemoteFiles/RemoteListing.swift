internal import Foundation

/// Reads what servers answer when they are asked what is in a folder.
enum RemoteListing {
    /// Names that stand one on a line, maybe with the folder before them.
    static func names(in text: [UInt8]) -> [String] {
        lines(text).compactMap { line in
            line.split(separator: "/").last.map(String.init).flatMap(safe)
        }
    }

    /// The files of a listing as `ls -l` gives it, for names that are known.
    ///
    /// Folders are left out. The size is the fifth column.
    static func files(named names: [String], in text: [UInt8]) -> [RemoteFile] {
        let lines = lines(text)
        return names.compactMap { name in
            let line = lines.first { line in
                line.hasSuffix(" " + name) || line.contains(" \(name) -> ")
            }
            guard let line else { return RemoteFile(name: name) }
            guard line.first != "d" else { return nil }
            let columns = line.split(separator: " ", maxSplits: 5)
            let size = line.first == "-" && columns.count > 5 ? Int(columns[4]) : nil
            return RemoteFile(name: name, byteCount: size)
        }
    }

    /// The names that an index page of a web server links to: those of the same folder.
    static func links(in page: [UInt8]) -> [String] {
        let text = String(decoding: page, as: UTF8.self)
        var names: [String] = []
        for match in text.matches(of: /(?i)<a\s[^>]*?href\s*=\s*["']([^"']+)["']/) {
            let link = match.1.replacing("&amp;", with: "&")
            let name = String(link.trimmingPrefix("./"))
            guard !name.contains("/"), !name.contains("?"), !name.contains("#"),
                let decoded = name.removingPercentEncoding, let safe = safe(decoded),
                !names.contains(safe)
            else { continue }
            names.append(safe)
        }
        return names
    }

    /// A name that can be that of a file in the local folder; `nil` for any other.
    private static func safe(_ name: String) -> String? {
        let isSafe =
            !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= 200
            && !name.unicodeScalars.contains { $0.value < 0x20 || $0 == "/" || $0 == "\\" }
        return isSafe ? name : nil
    }

    private static func lines(_ text: [UInt8]) -> [String] {
        String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }
}
