package io.clearmarket.network;

import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.fabric.client.NodeConnection;
import io.clearmarket.network.fabric.client.PeerClient;
import io.clearmarket.network.profile.ConnectionProfileFile;
import io.clearmarket.network.profile.Finding;
import io.clearmarket.network.profile.NetworkCheck;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code clearmarket profile}: 0 if an existing network is what this version needs, 1 with what is missing. */
@Command(
        name = "clearmarket profile",
        mixinStandardHelpOptions = true,
        description = "Looks at an existing Fabric network: are channel, chaincode and policy what this version needs? "
                + "Changes nothing there.",
        footer = "Exit codes: 0 all is there, 1 something is missing, 2 wrong usage.")
public final class ProfileMain implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String NETWORK_FILE = "network.json";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Fabric's common connection profile, YAML or JSON.")
    private Path profile = Path.of(".");

    @Option(names = "--msp-id", required = true, paramLabel = "ID", description = "The organisation of the identity.")
    private String mspId = "";

    @Option(names = "--msp", required = true, paramLabel = "DIR", description = "The MSP folder of a client identity.")
    private Path msp = Path.of(".");

    @Option(names = "--channel", paramLabel = "NAME", description = "The channel (default ${DEFAULT-VALUE}).")
    private String channel = "market";

    @Option(
            names = "--write",
            paramLabel = "DIR",
            description =
                    "Also write network.json and the TLS roots there, for the gateway's clearmarket.network-file.")
    private @Nullable Path write;

    @Option(names = "--from", hidden = true, description = "What relative paths are relative to.")
    private Path from = Path.of(".");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ProfileMain()).execute(arguments));
    }

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        try {
            return check(command.getOut());
        } catch (NetworkException | WalletException | IllegalArgumentException | UncheckedIOException e) {
            command.getErr().println("clearmarket: " + e.getMessage());
            return 1;
        }
    }

    private int check(PrintWriter out) {
        ConnectionProfileFile file = ConnectionProfileFile.read(from.resolve(profile));
        SigningIdentity reader = MspFolder.read(mspId, from.resolve(msp));
        Map<String, ConnectionProfileFile.Peer> first = new LinkedHashMap<>();
        file.peers().forEach(peer -> first.putIfAbsent(peer.mspId(), peer));
        Path folder = write == null ? temporary() : from.resolve(write);
        Map<String, PeerClient> clients = new LinkedHashMap<>();
        try {
            first.forEach((organization, peer) -> clients.put(organization, client(peer, folder, reader)));
            List<Finding> findings = NetworkCheck.of(channel, clients);
            findings.forEach(finding -> print(out, finding));
            long missing = findings.stream().filter(finding -> !finding.good()).count();
            out.println(missing == 0 ? "nothing is missing" : missing + " missing");
            if (write != null) {
                writeNetwork(first, folder);
                out.println("wrote " + folder.resolve(NETWORK_FILE));
            }
            return missing == 0 ? 0 : 1;
        } finally {
            clients.values().forEach(PeerClient::close);
            if (write == null) {
                delete(folder);
            }
        }
    }

    private static PeerClient client(ConnectionProfileFile.Peer peer, Path folder, SigningIdentity reader) {
        Path root = rootFile(folder, peer);
        PrivateFiles.write(root, peer.tlsRoot());
        return new PeerClient(
                peer.mspId(), NodeConnection.to(peer.address(), root, reader, peer.hostOverride()), reader);
    }

    private static Path rootFile(Path folder, ConnectionProfileFile.Peer peer) {
        return folder.resolve("tlsca-" + peer.mspId() + ".pem");
    }

    private static void print(PrintWriter out, Finding finding) {
        out.println((finding.good() ? "ok       " : "MISSING  ") + finding.seen());
        if (!finding.good()) {
            out.println("         " + finding.remedy());
        }
    }

    private void writeNetwork(Map<String, ConnectionProfileFile.Peer> peers, Path folder) {
        List<Map<String, Object>> organizations = new ArrayList<>();
        for (ConnectionProfileFile.Peer peer : peers.values()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("mspId", peer.mspId());
            entry.put("peerAddress", peer.address());
            entry.put("tlsCaCertificate", rootFile(folder, peer).getFileName().toString());
            if (peer.hostOverride() != null) {
                entry.put("hostOverride", peer.hostOverride());
            }
            organizations.add(entry);
        }
        PrivateFiles.write(
                folder.resolve(NETWORK_FILE),
                JSON.writerWithDefaultPrettyPrinter()
                                .writeValueAsString(Map.of("channel", channel, "organizations", organizations))
                        + "\n");
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("clearmarket-profile-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder with the TLS roots in it. */
    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
