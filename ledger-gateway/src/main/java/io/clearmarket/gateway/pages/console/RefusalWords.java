package io.clearmarket.gateway.pages.console;

import java.util.Set;

/** Which refusals merchants and buyers meet often enough to have words of their own; the code stands beside them. */
public final class RefusalWords {
    /** Their codes. */
    public static final Set<String> CODES = Set.of(
            "WRONG_VERSION",
            "WRONG_STATE",
            "WRONG_PARTY",
            "CLOSED",
            "TOO_EARLY",
            "TOO_LATE",
            "DISPUTED",
            "NOT_DEPOSITED",
            "AMOUNT_TOO_LARGE",
            "AMOUNT_ZERO",
            "LINE_ALREADY_DECIDED",
            "WRONG_ITEMS",
            "ITEM_IN_OPEN_CONSIGNMENT",
            "ITEM_NOT_IN_CUSTODY",
            "UNKNOWN_PARTY",
            "NOT_ACCREDITED",
            "UNKNOWN_OFFER",
            "CASE_EXISTS",
            "CASE_ANSWERED",
            "EXHIBIT_EXISTS",
            "REVIEW_ANSWERED",
            "COMMAND_ID_REUSED",
            "INVALID_VALUE",
            "UNAVAILABLE");

    private RefusalWords() {}

    static String key(String code) {
        return CODES.contains(code) ? "refusal." + code : "refusal.other";
    }
}
