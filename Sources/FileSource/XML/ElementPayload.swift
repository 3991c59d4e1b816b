internal import Collection
internal import XMLStream

/// Gathers one element with everything in it and gives it as a JSON object, the form in which
/// mappings read.
///
/// Attributes and child elements are members; what is there several times is a list. An element
/// that has only a text is that text. A text beside attributes or children is the member `text()`,
/// as XPath calls it. White space between children is left out.
struct ElementPayload {
    /// A text longer than this is no field's value but a picture; its rest is left out.
    static let longestTextByteCount = 256 * 1_024
    /// An element larger than this is no record.
    static let largestByteCount = 32 << 20

    private struct Node {
        /// The number of its name; a node holds no reference, as there are very many of them.
        let name: Int
        var firstChild = -1
        var lastChild = -1
        /// The next child of the same parent.
        var sibling = -1
        /// The next child of the same parent and name.
        var namesake = -1
        /// Whether another child of this name stands before it.
        var isRepetition = false
        var firstText = -1
        var lastText = -1
        var textByteCount = 0
        var hasWords = false
    }

    private struct TextPiece {
        let start: Int
        var end: Int
        var next = -1
    }

    private var nodes: [Node] = []
    private var open: [Int] = []
    private var texts: [UInt8] = []
    private var pieces: [TextPiece] = []
    /// The last child of a name in the parent whose children are being chained, by name.
    private var lastNamed: [Int] = []
    /// The parent for which an entry of `lastNamed` holds.
    private var ownerOfLast: [Int] = []
    private var json: [UInt8] = []
    private var names: [[UInt8]] = []
    /// Texts of which the rest was left out.
    private(set) var cutCount = 0

    /// Whether an element is being gathered.
    var isOpen: Bool { !open.isEmpty }

