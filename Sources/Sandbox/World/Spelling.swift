/// How a name is spelt in each system: the same name, in the habits of those who type there.
struct Spelling {
    /// The text.
    var text: String
    /// Whether it is so far off (a typing error, another alphabet, an addition) that a reconciler
    /// may report it without being wrong.
    var isFar = false

    /// 1C's `Description`: the legal form stands after the name, so that lists sort by name.
    static func description(_ name: OrganizationName, random: inout RandomSource) -> Spelling {
        let form = name.form.short
        let core = name.core()
        if name.isPerson {
            guard !form.isEmpty else { return Spelling(text: core) }
            return Spelling(
                text: random.pick([
                    "\(core) \(form)", "\(form) \(core)", "\(core) \(form)",
                    "\(name.initials()) \(form)",
                ]))
        }
        let text: String
        switch random.below(100) {
        case 0..<42: text = "\(core.uppercased()) \(form)"
        case 42..<75: text = "\(core) \(form)"
        case 75..<86: text = "\(form) \(core)"
        case 86..<92: text = "\(core), \(form)"
        case 92..<98: text = core
        case 98: text = "яя\(core) \(form)"
        default: text = "!\(core) \(form)"
        }
        return Spelling(text: name.branchCity.isEmpty ? text : "\(text) филиал \(name.branchCity)")
    }

    /// 1C's full name: form first, in quotes, as in contracts.
    static func fullName(_ name: OrganizationName, random: inout RandomSource) -> String {
        let long = random.chance(0.3)
        let form = long ? name.form.long : name.form.short
        let core = name.core(bodyInFull: long)
        if name.isPerson { return form.isEmpty ? core : "\(form) \(core)" }
        if case .foreign = name.form { return "\(core) \(form)" }
        let text = "\(form) \"\(core)\""
        return name.branchCity.isEmpty ? text : "Филиал \(text) в г. \(name.branchCity)"
    }

    /// A title in the CRM, typed by salespeople or filled from a site.
    static func title(_ name: OrganizationName, random: inout RandomSource) -> Spelling {
        let form = name.form.short
        let core = name.core()
        if name.isPerson {
            guard !form.isEmpty else { return Spelling(text: core) }
            return Spelling(
                text: random.pick([
                    "\(form) \(core)", "\(form) \(core)", "\(form) \(name.initials())",
                    "\(form) \(name.initials(spaced: true))", "\(core) (\(form))",
                    "\(name.form.long) \(core)",
                ]))
        }
        if case .foreign = name.form { return Spelling(text: "\(core) \(form)") }
        if !name.branchCity.isEmpty {
            return Spelling(text: "\(form) «\(core)» филиал \(name.branchCity)")
        }
        switch random.below(100) {
        case 0..<28: return Spelling(text: "\(form) «\(core)»")
        case 28..<52: return Spelling(text: "\(form) \"\(core)\"")
        case 52..<70: return Spelling(text: core)
        case 70..<78: return Spelling(text: "\(core) \(form)")
        case 78..<82: return Spelling(text: core.lowercased())
        case 82..<85: return Spelling(text: "\(form) \(core)".lowercased())
        case 85..<88: return Spelling(text: "\(form) “\(name.core(bodyInFull: true))”")
        case 88..<90: return Spelling(text: "\(form) \"\"\(core)\"\"")
        case 90..<92: return Spelling(text: "\(form) &quot;\(core)&quot;")
        case 92..<94: return Spelling(text: "\(form) ''\(core)''")
        case 94..<96: return Spelling(text: "\(form) \"\(core)")
        case 96..<98:
            let latin = "\(Dirt.transliterated(core)) \(name.form.latin)"
            return Spelling(
                text: latin.hasSuffix(" ") ? String(latin.dropLast()) : latin, isFar: true)
        default:
            return Spelling(text: "\(core) (\(random.pick(PlaceStock.cities).name))", isFar: true)
        }
    }

    /// Dirties some spellings: see ``Dirt``.
    func dirtied(share: Double, random: inout RandomSource) -> Spelling {
        guard random.chance(share) else { return self }
        let kind = random.pick(Dirt.Kind.allCases)
        return Spelling(
            text: Dirt.apply(kind, to: text, random: &random), isFar: isFar || kind == .typo)
    }
}
