package io.clearmarket.network.embedded.peer.system;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.policy.Policy;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.peer.Response;

/** The system chaincodes: qscc, cscc, and what _lifecycle needs to define a chaincode (fabric-protocol section 8). */
public final class SystemChaincodes {
    private static final Set<String> NAMES = Set.of("qscc", "cscc", "lscc", "_lifecycle");
    private static final String READERS = "/Channel/Application/Readers";
    private static final String WRITERS = "/Channel/Application/Writers";

    private final PeerLedger ledger;
    private final LedgerQueries ledgerQueries;
    private final ConfigQueries configQueries;
    private final LifecycleQueries lifecycleQueries;
    private final LifecycleCommit lifecycleCommit;

    /**
     * @param mspIds the organisations, for the approvals that a definition's query lists
     * @param approvals what this peer's organisation agrees to
     */
    public SystemChaincodes(PeerLedger ledger, List<String> mspIds, List<ChaincodeApproval> approvals) {
        this.ledger = ledger;
        this.ledgerQueries = new LedgerQueries(ledger);
        this.configQueries = new ConfigQueries(ledger);
        this.lifecycleQueries = new LifecycleQueries(ledger, mspIds);
        this.lifecycleCommit = new LifecycleCommit(ledger, approvals);
    }

    public static boolean isSystem(String chaincode) {
        return NAMES.contains(chaincode);
    }

    /**
     * Runs a function; a failure is a response with a chaincode's error status.
     *
     * @param simulator what {@code _lifecycle} writes through; the others leave it alone
     */
    public Response invoke(String chaincode, List<ByteString> arguments, SignedData caller, Simulator simulator) {
        try {
            ByteString payload = switch (chaincode) {
                case "qscc" -> qscc(arguments, caller);
                case "cscc" -> cscc(arguments, caller);
                case "_lifecycle" -> lifecycle(arguments, caller, simulator);
                default -> throw SystemFailure.of("system chaincode " + chaincode + " is disabled");
            };
            return Response.newBuilder().setStatus(200).setPayload(payload).build();
        } catch (SystemFailure e) {
            return Response.newBuilder()
                    .setStatus(e.status())
                    .setMessage(e.text())
                    .build();
        }
    }

    private ByteString qscc(List<ByteString> arguments, SignedData caller) throws SystemFailure {
        String function = function(arguments, 2);
        String channel = arguments.get(1).toStringUtf8();
        if (!channel.equals(ledger.channel())) {
            throw SystemFailure.of("Invalid chain ID, " + channel);
        }
        if (arguments.size() < 3 && !function.equals("GetChainInfo")) {
            throw SystemFailure.of("missing 3rd argument for " + function);
        }
        requireAccess(READERS, caller, "access denied for [" + function + "][" + channel + "]: ");
        return ledgerQueries.run(function, arguments);
    }

    private ByteString cscc(List<ByteString> arguments, SignedData caller) throws SystemFailure {
        String function = function(arguments, 1);
        if (!function.equals("GetChannels") && arguments.size() < 2) {
            throw SystemFailure.of("Incorrect number of arguments, " + arguments.size());
        }
        String channel =
                arguments.size() < 2 ? ledger.channel() : arguments.get(1).toStringUtf8();
        requireAccess(READERS, caller, "access denied for [" + function + "][" + channel + "]: ");
        return configQueries.run(function, channel);
    }

    private ByteString lifecycle(List<ByteString> arguments, SignedData caller, Simulator simulator)
            throws SystemFailure {
        String function = function(arguments, 1);
        requireAccess(WRITERS, caller, "Failed to authorize invocation due to failed ACL check: ");
        ByteString argument = arguments.size() < 2 ? ByteString.EMPTY : arguments.get(1);
        return function.equals(LifecycleCommit.FUNCTION)
                ? lifecycleCommit.run(argument, simulator)
                : lifecycleQueries.run(function, argument);
    }

    private static String function(List<ByteString> arguments, int atLeast) throws SystemFailure {
        if (arguments.size() < atLeast) {
            throw SystemFailure.of("Incorrect number of arguments, " + arguments.size());
        }
        return arguments.getFirst().toStringUtf8();
    }

    private void requireAccess(String path, SignedData caller, String prefix) throws SystemFailure {
        Policy policy =
                ledger.policy(path).orElseThrow(() -> new IllegalStateException("the channel has no policy " + path));
        Optional<String> denied = policy.evaluate(List.of(caller));
        if (denied.isPresent()) {
            throw SystemFailure.of(prefix + "Failed evaluating policy on signed data during check policy on channel ["
                    + ledger.channel() + "] with policy [" + path + "]: [" + denied.get() + "]");
        }
    }
}
