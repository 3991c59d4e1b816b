internal import Foundation
public import Collection
public import Records

extension Bitrix24Source {
    /// Tries the credentials, their rights, the clock, the lists and their fields.
    public func check(_ entity: EntityDefinition) async -> [SourceCheck] {
        let client = client()
        var checks: [SourceCheck] = []
        let given: [EntityMapping]
        do throws(CollectionError) {
            given = try sections(of: entity.name)
        } catch {
            return [SourceCheck(subject: "mapping", isPassed: false, detail: error.message)]
        }
        guard await checkOwner(client, &checks) else { return checks }
        await checkRights(given, client, &checks)
        await checkTime(client, &checks)
        let catalogues = PortalCatalogues(client: client)
        for section in await chosen(given, client, &checks) {
            await checkList(section.list, client, catalogues, &checks)
            for list in section.related {
                await checkList(list.list, owner: list.owner, client, catalogues, &checks)
            }
            for lookup in section.lookups {
                await checkList(lookup.list, client, catalogues, &checks)
            }
            await checkFields(section, client, &checks)
            await checkRelatedFields(section, client, &checks)
            if section.list == given.first?.list {
                await checkOwnFields(section, entity, client, &checks)
            }
            await checkProperties(section, catalogues, &checks)
        }
        return checks
    }

    private func checkOwner(_ client: PortalClient, _ checks: inout [SourceCheck]) async -> Bool {
        do {
            let isAdministrator = try await client.isAdministrator() ?? false
            checks.append(
                SourceCheck(subject: "reachable", isPassed: true, detail: "\(access.host) answers"))
            checks.append(
                SourceCheck(
                    subject: "rights", isPassed: isAdministrator,
                    detail: isAdministrator
                        ? "the \(access.kind)'s owner is an administrator and sees everything"
                        : "the \(access.kind)'s owner is no administrator: records that the owner "
                            + "may not see would be left out. Make the \(access.kind) as an "
                            + "administrator."))
            return true
        } catch {
            checks.append(failure("reachable", error))
            return false
        }
    }

    private func checkRights(
        _ sections: [EntityMapping], _ client: PortalClient, _ checks: inout [SourceCheck]
    ) async {
        do {
            let granted = try await client.scopes(full: false)
            var rights: [String] = []
            for right in sections.flatMap(\.rights) where !rights.contains(right) {
                rights.append(right)
            }
            for right in rights {
                let isGranted = granted.contains(right)
                checks.append(
                    SourceCheck(
                        subject: "scope \(right)", isPassed: isGranted,
                        detail: isGranted
                            ? "granted"
                            : "not granted: tick it in the \(access.kind)'s settings"))
            }
        } catch { checks.append(failure("scope", error)) }
    }

    private func checkTime(_ client: PortalClient, _ checks: inout [SourceCheck]) async {
        do {
            let text = try await client.call("server.time").result.string ?? ""
            guard let time = try? Date(text, strategy: .iso8601) else {
                return checks.append(
                    SourceCheck(
                        subject: "clock", isPassed: true, detail: "the portal's time is unreadable")
                )
            }
            let skew = Int(time.timeIntervalSinceNow.rounded().magnitude)
            checks.append(
                SourceCheck(
                    subject: "clock", isPassed: skew <= 300,
                    detail: skew <= 300
                        ? "within \(skew) s of this machine's"
                        : "\(skew) s from this machine's: set the clock of the one that is wrong"))
        } catch { checks.append(failure("clock", error)) }
    }

    /// The sections that the portal can give; older lists where it lacks the newer.
    private func chosen(
        _ sections: [EntityMapping], _ client: PortalClient, _ checks: inout [SourceCheck]
    ) async -> [EntityMapping] {
        do {
            let choice = try await SectionPlan(client: client).choice(of: sections)
            for remark in choice.remarks {
                checks.append(SourceCheck(subject: "methods", isPassed: true, detail: remark))
            }
            if choice.sections.isEmpty {
                let absent = EntityNotGiven(of: client.host, lacking: choice.absent)
                checks.append(.notGiven(absent))
            }
            return choice.sections
        } catch {
            // What is missing was said with the scopes; the lists that can be read are tried.
            return sections
        }
    }

    private func checkList(
        _ list: String, owner: String? = nil, _ client: PortalClient,
        _ catalogues: PortalCatalogues, _ checks: inout [SourceCheck]
    ) async {
        let method = ListMethod(list)
        guard !checks.contains(where: { $0.subject == list }) else { return }
        // What is given by owner only cannot be tried without one.
        if case .owner = method.paging { return }
        do {
            guard var request = try await catalogues.requests(method, select: []).first else {
                return checks.append(
                    SourceCheck(
                        subject: list, isPassed: true, detail: "no catalogue of this kind"))
            }
            // Nothing has this id: the right to read is tried, the portal's time is not used.
            request.filter.append((method.idFilter(owner: owner), .text("0")))
            request.start = method.pageStart
            let rows = method.rows(in: try await client.list(request).result)
            checks.append(
                SourceCheck(
                    subject: list, isPassed: rows != nil,
                    detail: rows != nil ? "readable" : "the answer is no list"))
        } catch { checks.append(failure(list, error)) }
    }

