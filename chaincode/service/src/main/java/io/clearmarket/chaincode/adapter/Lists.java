package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Page;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.domain.Keys;
import io.clearmarket.chaincode.domain.View;
import io.clearmarket.chaincode.moves.Timer;
import io.clearmarket.wallet.json.CanonicalJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ledger.CompositeKey;
import org.hyperledger.fabric.shim.ledger.KeyValue;

/** The queries that list: by an index of composite keys, a page of bounded size at a time. */
final class Lists {
    static final int MAX_PAGE = 200;

    private Lists() {}

    /** Whatever the index has under one id. */
    static byte[] all(RecordKind index, List<String> arguments, ChaincodeStub stub) {
        return page(index, 1, arguments, entry -> true, stub);
    }

    /** What falls due on a day; where the timer has been started anew or has ended, the entry says nothing any more. */
    static byte[] dueOn(List<String> arguments, ChaincodeStub stub) {
        Timer timer = timer(arguments);
        View state = new WorldState(stub);
        return page(RecordKind.DUE, 2, arguments, entry -> isDue(entry, timer, state), stub);
    }

    /** What a referrer has a share in, by the terms as they are now. */
    static byte[] referredBy(List<String> arguments, ChaincodeStub stub) {
        View state = new WorldState(stub);
        return page(RecordKind.REFERRAL, 1, arguments, entry -> isReferredBy(entry, state), stub);
    }

    /** What stands in a state now. */
    static byte[] inState(List<String> arguments, ChaincodeStub stub) {
        requireState(arguments);
        return all(RecordKind.STATE, arguments, stub);
    }

    /** Consignments, of all that there are, without a mark of the state in which they stand. */
    static byte[] unmarked(List<String> arguments, ChaincodeStub stub) {
        View state = new WorldState(stub);
        return page(RecordKind.CONSIGNMENT, 0, arguments, entry -> !isMarked(entry, state), stub);
    }

    private static boolean isMarked(List<String> entry, View state) {
        ConsignmentId id = new ConsignmentId(entry.getLast());
        Consignment now = state.find(Keys.consignment(id));
        return now == null || state.find(Keys.inState(now.state(), id)) != null;
    }

    private static boolean isDue(List<String> entry, Timer timer, View state) {
        ConsignmentId id = new ConsignmentId(entry.getLast());
        Consignment now = state.find(Keys.consignment(id));
        Instant end = now == null ? null : timer.of(now.deadlines());
        return end != null && Keys.due(timer, end, id).id().equals(entry);
    }

    private static boolean isReferredBy(List<String> entry, View state) {
        SignedTerms signed = state.find(Keys.terms(new ConsignmentId(entry.getLast())));
        return signed != null && signed.terms().escrow().referrer().toString().equals(entry.getFirst());
    }

    private static void requireState(List<String> arguments) {
        String name = arguments.isEmpty() ? "" : arguments.getFirst();
        List<String> names =
                Arrays.stream(Consignment.State.values()).map(Enum::name).toList();
        if (!names.contains(name)) {
            throw new RequestRefused(
                    RefusalCode.INVALID_VALUE, "there is no state \"" + name + "\"; states are " + names);
        }
    }

    private static Timer timer(List<String> arguments) {
        String name = arguments.isEmpty() ? "" : arguments.getFirst();
        for (Timer timer : Timer.values()) {
            if (timer.member().equals(name)) {
                return timer;
            }
        }
        throw new RequestRefused(
                RefusalCode.INVALID_VALUE,
                "there is no timer \"" + name + "\"; timers are "
                        + Arrays.stream(Timer.values()).map(Timer::member).toList());
    }

    /** @param fixed how many parts of the index's id the first arguments are; a page size and a bookmark follow */
    private static byte[] page(
            RecordKind index, int fixed, List<String> arguments, Predicate<List<String>> wanted, ChaincodeStub stub) {
        if (arguments.size() != fixed + 2) {
            throw new RequestRefused(
                    RefusalCode.WRONG_ARGUMENTS,
                    "arguments are " + (fixed + 2) + ", the last two a page size and a bookmark; there are "
                            + arguments.size());
        }
        CompositeKey prefix = Queries.key(index, arguments.subList(0, fixed), stub);
        int size = pageSize(arguments.get(fixed));
        String from = bookmark(arguments.get(fixed + 1), prefix.toString());
        try (var found = stub.getStateByPartialCompositeKeyWithPagination(prefix, size, from)) {
            List<String> ids = new ArrayList<>();
            for (KeyValue entry : found) {
                List<String> id = stub.splitCompositeKey(entry.getKey()).getAttributes();
                if (wanted.test(id)) {
                    ids.add(id.getLast());
                }
            }
            return CanonicalJson.bytes(new Page(ids, opaque(found.getMetadata().getBookmark())));
        } catch (Exception e) {
            throw new IllegalStateException("the peer gave no page", e);
        }
    }

    /** Refuses what is not 1 to {@link #MAX_PAGE}. */
    static int pageSize(String digits) {
        if (!digits.matches("[1-9][0-9]{0,2}") || Integer.parseInt(digits) > MAX_PAGE) {
            throw new RequestRefused(RefusalCode.INVALID_VALUE, "the page size must be 1 to " + MAX_PAGE);
        }
        return Integer.parseInt(digits);
    }

    /** The peer takes any key for a bookmark; only one of this index may be asked for. */
    private static String bookmark(String given, String prefix) {
        if (given.isEmpty()) {
            return "";
        }
        try {
            String key = new String(Base64.getUrlDecoder().decode(given), UTF_8);
            if (key.startsWith(prefix)) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // the refusal below says it
        }
        throw new RequestRefused(RefusalCode.INVALID_VALUE, "the bookmark is not one of this list");
    }

    private static String opaque(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
    }
}
