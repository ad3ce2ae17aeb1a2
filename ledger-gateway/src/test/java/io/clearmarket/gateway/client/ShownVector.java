package io.clearmarket.gateway.client;

import io.clearmarket.wallet.fabric.Invocation;
import io.clearmarket.wallet.fabric.RefusedToSign;
import io.clearmarket.wallet.fabric.Shown;
import io.clearmarket.wallet.fabric.ShownProposal;
import io.clearmarket.wallet.fabric.ShownTransaction;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.p256.P256;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to sign, and what the Java wallet shows of them.
 *
 * @param kind proposal or transaction
 * @param expected what is shown; absent where it is refused
 */
@SuppressWarnings("ArrayRecordComponent") // written as JSON, never compared
record ShownVector(String kind, byte[] bytes, @Nullable Map<String, Object> expected) {
    private static final long SEED = 8;
    private static final int CHANGES = 150;

    static ShownVector ofProposal(byte[] bytes) {
        return new ShownVector("proposal", bytes, shown(bytes, ShownVector::proposal));
    }

    static ShownVector ofTransaction(byte[] bytes) {
        return new ShownVector("transaction", bytes, shown(bytes, ShownVector::transaction));
    }

    /** Both with a bit turned, a byte left out or put in, somewhere: always the same places for the same bytes. */
    static List<ShownVector> changed(byte[] proposal, byte[] transaction) {
        Random random = new Random(SEED);
        List<ShownVector> changed = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            changed.add(ofProposal(change(proposal, random)));
            changed.add(ofTransaction(change(transaction, random)));
        }
        return changed;
    }

    private static byte[] change(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        byte[] changed = bytes.clone();
        switch (random.nextInt(4)) {
            case 0 -> {
                System.arraycopy(bytes, at + 1, changed, at, bytes.length - at - 1);
                return Arrays.copyOf(changed, bytes.length - 1);
            }
            case 1 -> {
                // an unknown field at the end: number 15, a varint
                changed = Arrays.copyOf(bytes, bytes.length + 2);
                changed[bytes.length] = 15 << 3;
                changed[bytes.length + 1] = (byte) random.nextInt(128);
            }
            default -> changed[at] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static @Nullable Map<String, Object> shown(byte[] bytes, Function<byte[], Map<String, Object>> decode) {
        try {
            return decode.apply(bytes);
        } catch (RefusedToSign refused) {
            return null;
        }
    }

    private static Map<String, Object> proposal(byte[] bytes) {
        ShownProposal proposal = ShownProposal.decode(bytes);
        Map<String, Object> seen = common(proposal, proposal.channel(), proposal.invocation(), proposal.timestamp());
        seen.put("transientKeys", proposal.transientKeys());
        seen.put("hash", HexFormat.of().formatHex(proposal.proposalHash()));
        return seen;
    }

    private static Map<String, Object> transaction(byte[] bytes) {
        ShownTransaction transaction = ShownTransaction.decode(bytes);
        Map<String, Object> seen =
                common(transaction, transaction.channel(), transaction.invocation(), transaction.timestamp());
        seen.put("responseStatus", transaction.responseStatus());
        seen.put("responsePayload", transaction.responsePayload());
        seen.put("writes", transaction.writtenKeys());
        seen.put(
                "endorsers",
                transaction.endorsers().stream().map(Identity::mspId).toList());
        return seen;
    }

    private static Map<String, Object> common(Shown shown, String channel, Invocation invocation, Instant time) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("transactionId", shown.transactionId());
        seen.put("channel", channel);
        seen.put("chaincode", invocation.chaincode());
        seen.put("function", invocation.function());
        seen.put("arguments", invocation.arguments());
        seen.put("mspId", shown.creator().mspId());
        seen.put("party", shown.creator().partyId());
        seen.put("seconds", time.getEpochSecond());
        return seen;
    }

    /** The other signature that verifies mathematically, which Fabric refuses: s becomes n - s. */
    static byte[] withHigherS(byte[] signature) {
        int r = signature[3];
        byte[] s = Arrays.copyOfRange(signature, 6 + r, signature.length);
        byte[] high = P256.ORDER.subtract(new BigInteger(s)).toByteArray();
        byte[] changed = Arrays.copyOf(signature, 6 + r + high.length);
        changed[1] = (byte) (changed.length - 2);
        changed[5 + r] = (byte) high.length;
        System.arraycopy(high, 0, changed, 6 + r, high.length);
        return changed;
    }
}
