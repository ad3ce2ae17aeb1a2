package io.clearmarket.network.conformance;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.peer.BlockTransactions;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.hyperledger.fabric.protos.peer.FilteredTransaction;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/**
 * What is done to a method to break its rule. The code is copied into the method, so what it calls must be public; what is
 * assigned to a parameter becomes the method's own result, argument or field.
 */
@SuppressWarnings("UnusedVariable")
public final class Breaks {
    /** Own writes by simulator and key. */
    public static final Map<String, ByteString> WRITTEN = new ConcurrentHashMap<>();

    private Breaks() {}

    public static String place(Object simulator, String namespace, String key) {
        return System.identityHashCode(simulator) + " " + namespace + " " + key;
    }

    /** The JDK's own verifier, to which s may be high. */
    public static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA", "SunEC");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    public static List<?> reversed(List<?> list) {
        return list.reversed();
    }

    public static Simulator.Page bookmarkedByLast(Simulator.Page page) {
        return page.bookmark().isEmpty()
                ? page
                : new Simulator.Page(page.results(), page.results().getLast().getKey());
    }

    public static FilteredTransaction withPayload(FilteredTransaction filtered, BlockTransactions.Entry entry) {
        if (entry.event().isEmpty()) {
            return filtered;
        }
        FilteredTransaction.Builder changed = filtered.toBuilder();
        changed.getTransactionActionsBuilder()
                .getChaincodeActionsBuilder(0)
                .setChaincodeEvent(entry.event().get());
        return changed.build();
    }

    public static ByteString another(ByteString hash) {
        return ByteString.copyFrom(Hashing.sha256(hash.toByteArray()));
    }

    public static byte[] another(byte[] hash) {
        return Hashing.sha256(hash);
    }

    /** The payload of a response; for anything else what was there before. */
    public static ByteString payloadOf(Object response, ByteString before) {
        return response instanceof ProposalResponse given ? given.getPayload() : before;
    }

    /** Answers true. */
    public static final class True {
        @Advice.OnMethodExit
        public static void exit(@Advice.Return(readOnly = false) boolean result) {
            result = true;
        }
    }

    /** Answers false. */
    public static final class False {
        @Advice.OnMethodExit
        public static void exit(@Advice.Return(readOnly = false) boolean result) {
            result = false;
        }
    }

    /** Answers zero. */
    public static final class Zero {
        @Advice.OnMethodExit
        public static void exit(@Advice.Return(readOnly = false) long result) {
            result = 0;
        }
    }

    /** Finds nothing to complain of. */
    public static final class Nothing {
        @Advice.OnMethodExit
        public static void exit(@Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result) {
            result = Optional.empty();
        }
    }

    /** Does nothing. */
    public static final class Skipped {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        public static boolean enter() {
            return true;
        }
    }

    /** Another hash than the right one. */
    public static final class OtherBytes {
        @Advice.OnMethodExit
        public static void exit(@Advice.Return(readOnly = false) byte[] result) {
            result = another(result);
        }
    }

    /** The same for a ByteString. */
    public static final class OtherHash {
        @Advice.OnMethodExit
        public static void exit(@Advice.Return(readOnly = false) ByteString result) {
            result = another(result);
        }
    }

    /** Verifies as a plain JDK does. */
    public static final class AnyS {
        @Advice.OnMethodExit
        public static void exit(
                @Advice.Argument(0) PublicKey key,
                @Advice.Argument(1) byte[] message,
                @Advice.Argument(2) byte[] signature,
                @Advice.Return(readOnly = false) boolean result) {
            result = verifies(key, message, signature);
        }
    }

    /** Remembers a write. */
    public static final class Remember {
        @Advice.OnMethodEnter
        public static void enter(
                @Advice.This Object simulator,
                @Advice.Argument(0) String namespace,
                @Advice.Argument(1) String key,
                @Advice.Argument(2) ByteString value) {
            WRITTEN.put(place(simulator, namespace, key), value);
        }
    }

    /** Reads what was written before. */
    public static final class Recall {
        @Advice.OnMethodExit
        public static void exit(
                @Advice.This Object simulator,
                @Advice.Argument(0) String namespace,
                @Advice.Argument(1) String key,
                @Advice.Return(readOnly = false) ByteString result) {
            ByteString own = WRITTEN.get(place(simulator, namespace, key));
            if (own != null) {
                result = own;
            }
        }
    }

    /** Compares UTF-16 units. */
    public static final class JavaOrder {
        @Advice.OnMethodExit
        public static void exit(
                @Advice.Argument(0) String a,
                @Advice.Argument(1) String b,
                @Advice.Return(readOnly = false) int result) {
            result = a.compareTo(b);
        }
    }

    /** Takes every response for the right one. */
    public static final class AnyPayload {
        @Advice.OnMethodEnter
        public static void enter(
                @Advice.Argument(value = 1, typing = Assigner.Typing.DYNAMIC) Object response,
                @Advice.FieldValue(value = "payload", readOnly = false) ByteString payload) {
            payload = payloadOf(response, payload);
        }
    }

    /** Leaves the payload in. */
    public static final class Unfiltered {
        @Advice.OnMethodExit
        public static void exit(
                @Advice.Argument(0) BlockTransactions.Entry entry,
                @Advice.Return(readOnly = false) FilteredTransaction result) {
            result = withPayload(result, entry);
        }
    }

    /** Calls every transaction valid. */
    public static final class Valid {
        @Advice.OnMethodExit
        public static void exit(@Advice.Return(readOnly = false) TxValidationCode result) {
            result = TxValidationCode.VALID;
        }
    }

    /** Turns a list round. */
    public static final class Reversed {
        @Advice.OnMethodExit
        public static void exit(@Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result) {
            result = reversed((List<?>) result);
        }
    }

    /** Names the last key of a page instead of the next one. */
    public static final class LastKey {
        @Advice.OnMethodExit
        public static void exit(@Advice.Return(readOnly = false) Simulator.Page result) {
            result = bookmarkedByLast(result);
        }
    }

    /** Begins an open range at the very first key. */
    public static final class FromTheStart {
        @Advice.OnMethodEnter
        public static void enter(@Advice.Argument(value = 2, readOnly = false) String start) {
            if (start.equals("\u0001")) {
                start = "";
            }
        }
    }
}
