package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.QueryName;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.RefusalCode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ledger.CompositeKey;

/** Reads for people and programs: by id, a record's {@link History}, and the {@link Lists}. Every answer is bounded. */
final class Queries {
    static final Set<String> NAMES = Set.of(
            QueryName.GET,
            QueryName.GET_ALL,
            QueryName.HISTORY,
            QueryName.ORDERS_OF,
            QueryName.EVENTS_OF,
            QueryName.DUE_ON,
            QueryName.DISPUTES_OF,
            QueryName.REFERRED_BY,
            QueryName.IN_STATE,
            QueryName.UNMARKED);

    private static final int MAX_ID_PARTS = 3;

    private Queries() {}

    /** The answer's JSON. */
    static byte[] run(String name, List<String> arguments, ChaincodeStub stub) {
        arguments.forEach(Queries::requireIdPart);
        return switch (name) {
            case QueryName.GET -> get(kind(arguments), id(arguments), stub);
            case QueryName.GET_ALL -> getAll(kind(arguments), arguments.subList(1, arguments.size()), stub);
            case QueryName.HISTORY -> history(arguments, stub);
            case QueryName.ORDERS_OF -> Lists.all(RecordKind.PARTYORDER, arguments, stub);
            case QueryName.EVENTS_OF -> Lists.all(RecordKind.ITEMEVENT, arguments, stub);
            case QueryName.DUE_ON -> Lists.dueOn(arguments, stub);
            case QueryName.DISPUTES_OF -> Lists.all(RecordKind.ARBITERDISPUTE, arguments, stub);
            case QueryName.REFERRED_BY -> Lists.referredBy(arguments, stub);
            case QueryName.IN_STATE -> Lists.inState(arguments, stub);
            case QueryName.UNMARKED -> Lists.unmarked(arguments, stub);
            default -> throw new RequestRefused(RefusalCode.UNKNOWN_COMMAND, "there is no query " + name);
        };
    }

    private static byte[] get(RecordKind kind, List<String> id, ChaincodeStub stub) {
        return found(kind, id, stub.getState(key(kind, id, stub).toString()));
    }

    private static byte[] getAll(RecordKind kind, List<String> ids, ChaincodeStub stub) {
        if (ids.isEmpty() || ids.size() > Lists.MAX_PAGE) {
            throw new RequestRefused(
                    RefusalCode.WRONG_ARGUMENTS,
                    "after the kind come 1 to " + Lists.MAX_PAGE + " ids; there are " + ids.size());
        }
        return ids.stream()
                .map(id -> stub.getState(key(kind, List.of(id), stub).toString()))
                .map(value -> value.length == 0 ? "null" : new String(value, UTF_8))
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(UTF_8);
    }

    /** An absent key reads as an empty value. */
    static byte[] found(RecordKind kind, List<String> id, byte[] value) {
        if (value.length == 0) {
            throw new RequestRefused(unknown(kind), "there is no " + kind.objectType() + " " + String.join(" ", id));
        }
        return value;
    }

    private static byte[] history(List<String> arguments, ChaincodeStub stub) {
        RecordKind kind = kind(arguments);
        int end = arguments.size() - 2;
        if (end < 2) {
            throw new RequestRefused(
                    RefusalCode.WRONG_ARGUMENTS,
                    "arguments are a kind, an id, a page size and a bookmark; there are " + arguments.size());
        }
        CompositeKey key = key(kind, id(arguments.subList(0, end)), stub);
        return History.page(key, arguments.subList(end, arguments.size()), stub);
    }

    static CompositeKey key(RecordKind kind, List<String> id, ChaincodeStub stub) {
        return stub.createCompositeKey(kind.objectType(), id.toArray(String[]::new));
    }

    private static RecordKind kind(List<String> arguments) {
        String name = arguments.isEmpty() ? "" : arguments.getFirst();
        for (RecordKind kind : RecordKind.values()) {
            if (kind.objectType().equals(name)) {
                return kind;
            }
        }
        throw new RequestRefused(
                RefusalCode.WRONG_ARGUMENTS, "the first argument is a kind of record such as consignment, not " + name);
    }

    private static List<String> id(List<String> arguments) {
        int parts = arguments.size() - 1;
        if (parts < 1 || parts > MAX_ID_PARTS) {
            throw new RequestRefused(
                    RefusalCode.WRONG_ARGUMENTS, "an id has 1 to " + MAX_ID_PARTS + " parts; there are " + parts);
        }
        return arguments.subList(1, arguments.size());
    }

    /** What a composite key cannot hold is no id. */
    private static void requireIdPart(String part) {
        boolean whole = part.codePoints()
                .allMatch(c -> c != 0 && c != Character.MAX_CODE_POINT && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFD);
        if (!whole || part.length() > 2 * Limits.TEXT) {
            throw new RequestRefused(
                    RefusalCode.INVALID_VALUE, "an argument is longer than 400 characters or holds one that no id has");
        }
    }

    private static RefusalCode unknown(RecordKind kind) {
        return switch (kind) {
            case MARKET -> RefusalCode.NO_MARKET;
            case PARTY -> RefusalCode.UNKNOWN_PARTY;
            case ORDER -> RefusalCode.UNKNOWN_ORDER;
            case CONSIGNMENT, TERMS -> RefusalCode.UNKNOWN_CONSIGNMENT;
            case ITEM -> RefusalCode.UNKNOWN_ITEM;
            case DEVICE -> RefusalCode.UNKNOWN_DEVICE;
            case APPROVAL,
                    EVENT,
                    DECLARATION,
                    EVENTERROR,
                    ITEMEVENT,
                    PARTYORDER,
                    DUE,
                    ARBITERDISPUTE,
                    REFERRAL,
                    STATE,
                    REVIEW,
                    RECEIPT,
                    EVIDENCE,
                    HANDOVER,
                    READINGS,
                    CASE,
                    EXHIBIT,
                    OFFER,
                    OFFERUSE -> RefusalCode.UNKNOWN_RECORD;
        };
    }
}