    /// Names that the mapping reads and the portal does not know are as a rule user fields of
    /// another portal; only those of mandatory fields stop the reading.
    private func checkFields(
        _ mapping: EntityMapping, _ client: PortalClient, _ checks: inout [SourceCheck]
    ) async {
        do {
            guard let fields = try await DescribedFields.read(of: mapping, client: client) else {
                if let description = mapping.description {
                    checks.append(
                        SourceCheck(
                            subject: "fields of \(mapping.list)", isPassed: true,
                            detail: "the portal does not give \(description); what the records "
                                + "consist of will tell"))
                }
                return
            }
            let names = mapping.selection.names
            let missing = names.filter { !fields.isThere(MappingPath(steps: [.member($0)])) }
            let lost = mapping.lostFields(where: fields.isThere).first.map {
                CollectionError.lost($0, of: mapping.list, at: client.host).message
            }
            checks.append(
                SourceCheck(
                    subject: "fields of \(mapping.list)", isPassed: lost == nil,
                    detail: lost
                        ?? Self.knowledge(of: names.count, missing)))
        } catch { checks.append(failure("fields of \(mapping.list)", error)) }
    }

    /// The same of what belongs to the records, as far as the portal describes it: requisites.
    private func checkRelatedFields(
        _ mapping: EntityMapping, _ client: PortalClient, _ checks: inout [SourceCheck]
    ) async {
        for list in mapping.related {
            let subject = "fields of \(list.list)"
            guard let description = list.description,
                !checks.contains(where: { $0.subject == subject })
            else { continue }
            do {
                let known = try await DescribedFields.members(of: description, client: client)
                guard let known else { continue }
                let names = SectionReading.select(of: list, in: mapping)
                let missing = names.filter { !known.contains($0) }
                checks.append(
                    SourceCheck(
                        subject: subject, isPassed: true,
                        detail: Self.knowledge(of: names.count, missing)))
            } catch { checks.append(failure(subject, error)) }
        }
    }

    private static func knowledge(of count: Int, _ missing: [String]) -> String {
        missing.isEmpty
            ? "all \(count) are known"
            : "unknown to the portal: \(missing.joined(separator: ", ")). "
                + "Mend the mapping if you expect values there."
    }

    /// Fields that people added and that seem to be wanted are said; nothing is read unasked.
    private func checkOwnFields(
        _ section: EntityMapping, _ entity: EntityDefinition, _ client: PortalClient,
        _ checks: inout [SourceCheck]
    ) async {
        // That the fields are not described was said before.
        guard let proposals = try? await ownFields(section, entity, client), !proposals.isEmpty
        else { return }
        let names = proposals.map { "\($0.member) «\($0.label)»" }
        let lines = proposals.map { "\($0.field): \($0.member)" }
        checks.append(
            SourceCheck(
                subject: "own fields", isPassed: true,
                detail: "not read, though called like what is compared: "
                    + "\(names.joined(separator: ", ")). To read them, put under the source: "
                    + "fields: {\(entity.name): {\(lines.joined(separator: ", "))}}"))
    }

    /// Properties that the catalogue does not have are said; a portal can do without.
    private func checkProperties(
        _ mapping: EntityMapping, _ catalogues: PortalCatalogues, _ checks: inout [SourceCheck]
    ) async {
        guard !mapping.properties.isEmpty else { return }
        let subject = "properties of \(mapping.list)"
        do {
            let found = try await catalogues.properties(of: mapping)
            let members = mapping.properties.compactMap { property in
                found.members[property.name].map {
                    "\(property.name): \(Set($0.values).sorted().joined(separator: ", "))"
                }
            }
            let refusals = found.doubts.compactMap { doubt in
                if case .rightsLost(let detail) = doubt { detail } else { nil }
            }
            checks.append(
                SourceCheck(
                    subject: subject, isPassed: refusals.isEmpty,
                    detail: (members + found.remarks + refusals).joined(separator: "; ")))
        } catch { checks.append(failure(subject, error)) }
    }

    private func failure(_ subject: String, _ error: any Error) -> SourceCheck {
        let message =
            (error as? UnknownMethod)?.error.message ?? (error as? BrokenText)?.error.message
            ?? (error as? CollectionError)?.message
        return SourceCheck(
            subject: subject, isPassed: false, detail: message ?? "stopped before it was answered")
    }
}
