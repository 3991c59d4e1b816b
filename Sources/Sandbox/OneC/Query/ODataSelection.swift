/// Which properties an answer shows, and which references it unfolds.
struct ODataSelection {
    /// A property, and of a section the columns that are shown.
    var columns: [(column: Int, sectionColumns: [Int])] = []
    /// `ВидЦены____Presentation`, with the column that it presents; none for the entity's own.
    var presentations: [(name: String, column: Int?)] = []
    /// Navigation properties that are unfolded, with the column and the set they lead to.
    var expanded: [(name: String, column: Int, target: any ODataSet)] = []

    private static let presentationSuffix = "____Presentation"

    /// Reads `$select` and `$expand`.
    ///
    /// `$select` knows names, `*`, `**` (all but sections), `Секция/Колонка`, `Presentation`,
    /// `Имя____Presentation` and `*____Presentation`.
    init(
        _ select: String?, expand: String? = nil, of set: any ODataSet,
        _ catalogue: Catalogue? = nil
    ) throws(ODataError) {
        var chosen: [Int: Set<Int>] = [:]
        for part in (select ?? "*").split(separator: ",") {
            try choose(part.drop { $0 == " " }, of: set, &chosen)
        }
        columns = chosen.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
        for part in (expand ?? "").split(separator: ",") {
            let path = part.drop { $0 == " " }.split(separator: "/")
            guard let name = path.first, path.count == 1 || path.count == 2 && path[1] == "*",
                let column = set.column(named: "\(name)_Key"),
                set.properties[column].navigation != nil,
                let target = set.properties[column].target.flatMap({ catalogue?[$0] })
            else { throw .unknownProperty(part, option: "$expand") }
            expanded.append((String(name), column, target))
        }
    }

    private mutating func choose(
        _ name: Substring, of set: any ODataSet, _ chosen: inout [Int: Set<Int>]
    ) throws(ODataError) {
        let properties = set.properties
        func choose(_ column: Int) {
            chosen[column] = Set((properties[column].sectionColumns ?? []).indices)
        }
        if name == "*" || name == "**" {
            for column in properties.indices where name == "*" || !properties[column].isSection {
                choose(column)
            }
            return
        }
        if name == "Presentation" {
            presentations.append((String(name), nil))
            return
        }
        if name.hasSuffix(Self.presentationSuffix) {
            let before = presentations.count
            let own = name.dropLast(Self.presentationSuffix.count)
            for (column, property) in properties.enumerated().dropFirst()
            where property.isReference {
                let plain =
                    property.name.hasSuffix("_Key") ? property.name.dropLast(4) : property.name[...]
                guard own == "*" || own == plain else { continue }
                presentations.append((plain + Self.presentationSuffix, column))
            }
            guard own == "*" || presentations.count > before else {
                throw .unknownProperty(name, option: "$select")
            }
            return
        }
        let path = name.split(separator: "/", maxSplits: 1)
        guard let head = path.first, let column = set.column(named: head) else {
            throw .unknownProperty(name, option: "$select")
        }
        guard path.count == 2 else { return choose(column) }
        guard
            let inner = properties[column].sectionColumns?.firstIndex(where: { $0.name == path[1] })
        else { throw .unknownProperty(name, option: "$select") }
        chosen[column, default: []].insert(inner)
    }

    /// What a person sees of a column's value.
    static func presentation(
        _ column: Int?, of set: any ODataSet, at row: Int, _ catalogue: Catalogue?
    ) -> String {
        guard let column else { return set.presentation(at: row) }
        let value = set.value(column, at: row)
        var target = set.properties[column].target
        if case .reference(_, let own) = value { target = own }
        guard set.properties[column].isReference else { return value.text }
        guard let key = value.target else { return "" }
        return catalogue?.presentation(of: key, in: target) ?? ""
    }
}
