package io.clearmarket.network.embedded.peer.system;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.msp.MspException;
import io.clearmarket.network.embedded.msp.MspIdentity;
import io.clearmarket.network.embedded.policy.Policy;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.peer.Response;

/** The system chaincodes: qscc, cscc, and _lifecycle (fabric-protocol section 8). */
public final class SystemChaincodes {
    private static final Set<String> NAMES = Set.of("qscc", "cscc", "lscc", "_lifecycle");
    private static final String READERS = "/Channel/Application/Readers";
    private static final String WRITERS = "/Channel/Application/Writers";

    private final PeerLedger ledger;
    private final String mspId;
    private final LedgerQueries ledgerQueries;
    private final ConfigQueries configQueries;
    private final Lifecycle lifecycle;

    /**
     * @param mspId the peer's organisation
     * @param installed ids of the packages that this peer runs
     * @param channels that this peer is on
     */
    public SystemChaincodes(
            PeerLedger ledger, String mspId, Supplier<List<String>> installed, Supplier<List<String>> channels) {
        this.ledger = ledger;
        this.mspId = mspId;
        this.ledgerQueries = new LedgerQueries(ledger);
        this.configQueries = new ConfigQueries(ledger, channels);
        this.lifecycle = new Lifecycle(ledger, mspId, new LifecycleQueries(ledger, mspId, installed));
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
        if (arguments.isEmpty()) {
            throw SystemFailure.of("lifecycle scc must be invoked with arguments");
        }
        if (arguments.size() != 2) {
            throw SystemFailure.of(
                    "lifecycle scc operations require exactly two arguments but received " + arguments.size());
        }
        String function = arguments.getFirst().toStringUtf8();
        String denial = "Failed to authorize invocation due to failed ACL check: ";
        if (Lifecycle.FOR_ADMINS.contains(function)) {
            requireOwnAdmin(caller, denial);
        } else {
            requireAccess(WRITERS, caller, denial);
        }
        return lifecycle.run(function, arguments.get(1), simulator);
    }

    /** An administrator of the peer's own organisation, whatever the channel's policies say. */
    private void requireOwnAdmin(SignedData caller, String prefix) throws SystemFailure {
        String text =
                prefix + "Failed verifying that proposal's creator satisfies local MSP principal during channelless"
                        + " check policy with policy [Admins]: [";
        try {
            MspIdentity identity = ledger.msps().deserialize(caller.identity());
            if (!identity.mspId().equals(mspId)) {
                throw SystemFailure.of(text + "the identity is a member of a different MSP (expected " + mspId
                        + ", got " + identity.mspId() + ")]");
            }
            if (!identity.hasRole(MspIdentity.Role.ADMIN)) {
                throw SystemFailure.of(text + "The identity is not an admin under this MSP [" + mspId + "]]");
            }
        } catch (MspException unknown) {
            throw SystemFailure.of(text + unknown.getMessage() + "]");
        }
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
