package io.clearmarket.network;

import io.clearmarket.network.config.ChaincodeProgram;
import io.clearmarket.network.config.NetworkConfigFile;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.NetworkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clearmarket-network}: an embedded network as a process of its own, until it is told to end. */
@Command(
        name = "clearmarket-network",
        mixinStandardHelpOptions = true,
        description =
                "Starts an embedded Fabric network for chaincode in any language: organisations with a peer each, one"
                        + " channel, one orderer; with --config as many of all as a file says.",
        footer = {
            "Writes network.json into the data directory when ready. Ends on SIGTERM and Ctrl-C.",
            "",
            "With --run, CHAINCODE_SERVER_ADDRESS, CHAINCODE_ID and CORE_CHAINCODE_ID_NAME tell each process what to be;",
            "with --dials-peer too, CORE_PEER_ADDRESS and CORE_CHAINCODE_ID_NAME.",
            "With neither --run nor --chaincode-jar, start the servers yourself; what to tell them is printed.",
        })
public final class NetworkMain implements Callable<Integer> {
    /** Chaincode servers listen above the orderer and the peers. */
    private static final int CHAINCODE_PORT_OFFSET = 10;

    private static final int HIGHEST_PORT = 65_535;
    private static final Duration WATCH = Duration.ofMillis(500);

