/// What people change in a day, made up from a seed: a telephone, a name, a number; records that come and
/// go.
struct RecordEdits {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    private mutating func next(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % max(1, count)
    }

    /// The rows of the next day.
    ///
    /// - Parameters:
    ///   - rows: Those of today.
    ///   - percent: How many of a hundred change. Of these three quarters are edited in one cell, an
    ///     eighth goes, and an eighth comes: a copy of another one with two cells edited.
    /// - Returns: As many as there were, more or less.
    mutating func edited(_ rows: CSVRows, percent: Double) -> CSVRows {
        var edited = CSVRows(header: rows.header, rows: [])
        edited.rows.reserveCapacity(rows.rows.count)
        var serial = 0
        for row in rows.rows {
            guard Double(next(1_000_000)) < percent * 10_000 else {
                edited.rows.append(row)
                continue
            }
            switch next(8) {
            case 0: break
            case 1:
                edited.rows.append(row)
                var copy = rows.rows[next(rows.rows.count)]
                copy[0] = copy[0].contains("-") ? "ffffffff-new-\(serial)" : "9\(copy[0])\(serial)"
                serial += 1
                change(&copy)
                change(&copy)
                edited.rows.append(copy)
            default:
                var changed = row
                change(&changed)
                edited.rows.append(changed)
            }
        }
        return edited
    }

    /// Changes one cell, never the id: a letter or digit becomes another one, or the cell is emptied.
    private mutating func change(_ row: inout [String]) {
        let filled = row.indices.dropFirst().filter { !row[$0].isEmpty }
        guard !filled.isEmpty else { return }
        let cell = filled[next(filled.count)]
        if next(10) == 0 {
            row[cell] = ""
            return
        }
        var letters = Array(row[cell])
        let place = next(letters.count)
        letters[place] =
            letters[place].isNumber
            ? Character("\(next(10))") : Array("абвгдежзиклмнопрстуфхцчшщэюя")[next(28)]
        row[cell] = String(letters)
    }
}
