package io.clearmarket.gateway.api;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;

import io.clearmarket.chaincode.api.RefusalCode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Which HTTP status a refusal has. What no list names is well formed but not acceptable: 422. */
final class RefusalStatus {
    private static final Map<RefusalCode, HttpStatus> STATUS = new EnumMap<>(RefusalCode.class);

    static {
        put(
                BAD_REQUEST,
                RefusalCode.UNKNOWN_COMMAND,
                RefusalCode.WRONG_ARGUMENTS,
                RefusalCode.MALFORMED_JSON,
                RefusalCode.UNKNOWN_FIELD,
                RefusalCode.MISSING_FIELD,
                RefusalCode.INVALID_VALUE,
                RefusalCode.TOO_LONG);
        put(
                FORBIDDEN,
                RefusalCode.NOT_REGISTERED,
                RefusalCode.WRONG_ROLE,
                RefusalCode.WRONG_PARTY,
                RefusalCode.NOT_ACCREDITED,
                RefusalCode.WRONG_ORGANISATION);
        put(
                NOT_FOUND,
                RefusalCode.UNKNOWN_PARTY,
                RefusalCode.UNKNOWN_ORDER,
                RefusalCode.UNKNOWN_CONSIGNMENT,
                RefusalCode.UNKNOWN_ITEM,
                RefusalCode.UNKNOWN_DEVICE,
                RefusalCode.UNKNOWN_RECORD,
                RefusalCode.UNKNOWN_REVIEW);
        put(
                CONFLICT,
                RefusalCode.COMMAND_ID_REUSED,
                RefusalCode.ALREADY_REGISTERED,
                RefusalCode.CHANGE_UNDER_WAY,
                RefusalCode.NO_CHANGE,
                RefusalCode.NO_MARKET,
                RefusalCode.WRONG_MARKET_VERSION,
                RefusalCode.ORDER_EXISTS,
                RefusalCode.EVENT_EXISTS,
                RefusalCode.REVIEW_EXISTS,
                RefusalCode.REVIEW_ANSWERED,
                RefusalCode.DEVICE_EXISTS,
                RefusalCode.DEVICE_REVOKED,
                RefusalCode.READINGS_EXIST,
                RefusalCode.WRONG_VERSION,
                RefusalCode.WRONG_STATE,
                RefusalCode.CLOSED,
                RefusalCode.TOO_EARLY,
                RefusalCode.TOO_LATE,
                RefusalCode.DISPUTED,
                RefusalCode.ALREADY_DEPOSITED,
                RefusalCode.NOT_DEPOSITED,
                RefusalCode.LINE_ALREADY_DECIDED,
                RefusalCode.LINE_NOT_ACCEPTED,
                RefusalCode.ITEM_IN_OPEN_CONSIGNMENT,
                RefusalCode.ITEM_NOT_IN_CUSTODY,
                RefusalCode.EVIDENCE_USED);
    }

    private RefusalStatus() {}

    static HttpStatus of(RefusalCode code) {
        return STATUS.getOrDefault(code, UNPROCESSABLE_CONTENT);
    }

    /** What would be right, beyond what the refusal itself says; null where nothing general can be said. */
    static @Nullable String hint(RefusalCode code) {
        if (code == RefusalCode.WRONG_VERSION) {
            return "read the consignment again and decide on its current version";
        }
        if (code == RefusalCode.COMMAND_ID_REUSED) {
            return "use a new Idempotency-Key for a new command";
        }
        if (code == RefusalCode.NOT_REGISTERED) {
            return "register the party first: POST /api/v1/parties";
        }
        if (code == RefusalCode.TIMESTAMP_OUTSIDE_GUARD) {
            return "prepare the command again and sign it soon";
        }
        return switch (of(code)) {
            case FORBIDDEN -> "another party, or one in another role, may do this";
            case CONFLICT -> "read what it is about again: its state does not allow this now";
            case NOT_FOUND -> "check the id";
            default -> null;
        };
    }

    private static void put(HttpStatus status, RefusalCode... codes) {
        Arrays.stream(codes).forEach(code -> STATUS.put(code, status));
    }
}
