import Sandbox

/// A configuration of Sverka that reads a sandbox.
struct SandboxConfiguration {
    private let addresses: SandboxAddresses

    init(_ addresses: SandboxAddresses) { self.addresses = addresses }

    /// The file's text; the sandbox's password is no secret, so that it may stand here.
    var yaml: String {
        """
        # Reads the sandbox that wrote this file. Its limits are those of the sandbox.
        company: {name: "ООО «Песочница»", language: ru}
        data: data
        sources:
          left:
            name: 1c
            kind: 1c_odata
            url: "\(addresses.infobase)"
            user: "\(addresses.login)"
            password: "\(addresses.password)"
            mapping: onec-bp30
          right:
            name: bitrix24
            kind: bitrix24
            url: "\(addresses.bitrixWebhook)"
            requests_per_second: 0
        report: {recipients: []}

        """
    }
}