    /// So many bytes were gathered, texts and what keeps them.
    var byteCount: Int { texts.count + nodes.count * 48 }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
        begin(name)
        for position in 0..<attributes.count {
            begin(attributes.name(at: position))
            append(attributes.value(at: position))
            _ = open.popLast()
        }
    }

    /// Ends the innermost element.
    mutating func end() { _ = open.popLast() }

    mutating func text(_ piece: Span<UInt8>) {
        guard let node = open.last else { return }
        let room = room(in: node, for: piece.count)
        // A piece that is cut is cut between characters.
        var count = room
        while count > 0, count < piece.count, piece[count] & 0xC0 == 0x80 { count -= 1 }
        guard count > 0 else { return }
        extend(node)
        let hadWords = nodes[node].hasWords
        let hasWords = piece.withUnsafeBufferPointer { bytes in
            let kept = UnsafeBufferPointer(rebasing: bytes[..<count])
            texts.append(contentsOf: kept)
            return hadWords || kept.contains { $0 > 0x20 }
        }
        nodes[node].hasWords = hasWords
        close(node, count)
    }

    /// The object as JSON text; what was gathered is forgotten.
    mutating func takeJSON() -> [UInt8] {
        json.removeAll(keepingCapacity: true)
        json.reserveCapacity(texts.count * 2)
        // A record is an object even when it has no attributes and no children.
        if nodes[0].firstChild < 0 {
            json.append(UInt8(ascii: "{"))
            if nodes[0].hasWords { writeTextMember(0) }
            json.append(UInt8(ascii: "}"))
        } else {
            write(0)
        }
        nodes.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
        pieces.removeAll(keepingCapacity: true)
        for index in ownerOfLast.indices { ownerOfLast[index] = -1 }
        cutCount = 0
        return json
    }

    private mutating func begin(_ name: XMLName) {
        let index = nodes.count
        nodes.append(Node(name: name.index))
        if let parent = open.last {
            if nodes[parent].lastChild >= 0 {
                nodes[nodes[parent].lastChild].sibling = index
            } else {
                nodes[parent].firstChild = index
            }
            nodes[parent].lastChild = index
        }
        open.append(index)
        while names.count <= name.index {
            names.append([])
            lastNamed.append(-1)
            ownerOfLast.append(-1)
        }
        if names[name.index].isEmpty { names[name.index] = JSONText.quoted(name.utf8) }
    }

    private mutating func append(_ value: ArraySlice<UInt8>) {
        guard let node = open.last else { return }
        let count = room(in: node, for: value.count)
        guard count > 0 else { return }
        extend(node)
        texts.append(contentsOf: value.prefix(count))
        nodes[node].hasWords = nodes[node].hasWords || value.contains { $0 > 0x20 }
        close(node, count)
    }

    /// How many of so many bytes a node's text still takes.
    private mutating func room(in node: Int, for count: Int) -> Int {
        let room = max(0, Self.longestTextByteCount - nodes[node].textByteCount)
        if room >= count { return count }
        if nodes[node].textByteCount <= Self.longestTextByteCount { cutCount += 1 }
        // Counted once: beyond the limit from now on.
        nodes[node].textByteCount = Self.longestTextByteCount + 1
        return room
    }

    /// Makes the last piece of a node's text end where texts end.
    private mutating func extend(_ node: Int) {
        let last = nodes[node].lastText
        if last >= 0, pieces[last].end == texts.count { return }
        pieces.append(TextPiece(start: texts.count, end: texts.count))
        if last >= 0 {
            pieces[last].next = pieces.count - 1
        } else {
            nodes[node].firstText = pieces.count - 1
        }
        nodes[node].lastText = pieces.count - 1
    }

    private mutating func close(_ node: Int, _ count: Int) {
        pieces[nodes[node].lastText].end = texts.count
        if nodes[node].textByteCount <= Self.longestTextByteCount {
            nodes[node].textByteCount += count
        }
    }

    private mutating func write(_ index: Int) {
        guard nodes[index].firstChild >= 0 else {
            writeText(index)
            return
        }
        chain(index)
        json.append(UInt8(ascii: "{"))
        var child = nodes[index].firstChild
        var isFirst = true
        while child >= 0 {
            if !nodes[child].isRepetition {
                if !isFirst { json.append(UInt8(ascii: ",")) }
                isFirst = false
                json.append(contentsOf: names[nodes[child].name])
                json.append(UInt8(ascii: ":"))
                writeNamesakes(child)
            }
            child = nodes[child].sibling
        }
        if nodes[index].hasWords {
            json.append(UInt8(ascii: ","))
            writeTextMember(index)
        }
        json.append(UInt8(ascii: "}"))
    }

    private mutating func writeNamesakes(_ first: Int) {
        guard nodes[first].namesake >= 0 else {
            write(first)
            return
        }
        json.append(UInt8(ascii: "["))
        var child = first
        while child >= 0 {
            if child != first { json.append(UInt8(ascii: ",")) }
            write(child)
            child = nodes[child].namesake
        }
        json.append(UInt8(ascii: "]"))
    }

    /// Links the children of a node that have one name, wherever they stand.
    private mutating func chain(_ parent: Int) {
        var child = nodes[parent].firstChild
        while child >= 0 {
            let name = nodes[child].name
            if ownerOfLast[name] == parent {
                nodes[lastNamed[name]].namesake = child
                nodes[child].isRepetition = true
            }
            ownerOfLast[name] = parent
            lastNamed[name] = child
            child = nodes[child].sibling
        }
    }

    private mutating func writeTextMember(_ index: Int) {
        json.append(contentsOf: Self.textMember)
        writeText(index)
    }

    private static let textMember = Array(#""text()":"#.utf8)

    private mutating func writeText(_ index: Int) {
        json.append(UInt8(ascii: "\""))
        var piece = nodes[index].firstText
        while piece >= 0 {
            JSONText.append(texts[pieces[piece].start..<pieces[piece].end], to: &json)
            piece = pieces[piece].next
        }
        json.append(UInt8(ascii: "\""))
    }
}

/// Bytes of UTF-8 as JSON writes them in strings.
enum JSONText {
    static func quoted(_ bytes: [UInt8]) -> [UInt8] {
        var json = [UInt8(ascii: "\"")]
        append(bytes[...], to: &json)
        json.append(UInt8(ascii: "\""))
        return json
    }

    static func append(_ bytes: ArraySlice<UInt8>, to json: inout [UInt8]) {
        var start = bytes.startIndex
        for index in bytes.indices {
            let byte = bytes[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
                continue
            }
            json.append(contentsOf: bytes[start..<index])
            start = index + 1
            json.append(UInt8(ascii: "\\"))
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): json.append(byte)
            case 0x0A: json.append(UInt8(ascii: "n"))
            case 0x0D: json.append(UInt8(ascii: "r"))
            case 0x09: json.append(UInt8(ascii: "t"))
            // XML 1.0 has no other characters below the space.
            default: json.append(contentsOf: "u0020".utf8)
            }
        }
        json.append(contentsOf: bytes[start...])
    }
}
