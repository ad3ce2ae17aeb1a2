package io.clearmarket.chaincode.api;

/** How much of anything a command may hold. */
public final class Limits {
    /** The longest text, in UTF-16 code units. */
    public static final int TEXT = 200;

    /** The most elements of a list that has no limit of its own. */
    public static final int LIST = 500;

    /** The most items that one command names. */
    public static final int ITEMS = 500;

    /** The most consignments of an order. */
    public static final int CONSIGNMENTS = 20;

    /** The most lines of a consignment. */
    public static final int LINES = 50;

    /** The most pieces of a line. */
    public static final int PIECES = 500;

    /** The most arbiters that terms name. */
    public static final int ARBITERS = 5;

    /** The most conditions that terms carry. */
    public static final int CONDITIONS = 10;

    /** The most witnesses of a condition. */
    public static final int WITNESSES = 5;

    /** All of something, in basis points. */
    public static final int ALL_BPS = 10_000;

    /** Ten years in seconds: no timer is longer. */
    public static final long TEN_YEARS = 10L * 365 * 24 * 60 * 60;

    /** The most uses of a published offer. */
    public static final int USES = 1_000_000;

    /** The most cases of a consignment. */
    public static final int CASES = 99;

    /** The most documents that one side lays before the arbiters of a consignment. */
    public static final int EXHIBITS = 20;

    /** The shortest time in which a case's answer is asked for, in seconds. */
    public static final long SHORTEST_ANSWER = 3600;

    /** The longest, in seconds. */
    public static final long LONGEST_ANSWER = 30 * 24 * 3600L;

    /** The best score of a review; the worst is 1. */
    public static final int BEST_SCORE = 5;

    /** The most events that correct another. */
    public static final int CORRECTIONS = 20;

    /** The most kinds of readings that the ledger keeps of an event. */
    public static final int MEASURED = 20;

    /** The greatest reading, and the least below zero, in thousandths of its unit. */
    public static final long READING = 1_000_000_000_000L;

    /** The most batches under one root. */
    public static final int BATCHES = 1_000_000;

    /** The most readings under one root. */
    public static final long READINGS = 1_000_000_000L;

    /** The most signatures of evidence. */
    public static final int SIGNATURES = 16;

    /** The most attesters of a market. */
    public static final int ATTESTERS = 16;

    /** The most assets of a market. */
    public static final int ASSETS = 32;

    /**
     * The longest wait for a standby, in seconds: terms leave 30 days between the longest way to a decision and the stop date, after
     * which the payer may reclaim.
     */
    public static final long STANDBY_DELAY = 21 * 24 * 3600L;

    private Limits() {}
}
