package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.wallet.eth.EthAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway and an attester in a process of its own say to each other, in JSON over HTTP. Every path but {@link #HEALTH} begins with the
 * attester's address, so that a request that was signed for one is none for another.
 */
public final class AttesterApi {
    /** POST of a list of facts, answered by a list of {@link FactAnswer}s in the same order. */
    public static final String FACTS = "facts";

    /** POST of an {@link EntitlementBatch}, answered by a {@link ListAnswer}. */
    public static final String ENTITLEMENTS = "entitlements";

    /** GET or PUT of a {@link Pause}. */
    public static final String PAUSE = "pause";

    /** GET, signed by nobody. */
    public static final String HEALTH = "/health";

    /** No request and no answer is longer, in bytes. 200 facts have some 150 KiB. */
    public static final int LONGEST = 512 * 1024;

    private static final int LONGEST_REASON = 300;

    private AttesterApi() {}

    /** The path of a question to an attester. */
    public static String path(EthAddress attester, String question) {
        return "/v1/" + attester.lower() + "/" + question;
    }

    /** Either a signature, 65 bytes in 0x-prefixed hexadecimal, or why not. */
    public record FactAnswer(
            @Nullable String signature, @Nullable String declined) {
        /** What an attester said. */
        public static FactAnswer of(Answer answer) {
            return switch (answer) {
                case Answer.Signed signed -> new FactAnswer(signed.signature(), null);
                case Answer.Declined declined -> new FactAnswer(null, declined.reason());
            };
        }

        Answer answer() {
            return signature != null
                    ? new Answer.Signed(signature)
                    : new Answer.Declined(printable(declined == null ? "" : declined));
        }
    }

    /** Either a signature over the whole batch, or why not, by index in it. */
    public record ListAnswer(
            @Nullable String signature, @Nullable Map<Integer, String> declined) {
        /** What an attester said. */
        public static ListAnswer of(BatchAnswer answer) {
            return switch (answer) {
                case BatchAnswer.Signed signed -> new ListAnswer(signed.signature(), null);
                case BatchAnswer.Declined declined -> new ListAnswer(null, declined.reasons());
            };
        }

        BatchAnswer answer() {
            if (signature != null) {
                return new BatchAnswer.Signed(signature);
            }
            Map<Integer, String> reasons = new HashMap<>();
            if (declined != null) {
                declined.forEach((index, reason) -> reasons.put(index, printable(reason)));
            }
            return new BatchAnswer.Declined(reasons);
        }
    }

    /**
     * Whether it is paused, or is to be.
     *
     * @param by who wants it; absent in an answer
     */
    public record Pause(boolean paused, @Nullable String by) {}

    /**
     * Who answers.
     *
     * @param block the newest of its peer's blocks that it has read; -1 for none
     */
    public record Health(String mspId, EthAddress address, long block) {}

    /** Why a request was refused. */
    public record Problem(String detail) {}

    /** What another process says ends up in a log and on a page. */
    static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON);
    }
}
