package io.clearmarket.network;

import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.fabric.FabricNetwork;
import io.clearmarket.network.fabric.client.PeerRefused;
import io.clearmarket.network.fabric.lifecycle.ChaincodePackage;
import io.clearmarket.network.fabric.lifecycle.ChaincodeTerms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The market's chaincode on a real network: one process with a server for each peer, and the definition on the channel;
 * replaced by another version while the network runs.
 */
final class MarketDeployment implements AutoCloseable {
    private static final Duration CHAINCODE_START = Duration.ofMinutes(2);

    private final FabricNetwork network;
    private final Path ownJar;
    private ChaincodeRecord record;
    private ChaincodePackage chaincode;
    private ChaincodeProcess process;

    private MarketDeployment(FabricNetwork network, Path ownJar, ChaincodeRecord record) {
        this.network = network;
        this.ownJar = ownJar;
        this.record = record;
        this.chaincode = packageOf(record);
        this.process = serve(record, chaincode);
    }

    /**
     * Starts the servers, then brings the chaincode onto the network's first channel. A jar with other content under the
     * same version is a new package that every organisation approves again.
     *
     * @param first what a network gets that has none yet; one that has keeps its own
     * @param ownJar the project's jar
     */
    static MarketDeployment start(FabricNetwork network, ChaincodeRecord first, Path ownJar) {
        ChaincodeRecord record =
                ChaincodeRecord.of(network.config().dataDirectory()).orElse(first);
        MarketDeployment deployment = new MarketDeployment(network, ownJar, record);
        try {
            deployment.agree(record, deployment.chaincode);
            record.write(network.config().dataDirectory());
            return deployment;
        } catch (RuntimeException | Error failure) {
            deployment.close();
            throw failure;
        }
    }

    private ChaincodePackage packageOf(ChaincodeRecord wanted) {
        return ChaincodePackage.of(wanted.name(), wanted.version(), ChaincodePackage.hashOf(jar(wanted)));
    }

    private Path jar(ChaincodeRecord wanted) {
        Path brought = wanted.jar();
        return brought == null ? ownJar : brought;
    }

    private ChaincodeProcess serve(ChaincodeRecord wanted, ChaincodePackage archive) {
        ChaincodeProcess started = ChaincodeProcess.jar(
                jar(wanted),
                archive.id(),
                addresses(wanted).values(),
                network.config().dataDirectory().resolve("chaincode.log"));
        try {
            started.awaitListening(CHAINCODE_START);
            return started;
        } catch (RuntimeException | Error failure) {
            started.close();
            throw failure;
        }
    }

    private static Map<String, String> addresses(ChaincodeRecord wanted) {
        Map<String, String> addresses = new LinkedHashMap<>();
        wanted.ports().forEach((peer, port) -> addresses.put(peer, "127.0.0.1:" + port));
        return addresses;
    }

    private void agree(ChaincodeRecord wanted, ChaincodePackage archive) {
        network.deploy(
                network.config().channel(),
                archive,
                ChaincodeTerms.of(wanted.name(), wanted.version(), wanted.policy()),
                wanted.ports());
    }

    /** Does what is asked for, if anything is; the old version serves until the new one is agreed on. */
    void upgradeIfAsked() {
        Path data = network.config().dataDirectory();
        UpgradeRequest request = UpgradeRequest.take(data).orElse(null);
        if (request == null) {
            return;
        }
        try {
            upgrade(request);
            request.answer(data, true, "chaincode " + record.name() + " " + record.version() + " as " + chaincode.id());
        } catch (NetworkException
                | PeerRefused
                | IllegalArgumentException
                | IllegalStateException
                | UncheckedIOException e) {
            request.answer(data, false, String.valueOf(e.getMessage()));
        }
    }

    private void upgrade(UpgradeRequest request) {
        String policy = request.policy() == null ? record.policy() : request.policy();
        // refuses a malformed version or policy before anything is started
        ChaincodeTerms.of(record.name(), request.version(), policy);
        Path jar = keep(request);
        ChaincodeRecord next = new ChaincodeRecord(record.name(), request.version(), policy, jar, record.ports());
        ChaincodePackage archive = packageOf(next);
        if (archive.id().equals(chaincode.id())) {
            agree(next, archive);
            taken(next, archive, process);
            return;
        }
        next = new ChaincodeRecord(next.name(), next.version(), next.policy(), next.jar(), freePorts());
        ChaincodeProcess started = serve(next, archive);
        try {
            agree(next, archive);
        } catch (RuntimeException | Error failure) {
            started.close();
            throw failure;
        }
        ChaincodeProcess old = process;
        taken(next, archive, started);
        old.close();
    }

    private void taken(ChaincodeRecord next, ChaincodePackage archive, ChaincodeProcess started) {
        record = next;
        chaincode = archive;
        process = started;
        record.write(network.config().dataDirectory());
        describe();
    }

    /** The jar as this network keeps it, whatever becomes of the file that was named. */
    private @Nullable Path keep(UpgradeRequest request) {
        Path brought = request.jar();
        if (brought == null) {
            return record.jar();
        }
        Path kept = network.config()
                .dataDirectory()
                .resolve("chaincode")
                .resolve(ChaincodePackage.hashOf(brought).replace(':', '-') + ".jar");
        try {
            Files.createDirectories(kept.getParent());
            Files.copy(brought, kept, StandardCopyOption.REPLACE_EXISTING);
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(brought + " cannot be kept: " + e.getMessage(), e);
        }
    }

    private Map<String, Integer> freePorts() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        network.peerIds().forEach(peer -> ports.put(peer, FreePorts.one()));
        return ports;
    }

    /** Writes {@code network.json}. */
    void describe() {
        NetworkFile.write(
                network.config().dataDirectory(),
                network.config().channel(),
                network.config().mspIds().stream().map(network::organization).toList(),
                network.ordererAddress(),
                new NetworkFile.Chaincode(
                        record.name(),
                        record.version(),
                        record.policy(),
                        chaincode.id(),
                        addresses(record),
                        process.pid()));
    }

    @Override
    public void close() {
        process.close();
    }
}
