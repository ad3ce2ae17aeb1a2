package io.clearmarket.network.embedded.peer.chaincode;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.Simulator;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.Response;

/** Runs chaincodes for one peer on one channel: finds the server, keeps its stream, calls it, reads the outcome. */
public final class ChaincodeSupport implements AutoCloseable {
    private static final int ERROR_THRESHOLD = 400;
    private static final String WRITERS = "/Channel/Application/Writers";

    /** Where a chaincode with init-required keeps the version that was initialised. */
    private static final String INITIALIZED_KEY = "\u0000\uDBFF\uDFFFinitialized";

    private final PeerLedger ledger;
    private final ApprovedPackages approved;
    private final ChaincodeLaunchers launchers;
    private final Neighbours neighbours;
    private final Map<String, ChaincodeConnection> installed = new ConcurrentHashMap<>();

    /** The other channels of the same peer. */
    @FunctionalInterface
    public interface Neighbours {
        /** What runs chaincodes on a channel, if the peer is on it. */
        Optional<ChaincodeSupport> on(String channel);
    }

    public ChaincodeSupport(
            PeerLedger ledger,
            ApprovedPackages approved,
            Collection<ChaincodeServer> servers,
            ChaincodeLaunchers launchers,
            Neighbours neighbours) {
        this.ledger = ledger;
        this.approved = approved;
        this.launchers = launchers;
        this.neighbours = neighbours;
        servers.forEach(this::install);
    }

    /** Makes a package known, so that approved definitions can run on it; one that is known already is moved to its address. */
    public void install(ChaincodeServer server) {
        ChaincodeConnection before = installed.put(server.packageId(), launchers.use(server));
        if (before != null) {
            launchers.leave(before);
        }
    }

    /** The packages that this peer runs, by their ids. */
    public List<String> packageIds() {
        return installed.keySet().stream().sorted().toList();
    }

    /** True if the channel has a definition of the chaincode that this organisation approved with a package of this peer's. */
    public boolean has(String chaincode) {
        try {
            return ledger.definition(chaincode).isPresent() && connection(definition(chaincode, "")) != null;
        } catch (ChaincodeFailure notHere) {
            return false;
        }
    }

    private PeerLedger.ChaincodeDefinition definition(String name, String channel) throws ChaincodeFailure {
        return ledger.definition(name)
                .orElseThrow(() -> new ChaincodeFailure("make sure the chaincode " + name
                        + " has been successfully defined on channel " + channel + " and try again: chaincode " + name
                        + " not found"));
    }

    private ChaincodeConnection connection(PeerLedger.ChaincodeDefinition definition) throws ChaincodeFailure {
        ChaincodeConnection connection = installed.get(approved.of(definition));
        if (connection == null) {
            throw new ChaincodeFailure(
                    "chaincode definition for '" + definition.name() + "' exists, but chaincode is not installed");
        }
        return connection;
    }

    /**
     * Calls the chaincode and waits for its answer.
     *
     * @throws ChaincodeFailure in a peer's words, if there is none
     */
    public ChaincodeResult execute(Invocation invocation) throws ChaincodeFailure {
        ChaincodeMessage ended = run(invocation);
        if (ended.getType() == ChaincodeMessage.Type.ERROR) {
            throw new ChaincodeFailure(
                    "transaction returned with failure: " + ended.getPayload().toStringUtf8());
        }
        try {
            Response response = Response.parseFrom(ended.getPayload());
            Optional<ChaincodeEvent> event = ended.hasChaincodeEvent() && response.getStatus() < ERROR_THRESHOLD
                    ? Optional.of(ended.getChaincodeEvent().toBuilder()
                            .setChaincodeId(invocation.chaincode())
                            .setTxId(invocation.transactionId())
                            .build())
                    : Optional.empty();
            return new ChaincodeResult(response, event);
        } catch (InvalidProtocolBufferException e) {
            throw new ChaincodeFailure("failed to unmarshal response: " + e.getMessage());
        }
    }

    /** The COMPLETED or ERROR message that ends the call. */
    ChaincodeMessage run(Invocation invocation) throws ChaincodeFailure {
        String name = invocation.chaincode();
        PeerLedger.ChaincodeDefinition definition = definition(name, invocation.channel());
        ChaincodeConnection connection = connection(definition);
        invocation.simulator().readDefinition(name);
        return connection.stream().execute(this, invocation, initialization(definition, invocation));
    }

    /**
     * The same on another channel of this peer, by whoever may write there, in a simulation of its own that leaves no trace.
     */
    ChaincodeMessage runOn(String channel, Invocation invocation) throws ChaincodeFailure {
        String unknown = "Failed to get policy manager for channel [" + channel + "]";
        ChaincodeSupport other = neighbours.on(channel).orElseThrow(() -> new ChaincodeFailure(unknown));
        Optional<String> denied = other.ledger
                .policy(WRITERS)
                .orElseThrow(() -> new ChaincodeFailure(unknown))
                .evaluate(List.of(invocation.signedProposal()));
        if (denied.isPresent()) {
            throw new ChaincodeFailure("Failed evaluating policy on signed data during check policy on channel ["
                    + channel + "] with policy [" + WRITERS + "]: [" + denied.get() + "]");
        }
        try (Simulator simulator = other.ledger.simulate(invocation.transactionId())) {
            return other.run(invocation.onChannel(channel, simulator));
        }
    }

    /** Whether this call initialises the chaincode; refused where it must and does not, or does and must not. */
    private static boolean initialization(PeerLedger.ChaincodeDefinition definition, Invocation invocation)
            throws ChaincodeFailure {
        boolean called = invocation.input().getIsInit();
        if (!definition.definition().initRequired()) {
            if (called) {
                throw invalid(definition, "does not require initialization but called as init");
            }
            return false;
        }
        ByteString version = ByteString.copyFromUtf8(definition.version());
        try {
            boolean done = invocation
                    .simulator()
                    .getState(definition.name(), INITIALIZED_KEY)
                    .equals(version);
            if (called && done) {
                throw invalid(definition, "is already initialized but called as init");
            }
            if (!called && !done) {
                throw invalid(definition, "has not been initialized for this version, must call as init first");
            }
            if (called) {
                invocation.simulator().putState(definition.name(), INITIALIZED_KEY, version);
            }
            return called;
        } catch (Simulator.Refused e) {
            throw new ChaincodeFailure("invalid invocation: " + e.getMessage());
        }
    }

    private static ChaincodeFailure invalid(PeerLedger.ChaincodeDefinition definition, String why) {
        return new ChaincodeFailure("invalid invocation: chaincode '" + definition.name() + "' " + why);
    }

    @Override
    public void close() {
        installed.values().forEach(launchers::leave);
        installed.clear();
    }
}