    @Option(names = "--data", paramLabel = "DIR", description = "Where the network is kept.")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Organisations, peers, channels and chaincodes, in YAML; in place of the options below.")
    private @Nullable Path configFile;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--base-port",
            paramLabel = "N",
            description = "Orderer on N, peers from N+1, chaincode from N+10; 0 (default) takes free ports.")
    private int basePort;

    @Option(names = "--channel", paramLabel = "NAME", description = "The channel (default ${DEFAULT-VALUE}).")
    private String channel = "market";

    @Option(names = "--chaincode", paramLabel = "NAME=VERSION", description = "A chaincode to define.")
    private @Nullable String chaincode;

    @Option(names = "--chaincode-jar", paramLabel = "JAR", description = "Runs the chaincode, a server per peer.")
    private @Nullable Path chaincodeJar;

    @Option(
            names = "--chaincode-class",
            paramLabel = "CLASS",
            description =
                    "Runs the jar's chaincode in this process instead: a class on the class path that is Fabric's Chaincode"
                            + " service and takes the package id. What an upgrade brings is a process again.")
    private @Nullable String chaincodeClass;

    @Option(names = "--run", paramLabel = "COMMAND", description = "Runs the chaincode, one such process per peer.")
    private @Nullable String chaincodeCommand;

    @Option(
            names = "--dials-peer",
            description = "The chaincode dials its peer and registers there, in place of being a server.")
    private boolean dialsPeer;

    @Option(
            names = "--policy",
            paramLabel = "TEXT",
            description =
                    "Its endorsement policy: signature policy text or a channel policy's path (default: the market's;"
                            + " with --organization a majority).")
    private @Nullable String policy;

    @Option(
            names = "--organization",
            paramLabel = "MSPID",
            description = "An organisation, to be repeated (default: PlatformMSP, MerchantsMSP, AuditMSP).")
    private List<String> organizations = List.of();

    @Option(names = "--batch-timeout", paramLabel = "MS", description = "Milliseconds a block waits (default 20).")
    private long batchTimeout = NetworkConfig.Batch.QUICK.timeout().toMillis();

    @Option(names = "--end-with-stdin", description = "End when standard input does, so as not to outlive a parent.")
    private boolean endWithStdin;

    private final EndSignal end = new EndSignal();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new NetworkMain()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run();
        } catch (NetworkException
                | IllegalArgumentException
                | IllegalStateException
                | IOException
                | UncheckedIOException e) {
            System.err.println("clearmarket-network: " + e.getMessage());
            return 1;
        }
    }

    private int run() throws IOException, InterruptedException {
        NetworkConfigFile plan = configFile == null ? options() : NetworkConfigFile.read(configFile, data);
        Path folder = plan.network().dataDirectory();
        NetworkFile.remove(folder);
        try (EmbeddedNetwork network = EmbeddedNetwork.start(plan.network())) {
            end.listen(endWithStdin);
            Optional<ChaincodeProgram> upgradable = upgradable(plan);
            if (upgradable.isPresent()) {
                serveUpgradable(network, upgradable.get());
            } else {
                serve(network, plan.programs());
            }
        } finally {
            NetworkFile.remove(folder);
            end.closed();
        }
        return 0;
    }

    private void serve(EmbeddedNetwork network, List<ChaincodeProgram> programs) throws InterruptedException {
        Path folder = network.config().dataDirectory();
        try (ServedChaincode served = ServedChaincode.by(programs, folder)) {
            programs.forEach(NetworkMain::tellItsOwner);
            served.awaitListening();
            NetworkFile.write(network, served.pid());
            tellReady(folder);
            end.await();
        }
    }

    /** The one chaincode of the options, run from a jar: another version of it can be asked for while it serves. */
    private Optional<ChaincodeProgram> upgradable(NetworkConfigFile plan) {
        return plan.programs().stream()
                .filter(program -> chaincodeJar != null && program.jar().isPresent())
                .findFirst();
    }

    private void serveUpgradable(EmbeddedNetwork network, ChaincodeProgram program) throws InterruptedException {
        Path jar = Objects.requireNonNull(chaincodeJar);
        OwnChaincode own =
                chaincodeClass == null ? OwnChaincode.asProcess(jar) : OwnChaincode.inProcess(jar, chaincodeClass);
        ChaincodeRecord record =
                ChaincodeRecord.of(program.chaincode(), program.jar().filter(brought -> !brought.equals(jar)));
        try (MarketDeployment deployment = MarketDeployment.serving(network, record, own)) {
            deployment.describe();
            tellReady(network.config().dataDirectory());
            while (!end.await(WATCH)) {
                deployment.upgradeIfAsked();
            }
        }
    }

    private static void tellReady(Path folder) {
        System.out.println("network ready: " + NetworkFile.in(folder));
    }

    /** The same from the command line. */
    private NetworkConfigFile options() {
        requireSensible();
        if (data == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "Missing required option: '--data=DIR' or '--config=FILE'");
        }
        NetworkConfig.Builder builder = NetworkConfig.in(data)
                .channel(channel)
                .ordererPort(basePort)
                .batch(NetworkConfig.Batch.QUICK.withTimeout(Duration.ofMillis(batchTimeout)));
        List<String> mspIds = mspIds();
        for (int i = 0; i < mspIds.size(); i++) {
            builder.organization(mspIds.get(i), basePort == 0 ? 0 : basePort + 1 + i);
        }
        List<ChaincodeProgram> programs = new ArrayList<>();
        if (chaincode != null) {
            ChaincodeProgram program = upgraded(
                    new ChaincodeProgram(
                            definition(chaincode),
                            Optional.ofNullable(chaincodeCommand),
                            Optional.ofNullable(chaincodeJar)),
                    data);
            builder.chaincode(program.chaincode());
            programs.add(program);
        }
        return new NetworkConfigFile(builder.build(), programs);
    }

    private void requireSensible() {
        int most = HIGHEST_PORT - CHAINCODE_PORT_OFFSET - mspIds().size();
        if (basePort < 0 || basePort > most) {
            throw new IllegalArgumentException("--base-port is " + basePort + "; it is a port from 1 to " + most
                    + ", or 0 for ports that are free");
        }
        if (batchTimeout < 1) {
            throw new IllegalArgumentException("--batch-timeout is " + batchTimeout + "; it is 1 millisecond or more");
        }
        if (chaincode == null && (chaincodeJar != null || chaincodeCommand != null)) {
            throw new IllegalArgumentException("--chaincode-jar and --run need --chaincode NAME=VERSION");
        }
        if (chaincodeJar == null && chaincodeClass != null) {
            throw new IllegalArgumentException("--chaincode-class needs --chaincode-jar, whose chaincode it is");
        }
        if (chaincodeJar != null && !Files.isRegularFile(chaincodeJar)) {
            throw new IllegalArgumentException("--chaincode-jar is " + chaincodeJar + "; there is no such file");
        }
    }

    /** What an upgrade brought stays over restarts. */
    private static ChaincodeProgram upgraded(ChaincodeProgram program, Path data) {
        ChaincodeConfig asked = program.chaincode();
        return ChaincodeRecord.of(data)
                .filter(record -> program.jar().isPresent() && record.name().equals(asked.name()))
                .map(record -> new ChaincodeProgram(
                        new ChaincodeConfig(record.name(), record.version(), record.policy(), asked.servers()),
                        Optional.empty(),
                        Optional.ofNullable(record.jar()).or(program::jar)))
                .orElse(program);
    }

    private static void tellItsOwner(ChaincodeProgram program) {
        if (program.command().isEmpty() && program.jar().isEmpty()) {
            program.chaincode()
                    .servers()
                    .forEach((peer, address) -> System.out.printf(
                            program.chaincode().dialsPeer()
                                    ? "for %s: CORE_PEER_ADDRESS=%s CORE_CHAINCODE_ID_NAME=%s%n"
                                    : "for %s: CHAINCODE_SERVER_ADDRESS=%s CHAINCODE_ID=%s%n",
                            peer,
                            address,
                            program.chaincode().packageId()));
        }
    }

    private ChaincodeConfig definition(String nameAndVersion) {
        int equals = nameAndVersion.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("--chaincode wants NAME=VERSION, not '" + nameAndVersion + "'");
        }
        Map<String, String> servers = new LinkedHashMap<>();
        int next = 0;
        for (String mspId : mspIds()) {
            int port = basePort == 0 ? FreePorts.one() : basePort + CHAINCODE_PORT_OFFSET + next++;
            servers.put(mspId, "127.0.0.1:" + port);
        }
        ChaincodeConfig server = new ChaincodeConfig(
                nameAndVersion.substring(0, equals), nameAndVersion.substring(equals + 1), policy(), servers);
        return dialsPeer ? server.diallingPeers() : server;
    }

    private List<String> mspIds() {
        return organizations.isEmpty() ? NetworkConfig.DEFAULT_ORGANIZATIONS : organizations;
    }

    private String policy() {
        if (policy != null) {
            return policy;
        }
        return organizations.isEmpty() ? ChaincodeConfig.MARKET_POLICY : ChaincodeConfig.MAJORITY_POLICY;
    }
}
