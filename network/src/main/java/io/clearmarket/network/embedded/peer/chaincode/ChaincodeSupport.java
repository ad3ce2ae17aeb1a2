package io.clearmarket.network.embedded.peer.chaincode;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.Response;

/** Runs chaincodes for one peer: finds the server, keeps its stream, calls it, reads the outcome. */
public final class ChaincodeSupport implements AutoCloseable {
    private static final int ERROR_THRESHOLD = 400;

    private final PeerLedger ledger;
    private final Map<String, ChaincodeLauncher> launchers;

    public ChaincodeSupport(PeerLedger ledger, Collection<ChaincodeServer> servers, Duration executeTimeout) {
        this.ledger = ledger;
        this.launchers = servers.stream()
                .collect(Collectors.toUnmodifiableMap(
                        ChaincodeServer::name, server -> new ChaincodeLauncher(server, this, executeTimeout)));
    }

    /** True if this peer has a server for the chaincode and the channel a definition of it. */
    public boolean has(String chaincode) {
        return launchers.containsKey(chaincode) && ledger.definition(chaincode).isPresent();
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
        ChaincodeLauncher launcher = launchers.get(name);
        if (ledger.definition(name).isEmpty() || launcher == null) {
            throw new ChaincodeFailure("make sure the chaincode " + name + " has been successfully defined on channel "
                    + invocation.channel() + " and try again: chaincode " + name + " not found");
        }
        invocation.simulator().readDefinition(name);
        return launcher.stream().execute(invocation);
    }

    @Override
    public void close() {
        launchers.values().forEach(ChaincodeLauncher::close);
    }
}
