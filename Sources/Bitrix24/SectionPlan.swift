internal import Collection
internal import Records

/// Decides which sections of an entity a portal can give: an older one has older lists.
struct SectionPlan: Sendable {
    let client: PortalClient

    /// What is to be read, and what a person should know about it.
    struct Choice: Sendable {
        var sections: [EntityMapping] = []
        var remarks: [String] = []
        /// Methods and modules that the portal does not have.
        var absent: [String] = []
    }

    /// Chooses among sections and what is read in their place.
    ///
    /// - Throws: ``CollectionError`` when a scope is missing that an administrator can grant.
    func choice(of sections: [EntityMapping]) async throws -> Choice {
        let rights = try await scopes()
        let replaceable = sections.filter { $0.older != nil }
        let missing =
            replaceable.isEmpty
            ? [] : try await client.missing(of: Self.methods(of: replaceable))
        var choice = Choice()
        var lacking: [String] = []
        for section in sections {
            let refused = section.rights.filter { rights?.contains($0) == false }
            let unknown = refused.isEmpty ? [] : try await unknownScopes(among: refused)
            let lost = Self.methods(of: [section]).filter(missing.contains)
            if let older = section.older, let what = lost.first ?? unknown.first {
                choice.remarks.append(Self.remark(client.host, what, older: older))
                choice.absent.append(what)
                let instead = try await self.choice(of: older)
                choice.sections += instead.sections
                choice.remarks += instead.remarks
                choice.absent += instead.absent
            } else {
                lacking += refused.filter { !lacking.contains($0) }
                choice.sections.append(section)
            }
        }
        guard lacking.isEmpty else {
            throw CollectionError(
                .refused,
                "\(client.host) has not granted the scope \(lacking.joined(separator: ", ")). "
                    + "Nothing was read; what an earlier run stored is untouched. Tick it in the "
                    + "settings of the webhook or application.")
        }
        return choice
    }

    /// What is said when something else is read instead.
    static func remark(_ host: String, _ what: String, older: [EntityMapping]) -> String {
        let lists = older.map(\.list).joined(separator: ", ")
        return older.isEmpty
            ? "\(host) has no \(what): what it gives was left out."
            : "\(host) has no \(what): \(lists) was read instead."
    }

    /// The methods that sections need, each once.
    static func methods(of sections: [EntityMapping]) -> [String] {
        var methods: [String] = []
        for section in sections {
            for list in [section.list] + section.related.map(\.list) {
                let name = ListMethod(list).name
                if !methods.contains(name) { methods.append(name) }
            }
        }
        return methods
    }

    /// The scopes that are granted; `nil` when the portal does not tell.
    private func scopes() async throws -> Set<String>? {
        do {
            return Set(try await client.scopes(full: false))
        } catch is UnknownMethod {
            return nil
        }
    }

    /// Scopes that nobody can grant, since the portal lacks the module.
    private func unknownScopes(among scopes: [String]) async throws -> [String] {
        let all = Set(try await client.scopes(full: true))
        return scopes.filter { !all.contains($0) }
    }
}
