/// Names of sheets as Excel takes them.
enum SheetName {
    private static let lengthMax = 31

    /// The name with forbidden characters replaced, cut, and numbered where it is taken.
    static func unique(_ name: String, among taken: [String]) -> String {
        let forbidden: Set<Character> = ["[", "]", ":", "*", "?", "/", "\\"]
        var clean = String(CellText.clean(name).map { forbidden.contains($0) ? " " : $0 })
        clean = clean.replacing("\n", with: " ").replacing("\t", with: " ")
        while clean.hasPrefix("'") { clean.removeFirst() }
        while clean.hasSuffix("'") { clean.removeLast() }
        if clean.isEmpty { clean = "Sheet" }
        let used = Set(taken.map { $0.lowercased() })
        var candidate = cut(clean, suffix: "")
        var number = 2
        while used.contains(candidate.lowercased()) {
            candidate = cut(clean, suffix: " (\(number))")
            number += 1
        }
        return candidate
    }

    private static func cut(_ name: String, suffix: String) -> String {
        var name = name
        while name.utf16.count + suffix.utf16.count > lengthMax { name.removeLast() }
        return name + suffix
    }
}
