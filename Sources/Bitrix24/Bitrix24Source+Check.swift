internal import Foundation
public import Collection
public import Records

extension Bitrix24Source {
    /// Tries the webhook, its rights, the clock, the lists and their fields.
    public func check(_ entity: EntityDefinition) async -> [SourceCheck] {
        let client = client()
        var checks: [SourceCheck] = []
        let mapping: EntityMapping
        do throws(CollectionError) {
            mapping = try self.mapping(of: entity.name)
        } catch {
            return [SourceCheck(subject: "mapping", isPassed: false, detail: error.message)]
        }
        guard await checkOwner(client, &checks) else { return checks }
        await checkRights(mapping, client, &checks)
        await checkTime(client, &checks)
        let id = mapping.selection.names.first ?? ""
        await checkList(mapping.list, member: id, client, &checks)
        for list in mapping.related {
            await checkList(list.list, member: list.owner, client, &checks)
        }
        await checkFields(mapping, client, &checks)
        return checks
    }

    private func checkOwner(_ client: PortalClient, _ checks: inout [SourceCheck]) async -> Bool {
        do {
            let profile = try await client.call("profile").result
            checks.append(
                SourceCheck(
                    subject: "reachable", isPassed: true, detail: "\(webhook.host) answers"))
            let isAdministrator = profile["ADMIN"]?.boolean ?? false
            checks.append(
                SourceCheck(
                    subject: "rights", isPassed: isAdministrator,
                    detail: isAdministrator
                        ? "the webhook's owner is an administrator and sees everything"
                        : "the webhook's owner is no administrator: records that the owner may not "
                            + "see would be left out. Make the webhook as an administrator."))
            return true
        } catch {
            checks.append(failure("reachable", error))
            return false
        }
    }

    private func checkRights(
        _ mapping: EntityMapping, _ client: PortalClient, _ checks: inout [SourceCheck]
    ) async {
        do {
            let granted = (try await client.call("scope").result.rows ?? []).compactMap(\.string)
            for right in mapping.rights {
                let isGranted = granted.contains(right)
                checks.append(
                    SourceCheck(
                        subject: "scope \(right)", isPassed: isGranted,
                        detail: isGranted
                            ? "granted" : "not granted: tick it in the webhook's settings"))
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

    private func checkList(
        _ method: String, member: String, _ client: PortalClient, _ checks: inout [SourceCheck]
    ) async {
        do {
            let answer = try await client.call(method) { writer in
                // Nothing has this id: the right to read is tried, the portal's time is not used.
                writer.name("filter")
                writer.object { writer in
                    writer.name(member)
                    writer.write("0")
                }
                writer.name("start")
                writer.write(-1)
            }
            checks.append(
                SourceCheck(
                    subject: method, isPassed: answer.result.rows != nil,
                    detail: answer.result.rows != nil ? "readable" : "the answer is no list"))
        } catch { checks.append(failure(method, error)) }
    }

    /// Names that the mapping reads and the portal does not know are as a rule user fields of
    /// another portal; only those of mandatory fields stop the reading.
    private func checkFields(
        _ mapping: EntityMapping, _ client: PortalClient, _ checks: inout [SourceCheck]
    ) async {
        guard let method = mapping.description else { return }
        do {
            let known = Set(try await client.call(method).result.members.map(\.name))
            let related = Set(mapping.related.map(\.name))
            func unknown(_ names: [String]) -> [String] {
                names.filter { !known.contains($0) && !related.contains($0) }
            }
            let missing = unknown(mapping.selection.names)
            var mandatory = MappingSelection()
            for path in mapping.id.paths { mandatory.insert(path) }
            for field in mapping.fields where field.isMandatory {
                field.expression.paths.forEach { mandatory.insert($0) }
            }
            let fatal = unknown(mandatory.names)
            checks.append(
                SourceCheck(
                    subject: "fields of \(mapping.list)", isPassed: fatal.isEmpty,
                    detail: missing.isEmpty
                        ? "all \(mapping.selection.names.count) are known"
                        : "unknown to the portal: \(missing.joined(separator: ", ")). "
                            + "Mend the mapping if you expect values there."))
        } catch { checks.append(failure("fields of \(mapping.list)", error)) }
    }

    private func failure(_ subject: String, _ error: any Error) -> SourceCheck {
        SourceCheck(
            subject: subject, isPassed: false,
            detail: (error as? CollectionError)?.message ?? "stopped before it was answered")
    }
}
