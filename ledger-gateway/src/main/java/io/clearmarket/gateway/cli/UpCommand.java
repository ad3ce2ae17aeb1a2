package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.up.LanDoor;
import io.clearmarket.gateway.up.NetworkKind;
import io.clearmarket.gateway.up.UpOptions;
import io.clearmarket.gateway.up.UpSystem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code clearmarket up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the Fabric network with the chaincode, a development chain with the escrow contract, an attester for each "
                    + "organisation, a database and the gateway; prints the addresses. Ctrl-C ends everything it started."
        })
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            description = "Where all state lives (default: CLEARMARKET_DATA, else .clearmarket beside the launcher).")
    private @Nullable Path data;

    @Option(names = "--fresh", description = "Begin with nothing: deletes the state of earlier runs.")
    private boolean fresh;

    @Option(
            names = "--network",
            paramLabel = "KIND",
            description =
                    "What the ledger runs on: embedded, native (Fabric's binaries in FABRIC_BIN or on PATH) or compose "
                            + "(its images). A data folder stays with its kind (default: embedded).")
    private @Nullable String network;

    @Option(
            names = "--orderers",
            paramLabel = "N",
            description = "On native and compose: one orderer or three (default: as the data folder began, else one).")
    private @Nullable Integer orderers;

    @Option(
            names = "--peers",
            paramLabel = "N",
            description = "On native and compose: peers of each organisation, up to three; a later start may add some "
                    + "(default: likewise).")
    private @Nullable Integer peers;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "The gateway's port (default ${DEFAULT-VALUE}); 0, here and below, for one that is free.")
    private int port;

    @Option(
            names = "--network-port",
            defaultValue = "7050",
            description = "The first of the network's ports (default ${DEFAULT-VALUE}).")
    private int networkPort;

    @Option(
            names = "--chain-port",
            defaultValue = "8545",
            description = "The development chain's port (default ${DEFAULT-VALUE}).")
    private int chainPort;

    @Option(
            names = "--lan",
            paramLabel = "ADDRESS",
            arity = "0..1",
            fallbackValue = "",
            description =
                    "Also answer by HTTPS on the local network, so that a phone can be tried; on this address of the "
                            + "machine, or one that is found. Whoever is in that network can reach the gateway then.")
    private @Nullable String lan;

    @Option(names = "--lan-port", defaultValue = "8443", description = "The port for --lan (default ${DEFAULT-VALUE}).")
    private int lanPort;

    @Override
    public Integer call() throws InterruptedException {
        PrintStream out = System.out;
        out.println("Clearmarket comes up ...");
        UpOptions options = new UpOptions(
                Main.root(),
                Main.data(data),
                port,
                networkPort,
                chainPort,
                fresh,
                NetworkKind.parse(network),
                new UpOptions.Nodes(orderers, peers),
                lan == null ? null : new LanDoor.Asked(lan, lanPort));
        try (UpSystem system = UpSystem.start(options, out)) {
            Thread askedToEnd = endWhenAsked(system);
            system.printWelcome(out);
            String ended = system.awaitEndOfAnyPart();
            Runtime.getRuntime().removeShutdownHook(askedToEnd);
            System.err.println("clearmarket: the " + ended + " ended by itself; see "
                    + options.data().resolve("logs") + "; everything else is ended too");
            return 1;
        }
    }

    /** Being told to end (Ctrl-C, SIGTERM) is how this command is done: exit code 0, once everything has ended. */
    private static Thread endWhenAsked(UpSystem system) {
        Thread hook = new Thread(
                () -> {
                    system.close();
                    Runtime.getRuntime().halt(0);
                },
                "asked to end");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }
}
