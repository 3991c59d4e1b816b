internal import Bitrix24
internal import Collection
internal import Foundation
internal import Mail
internal import OneC

/// What makes an answer one that can be right; each gives the answer as it is to be kept.
enum AnswerCheck {
    /// Text without control characters, which arrow keys leave, and without broken UTF-8; neither
    /// could be read back from a file.
    static func readable(_ answer: String) throws(Complaint) -> String {
        let isReadable = answer.unicodeScalars.allSatisfy {
            $0.properties.generalCategory != .control && $0 != "\u{FFFD}"
        }
        guard isReadable else { throw Complaint(.complaintCharacters) }
        return answer
    }

    static func given(_ answer: String) throws(Complaint) -> String {
        guard !answer.isEmpty else { throw Complaint(.complaintNeeded) }
        return answer
    }

    static func timeZone(_ answer: String) throws(Complaint) -> String {
        guard TimeZone(identifier: answer) != nil else {
            throw Complaint(.complaintTimeZone, ["answer": answer])
        }
        return answer
    }

    /// The address of a publication of 1C.
    static func infobase(_ answer: String) throws(Complaint) -> String {
        try webAddress(answer)
        do throws(CollectionError) {
            _ = try InfobaseAddress(answer, user: "", password: "")
        } catch { throw Complaint(.complaintInfobase) }
        return answer
    }

    /// The whole address of an incoming webhook; it is a secret and in no complaint.
    static func webhook(_ answer: String) throws(Complaint) -> String {
        try webAddress(answer)
        do throws(CollectionError) { _ = try Webhook(answer) } catch {
            throw Complaint(.complaintWebhook)
        }
        return answer
    }

    /// The address of a portal alone; its tokens go over TLS only, but for one on this machine.
    static func portal(_ answer: String) throws(Complaint) -> String {
        var address = answer
        while address.hasSuffix("/") { address.removeLast() }
        guard let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty,
            parts.path.isEmpty, parts.query == nil, parts.fragment == nil, parts.user == nil,
            parts.scheme == "https"
                || parts.scheme == "http" && ["127.0.0.1", "localhost"].contains(host)
        else { throw Complaint(.complaintPortal) }
        return address
    }

    /// A folder that is there and can be read, by its whole path: the configuration may stand elsewhere
    /// than where it is asked for.
    static func folder(_ answer: String) throws(Complaint) -> String {
        let path = URL(filePath: NSString(string: try given(answer)).expandingTildeInPath)
            .standardizedFileURL.path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Complaint(.complaintFolderMissing, ["folder": path])
        }
        guard isFolder.boolValue else { throw Complaint(.complaintFolderIsFile, ["folder": path]) }
        guard (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil else {
            throw Complaint(.complaintFolderClosed, ["folder": path])
        }
        return path
    }

    static func mailbox(_ answer: String) throws(Complaint) -> String {
        do throws(MailError) { return try MailAddress(answer).address } catch {
            throw Complaint(.complaintMailbox, ["answer": answer])
        }
    }

    /// None, one or several addresses, comma between.
    static func mailboxes(_ answer: String) throws(Complaint) -> [String] {
        var addresses: [String] = []
        for name in Self.names(answer) { addresses.append(try mailbox(name)) }
        return addresses
    }

    /// The name or number of a server; empty for none.
    static func server(_ answer: String) throws(Complaint) -> String {
        let isNumber = answer.split(separator: ":", omittingEmptySubsequences: false).count > 2
        let isName = answer.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                true
            default: byte == UInt8(ascii: ":") && isNumber
            }
        }
        guard isName else { throw Complaint(.complaintServer, ["answer": answer]) }
        return answer
    }

    static func port(_ answer: String) throws(Complaint) -> Int {
        guard let port = Int(answer), (1...65_535).contains(port) else {
            throw Complaint(.complaintPort)
        }
        return port
    }

    /// The names of a list, comma between.
    static func names(_ answer: String) -> [String] {
        answer.split(separator: ",").map { TextCleaning.trimmed(String($0)) }.filter { !$0.isEmpty }
    }

    private static func webAddress(_ answer: String) throws(Complaint) {
        guard let start = answer.firstRange(of: "://"),
            ["http", "https"].contains(answer[..<start.lowerBound].lowercased()),
            let first = answer[start.upperBound...].first,
            first.isLetter || first.isNumber || first == "[",
            !answer.contains(where: \.isWhitespace)
        else { throw Complaint(.complaintAddress) }
    }
}
