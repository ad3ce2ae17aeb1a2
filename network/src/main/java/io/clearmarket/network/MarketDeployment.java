package io.clearmarket.network;

import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.fabric.FabricNetwork;
import io.clearmarket.network.fabric.client.PeerRefused;
import io.clearmarket.network.fabric.lifecycle.ChaincodePackage;
import io.clearmarket.network.fabric.lifecycle.ChaincodeTerms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The market's chaincode on a network: what runs it for every peer, and the definition on the channel; replaced by another
 * version while the network runs.
 */
final class MarketDeployment implements AutoCloseable {
    private static final Duration CHAINCODE_START = Duration.ofMinutes(2);

    private final ChaincodeNetwork network;
    private final OwnChaincode own;
    private ChaincodeRecord record;
    private RunningChaincode running;

    private MarketDeployment(ChaincodeNetwork network, OwnChaincode own, ChaincodeRecord record) {
        this.network = network;
        this.own = own;
        this.record = record;
        this.running = run(record);
    }

    /**
     * Starts the servers, then brings the chaincode onto the network's first channel. A jar with other content under the
     * same version is a new package that every organisation approves again.
     *
     * @param first what a network gets that has none yet; one that has keeps its own, with servers for peers that it got since
     * @param ownJar the project's jar
     */
    static MarketDeployment start(FabricNetwork network, ChaincodeRecord first, Path ownJar) {
        ChaincodeNetwork fabric = new FabricChaincodeNetwork(network);
        ChaincodeRecord record =
                ChaincodeRecord.of(fabric.dataDirectory()).orElse(first).servingAlso(network.chaincodePorts());
        MarketDeployment deployment = new MarketDeployment(fabric, OwnChaincode.asProcess(ownJar), record);
        try {
            fabric.agree(record, deployment.jar(record));
            record.write(fabric.dataDirectory());
            return deployment;
        } catch (RuntimeException | Error failure) {
            deployment.close();
            throw failure;
        }
    }

    /** Runs what an embedded network has agreed on when it started. */
    static MarketDeployment serving(EmbeddedNetwork network, ChaincodeRecord record, OwnChaincode own) {
        return new MarketDeployment(new EmbeddedChaincodeNetwork(network), own, record);
    }

    private Path jar(ChaincodeRecord wanted) {
        Path brought = wanted.jar();
        return brought == null ? own.jar() : brought;
    }

    private String packageId(ChaincodeRecord wanted) {
        return network.packageId(wanted, jar(wanted));
    }

    private RunningChaincode run(ChaincodeRecord wanted) {
        return wanted.jar() == null ? own.hostedBy(network, wanted).orElseGet(() -> serve(wanted)) : serve(wanted);
    }

    private RunningChaincode serve(ChaincodeRecord wanted) {
        ChaincodeProcess started = ChaincodeProcess.jar(
                jar(wanted),
                packageId(wanted),
                wanted.addresses().values(),
                network.dataDirectory().resolve("chaincode.log"));
        try {
            started.awaitListening(CHAINCODE_START);
            return started;
        } catch (RuntimeException | Error failure) {
            started.close();
            throw failure;
        }
    }

    /** Does what is asked for, if anything is; the old version serves until the new one is agreed on. */
    void upgradeIfAsked() {
        Path data = network.dataDirectory();
        UpgradeRequest request = UpgradeRequest.take(data).orElse(null);
        if (request == null) {
            return;
        }
        try {
            upgrade(request);
            request.answer(
                    data, true, "chaincode " + record.name() + " " + record.version() + " as " + packageId(record));
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
        if (packageId(next).equals(packageId(record)) && sameJar(next)) {
            network.agree(next, jar(next));
            taken(next, running);
            return;
        }
        next = new ChaincodeRecord(next.name(), next.version(), next.policy(), next.jar(), freePorts());
        RunningChaincode started = run(next);
        try {
            network.agree(next, jar(next));
        } catch (RuntimeException | Error failure) {
            started.close();
            throw failure;
        }
        RunningChaincode old = running;
        taken(next, started);
        old.close();
    }

    private boolean sameJar(ChaincodeRecord next) {
        return ChaincodePackage.hashOf(jar(next)).equals(ChaincodePackage.hashOf(jar(record)));
    }

    private void taken(ChaincodeRecord next, RunningChaincode started) {
        record = next;
        running = started;
        record.write(network.dataDirectory());
        describe();
    }

    /** The jar and its libraries as this network keeps them, whatever becomes of the file that was named. */
    private @Nullable Path keep(UpgradeRequest request) {
        Path brought = request.jar();
        if (brought == null) {
            return record.jar();
        }
        Path folder = network.dataDirectory()
                .resolve("chaincode")
                .resolve(ChaincodePackage.hashOf(brought).replace(':', '-'));
        try {
            return ChaincodeJar.keep(brought, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(brought + " cannot be kept: " + e.getMessage(), e);
        }
    }

    private Map<String, Integer> freePorts() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        network.peers().forEach(peer -> ports.put(peer, FreePorts.one()));
        return ports;
    }

    /** Writes {@code network.json}. */
    void describe() {
        network.describe(new NetworkFile.Chaincode(
                record.name(),
                record.version(),
                record.policy(),
                packageId(record),
                record.addresses(),
                running.pid()));
    }

    @Override
    public void close() {
        running.close();
    }
}
