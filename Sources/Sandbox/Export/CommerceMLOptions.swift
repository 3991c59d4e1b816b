/// In which form an exchange's files are written.
public struct CommerceMLOptions: Hashable, Sendable {
    /// In which encoding the files are.
    public enum Encoding: String, Hashable, Sendable, CaseIterable {
        /// With a mark of byte order.
        case utf8 = "utf-8"
        /// As older configurations write; what it has no character for is a reference.
        case windows1251 = "windows-1251"

        /// The first line.
        var declaration: String {
            switch self {
            case .utf8: "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            case .windows1251: "<?xml version=\"1.0\" encoding=\"windows-1251\"?>\n"
            }
        }

        /// A text in UTF-8, in this encoding.
        func bytes(_ text: [UInt8]) -> [UInt8] {
            self == .utf8 ? text : Windows1251Text.bytes(String(decoding: text, as: UTF8.self))
        }
    }

    /// In which encoding the files are.
    public var encoding = Encoding.utf8
    /// Whether all files are in one archive, `export.zip`.
    public var isPacked = false
    /// Goods and offers of one file; `nil` for one file of all.
    public var goodsPerFile: Double?
    /// Whether counterparties and orders are written too.
    public var hasDocuments = false
    /// Whether a third of the last file, or of the archive, is missing, as when a transfer broke off.
    public var isCut = false

    /// The usual form.
    public init() {}
}

extension CommerceMLOptions: SwitchableOptions {
    /// Everything that can be set by name, in the order in which it is listed.
    public static let switches: [SandboxSwitch<CommerceMLOptions>] = [
        .choice("encoding", "in which encoding the files are", Encoding.windows1251, \.encoding),
        .flag("zip", "whether all files are in one archive, export.zip", \.isPacked),
        .optionalNumber(
            "goods-per-file", "goods and offers of one file: import0_1.xml, import0_2.xml", "500",
            none: "all", \.goodsPerFile),
        .flag("documents", "whether counterparties and orders are written too", \.hasDocuments),
        .flag("cut", "whether the end of the last file, or of the archive, is missing", \.isCut),
    ]
}

/// Text in windows-1251.
enum Windows1251Text {
    /// The characters from 0x80 on that are no letters from А to я; 0x98 is none.
    private static let further: [UInt32: UInt8] = [
        0x0402: 0x80, 0x0403: 0x81, 0x201A: 0x82, 0x0453: 0x83, 0x201E: 0x84, 0x2026: 0x85,
        0x2020: 0x86, 0x2021: 0x87, 0x20AC: 0x88, 0x2030: 0x89, 0x0409: 0x8A, 0x2039: 0x8B,
        0x2018: 0x91, 0x2019: 0x92, 0x201C: 0x93, 0x201D: 0x94, 0x2022: 0x95, 0x2013: 0x96,
        0x2014: 0x97, 0x2122: 0x99, 0x203A: 0x9B, 0x00A0: 0xA0, 0x00A4: 0xA4, 0x00A6: 0xA6,
        0x00A7: 0xA7, 0x0401: 0xA8, 0x00A9: 0xA9, 0x00AB: 0xAB, 0x00AC: 0xAC, 0x00AD: 0xAD,
        0x00AE: 0xAE, 0x00B0: 0xB0, 0x00B1: 0xB1, 0x00B5: 0xB5, 0x00B6: 0xB6, 0x00B7: 0xB7,
        0x0451: 0xB8, 0x2116: 0xB9, 0x00BB: 0xBB,
    ]

    /// The bytes of a text between tags; a character that the encoding lacks is a reference.
    static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x80: bytes.append(UInt8(scalar.value))
            case 0x0410...0x044F: bytes.append(UInt8(scalar.value - 0x0410 + 0xC0))
            default:
                if let byte = further[scalar.value] {
                    bytes.append(byte)
                } else {
                    bytes += Array("&#\(scalar.value);".utf8)
                }
            }
        }
        return bytes
    }
}
