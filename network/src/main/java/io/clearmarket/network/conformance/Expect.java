package io.clearmarket.network.conformance;

import io.grpc.Status;
import java.util.Objects;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.jspecify.annotations.Nullable;

/** Comparisons that say what was seen when they fail. */
final class Expect {
    private Expect() {}

    /** A call that may fail. */
    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    static void equal(String what, @Nullable Object expected, @Nullable Object seen) {
        boolean same = Objects.deepEquals(expected, seen);
        if (!same) {
            throw new Difference(what + ": expected <" + text(expected) + ">, seen <" + text(seen) + ">");
        }
    }

    static void holds(String what, boolean condition, @Nullable Object seen) {
        if (!condition) {
            throw new Difference(what + ": seen <" + text(seen) + ">");
        }
    }

    static void contains(String what, String part, @Nullable String seen) {
        if (seen == null || !seen.contains(part)) {
            throw new Difference(what + ": expected <..." + part + "...>, seen <" + seen + ">");
        }
    }

    /** Runs a call that must fail with exactly this class of exception. */
    static <E extends Exception> E thrown(Class<E> type, Call call) {
        try {
            call.run();
        } catch (Exception e) {
            if (e.getClass().equals(type)) {
                return type.cast(e);
            }
            throw new Difference("expected " + type.getSimpleName() + ", seen " + e, e);
        }
        throw new Difference("expected " + type.getSimpleName() + ", but the call succeeded");
    }

    static void status(Status.Code code, String description, GatewayException seen) {
        equal("status", code, seen.getStatus().getCode());
        equal("description", description, seen.getStatus().getDescription());
    }

    /** The only detail's message; its address and MSP id must be the organisation's. */
    static String onlyDetail(NetworkUnderTest.Organization from, GatewayException seen) {
        equal("number of details", 1, seen.getDetails().size());
        ErrorDetail detail = seen.getDetails().getFirst();
        equal("detail's address", from.peerAddress(), detail.getAddress());
        equal("detail's MSP id", from.mspId(), detail.getMspId());
        return detail.getMessage();
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? java.util.HexFormat.of().formatHex(bytes) : String.valueOf(value);
    }
}
