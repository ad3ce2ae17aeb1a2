package io.clearmarket.gateway.up;

import io.clearmarket.contracts.AnvilOptions;
import io.clearmarket.contracts.AnvilProcess;
import io.clearmarket.contracts.ContractTools;
import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.chain.Deployer;
import io.clearmarket.gateway.chain.Deployment;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole system on this machine: network with chaincode, development chain, attesters, gateway. Parts are started in the order in
 * which they need each other and ended in the reverse order.
 */
public final class UpSystem implements AutoCloseable {
    private static final Duration NETWORK_START = Duration.ofMinutes(10);
    /** Its own steps give up long before, and say why. */
    private static final Duration REAL_NETWORK_START = Duration.ofMinutes(15);

    private static final Duration GATEWAY_START = Duration.ofMinutes(10);

    private final UpOptions options;
    private final Progress progress;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Leftovers leftovers;
    private boolean closing;
    private @Nullable GatewaySettings settings;
    private @Nullable UpState state;
    private @Nullable ManagedProcess gateway;
    private @Nullable RunningAttesters attesters;

    private UpSystem(UpOptions options, PrintStream out) {
        this.options = options;
        this.progress = new Progress(out);
        this.leftovers = new Leftovers(options.data().resolve("processes.json"));
    }

    /**
     * Brings everything up and waits until it is healthy.
     *
     * @param out where the progress goes
     * @throws UpException in one line with the remedy; what was started has been ended then
     */
    public static UpSystem start(UpOptions options, PrintStream out) {
        UpSystem system = new UpSystem(options.withChosenPorts(), out);
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "shutdown"));
        try {
            system.startAll();
            return system;
        } catch (RuntimeException | Error failure) {
            system.close();
            throw failure;
        }
    }

    private void startAll() {
        parts.push(DataFolder.open(options.data(), options.fresh()));
        leftovers.endAll();
        requirePorts();
        Path organisations = startNetwork();
        URI chain = startChain();
        DevelopmentIdentities people = DevelopmentIdentities.open(options.identities(), organisations);
        DevelopmentAttesters keys = DevelopmentAttesters.open(
                options.attesters(), options.identities().resolve("attesters"), DevelopmentIdentities.ORGANISATIONS);
        DevelopmentLog log = DevelopmentLog.open(options.gateway(), keys);
        ChainAccount payer = ChainAccount.open(options.identities().resolve("chain-payer.key"));
        Deployment deployment = deploy(chain, payer);
        LanDoor.Asked asked = options.lan();
        LanDoor lan = asked == null ? null : LanDoor.open(options.data().resolve("lan"), asked);
        GatewaySettings configured =
                new GatewaySettings(options, people, organisations, keys, log, chain, payer.keyFile(), lan);
        RoleTokens tokens = new RoleTokens(options.gateway(), people);
        settings = configured;
        RunningAttesters attesting =
                new RunningAttesters(new AttesterSettings(options, keys, log, organisations, chain), this::part);
        attesters = attesting;
        attesting.start();
        startGateway("");
        attesting.await();
        progress.done("attesters and witnesses of " + keys.all().size() + " organisations");
        new MarketSetup(configured.address(), tokens, people, deployment, keys.addresses(), log.verifierPage()).run();
        progress.done("market: organisations agreed, parties registered");
        UpState healthy = UpState.of(options, configured, leftovers.pids(), people, tokens);
        healthy.write(options.state());
        state = healthy;
        push(() -> Files.deleteIfExists(options.state()));
        push(ArchiveMaker.start(
                classes(), options.logs().resolve("classes.log"), pid -> leftovers.add("archive of classes", pid)));
    }

    /** The gateway's first: it is what takes longest to start. */
    private synchronized List<ClassArchive> classes() {
        return parts.stream()
                .filter(ManagedProcess.class::isInstance)
                .map(part -> ((ManagedProcess) part).classes())
                .toList();
    }

    private void requirePorts() {
        Ports.requireFree(options.port(), "gateway", "--port");
        Ports.requireFree(options.chainPort(), "development chain", "--chain-port");
        Ports.requireFree(options.networkPort(), "network", "--network-port");
    }

    /** Starts the network and returns its folder of organisations. */
    private Path startNetwork() {
        Path ready = options.network().resolve("network.json");
        deleteIfThere(ready);
        NetworkKind kind = NetworkKind.settle(options.data(), options.kind());
        Path log = options.logs().resolve("network.log");
        StepLines steps = new StepLines(log);
        ManagedProcess network = NetworkCommand.start(options, kind, log);
        part(network);
        network.await(
                () -> {
                    steps.next().forEach(progress::note);
                    return Files.exists(ready);
                },
                kind == NetworkKind.EMBEDDED ? NETWORK_START : REAL_NETWORK_START);
        progress.done(kind.ready());
        return options.network().resolve("organizations");
    }

    private URI startChain() {
        try {
            Files.createDirectories(options.chain());
            AnvilProcess chain = AnvilProcess.start(
                    ContractTools.ofCheckout(options.root()),
                    AnvilOptions.development()
                            .withPort(options.chainPort())
                            .withState(options.chain().resolve("state.json"), Duration.ofSeconds(10))
                            .withLog(options.logs().resolve("chain.log")));
            push(chain, "development chain", chain.pid());
            return chain.address();
        } catch (IOException e) {
            throw new UpException("the development chain does not start: " + e.getMessage());
        }
    }

    private Deployment deploy(URI chain, ChainAccount payer) {
        try {
            Deployment deployment = Deployer.ensure(chain, payer.key(), settingsFile());
            progress.done("development chain (anvil) with escrow and test token");
            return deployment;
        } catch (ChainException e) {
            throw new UpException("the escrow contract could not be deployed: " + e.getMessage());
        }
    }

    private Path settingsFile() {
        return options.chain().resolve("deployment.json");
    }

    private void startGateway(String crashAt) {
        GatewaySettings configured = Objects.requireNonNull(settings, "the gateway is configured first");
        ManagedProcess started = configured.start(crashAt);
        gateway = started;
        part(started);
        started.await(() -> configured.isHealthy() || (!crashAt.isEmpty() && !started.isAlive()), GATEWAY_START);
        progress.done("gateway and database");
    }

    /** Kills the gateway without notice (SIGKILL), as a power cut would. */
    public void killGateway() {
        ManagedProcess old = gateway;
        if (old != null) {
            old.kill();
            remove(old);
        }
    }

    /**
     * Starts a gateway again that was killed or has stopped dead, and waits until it is healthy or has stopped again.
     *
     * @param crashAt the settlement step to stop dead at, as {@code clearmarket.crash-at} takes it; empty for none
     */
    public void restartGateway(String crashAt) {
        killGateway();
        startGateway(crashAt);
    }

    /** False once the gateway has ended. */
    public boolean isGatewayAlive() {
        ManagedProcess now = gateway;
        return now != null && now.isAlive();
    }

    private RunningAttesters attesters() {
        return Objects.requireNonNull(attesters, "the attesters are started first");
    }

    /** Kills an organisation's attester without notice (SIGKILL), as a power cut would. */
    public void killAttester(String mspId) {
        ManagedProcess old = attesters().process(mspId);
        old.kill();
        remove(old);
    }

    /**
     * Starts an attester again that was killed or has stopped dead, and waits until it answers or has stopped again.
     *
     * @param crashAt the {@link io.clearmarket.gateway.attester.AttesterStep} to stop dead at, {@code BATCH_SIGNED:2} at its second passing; empty for
     *     none
     */
    public void restartAttester(String mspId, String crashAt) {
        killAttester(mspId);
        attesters().startAgain(mspId, crashAt);
    }

    /** False once the attester has ended. */
    public boolean isAttesterAlive(String mspId) {
        return attesters().process(mspId).isAlive();
    }

    private synchronized void remove(ManagedProcess part) {
        parts.remove(part);
    }

    private void part(ManagedProcess process) {
        push(process, process.name(), process.pid());
    }

    private synchronized void push(AutoCloseable part, String name, long pid) {
        push(part);
        leftovers.add(name, pid);
    }

    private synchronized void push(AutoCloseable part) {
        parts.push(part);
        if (closing) {
            close();
            throw new UpException("asked to end while coming up");
        }
    }

    private static void deleteIfThere(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UpException(file + " can't be deleted: " + e.getMessage());
        }
    }

    /** Addresses, process ids, identities and tokens. */
    public UpState state() {
        return Objects.requireNonNull(state, "it is up");
    }

    /** What to look at and try next. */
    public void printWelcome(PrintStream out) {
        UpState up = state();
        out.println();
        out.println("Clearmarket is up. Demonstration: one operator holds all keys.");
        out.println("  gateway      " + up.gateway() + "  (API description: /v3/api-docs)");
        out.println("  chain        " + up.chain());
        out.println("  network      " + up.network());
        up.origins()
                .forEach((mspId, origin) ->
                        out.println("  " + mspId + "'s own copy of the log, and its verifier page: " + origin));
        out.println("  identities");
        for (String name : List.of("buyer", "merchant", "carrier", "arbiter", "auditor")) {
            UpState.IdentityFiles files = up.identities().get(name);
            if (files != null) {
                out.printf("    %-10s %s  %s%n", name, files.party(), files.msp());
            }
        }
        out.println("  everything   " + options.state());
        GatewaySettings configured = settings;
        if (configured != null && configured.lan() != null) {
            printDoor(out, configured.lan());
        }
        out.println();
        out.println("Next: ./clearmarket replay ../shared/data/olist --limit 20      Ctrl-C here ends it all.");
        out.flush();
    }

    private static void printDoor(PrintStream out, LanDoor lan) {
        out.println();
        out.println("On the local network: " + lan.uri());
        TerminalCode.lines(lan.uri().toString()).forEach(out::println);
        out.println("A phone warns of an unknown certificate, unless it trusts " + lan.uri() + "/lan/ca.crt ("
                + lan.authority()
                + "). That authority's key is gone already; remove it from the phone after the trial.");
    }

    /** Waits until a part ends by itself without which nothing goes on, and names it. */
    public String awaitEndOfAnyPart() throws InterruptedException {
        while (true) {
            Optional<String> ended = endedByItself();
            Thread.sleep(500);
            tellOfEndedAttesters();
            // a terminal's Ctrl-C reaches the parts too: by now it would have closed this system
            if (ended.isPresent() && endedByItself().isPresent()) {
                return ended.get();
            }
        }
    }

    private synchronized void tellOfEndedAttesters() {
        if (!closing) {
            attesters().tellOfEnded(System.err);
        }
    }

    private synchronized Optional<String> endedByItself() {
        return parts.stream()
                .filter(part -> part instanceof ManagedProcess process && !process.isAlive())
                .filter(part -> !attesters().isOne(part))
                .map(part -> ((ManagedProcess) part).name())
                .findFirst();
    }

    /** Ends every process that was started, newest first; also done when this JVM is asked to end. */
    @Override
    public synchronized void close() {
        closing = true;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                // the other parts are ended all the same
                System.err.println("clearmarket: " + e.getMessage());
            }
        }
        leftovers.clear();
    }
}
