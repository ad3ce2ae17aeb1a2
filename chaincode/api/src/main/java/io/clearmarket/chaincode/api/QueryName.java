package io.clearmarket.chaincode.api;

/** The chaincode's queries: strings in, JSON out, nothing written. */
public final class QueryName {
    /** Arguments: record kind ({@link RecordKind#objectType}), the id's parts. Answer: the record. */
    public static final String GET = "get";

    /**
     * Arguments: record kind, 1 to 200 ids of one part each. Answer: the records as a list in the ids' order, null for one
     * that there is not.
     */
    public static final String GET_ALL = "getAll";

    /**
     * Arguments: record kind, the id's parts, page size (1 to 200), bookmark ("" for the first page). Answer: {@link HistoryPage}, newest
     * first. What is written between two pages moves neither.
     */
    public static final String HISTORY = "history";

    /** Arguments: party id, page size (1 to 200), bookmark ("" for the first page). Answer: {@link Page} of order ids. */
    public static final String ORDERS_OF = "ordersOf";

    /** Arguments: EPC, page size, bookmark. Answer: {@link Page} of CBV event ids. */
    public static final String EVENTS_OF = "eventsOf";

    /**
     * Arguments: a timer such as {@code shipBy}, a day such as {@code 2026-11-24} (UTC), page size, bookmark. Answer: {@link Page} of the
     * consignments whose running timer ends on that day. As in every list a page may hold less than its size and not be the last one: what
     * is no longer so is left out of it.
     */
    public static final String DUE_ON = "dueOn";

    /** Arguments: party id, page size, bookmark. Answer: {@link Page} of consignments whose dispute came before that arbiter. */
    public static final String DISPUTES_OF = "disputesOf";

    /** Arguments: EVM address, page size, bookmark. Answer: {@link Page} of consignments whose terms name that referrer. */
    public static final String REFERRED_BY = "referredBy";

    /** Arguments: a {@link Consignment.State}, page size, bookmark. Answer: {@link Page} of the consignments that stand there. */
    public static final String IN_STATE = "inState";

    /**
     * Arguments: page size, bookmark. Answer: {@link Page} of consignments that were written before there were marks of states, and have
     * been in no other state since: no other list need have them.
     */
    public static final String UNMARKED = "unmarked";

    private QueryName() {}
}
