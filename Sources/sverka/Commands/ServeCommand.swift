import ArgumentParser
import Foundation
import Operations
import WebConsole

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs jobs when the schedule of the configuration wants them, until it is ended.",
        discussion: """
            EXAMPLE
              sverka serve --config /etc/sverka/sverka.yaml

            The configuration says when:
              schedule:
                nightly: "30 2 * * *"            minute, hour, day, month, weekday; company's zone

            A night that was missed, because the machine was off, is made up for once. Several
            processes may keep one schedule: each night is run by one of them. SIGHUP reads the
            configuration again; SIGTERM ends the service, within a minute ('serve: {stop_within:
            60s}'), and a run that it interrupts is gone on with at the next start. /healthz,
            /readyz and /metrics are at 127.0.0.1:9477, or where 'serve: {listen: …}' says. A unit
            for systemd: templates/config/sverka.service.
            """)

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let progress = TerminalProgress()
        let service = try Service(
            file: ConfigurationFile.locate(options.config), progress: progress)
        Signals.reload = { service.reload() }
        do {
            try await withTaskCancellationHandler {
                try await keep(service, progress)
            } onCancel: {
                StopDeadline.begin(service.configuration.stopWithin)
            }
        } catch is CancellationError {
            progress.inform("ended; a run that this interrupted is gone on with by the next start")
        }
    }

    private func keep(_ service: Service, _ progress: TerminalProgress) async throws {
        try await service.run { status in
            let server = HealthServer(status: status)
            let address = service.configuration.listen
            let port = try await server.start(address)
            for job in service.configuration.schedule {
                progress.inform("\(job.job) runs at '\(job.cron)', \(job.timeZone.identifier)")
            }
            progress.inform("health and metrics at http://\(address.host):\(port)")
            return { await server.stop() }
        }
    }
}
