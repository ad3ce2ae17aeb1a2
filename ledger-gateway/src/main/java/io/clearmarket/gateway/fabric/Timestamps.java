package io.clearmarket.gateway.fabric;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** What times of transactions may be. */
final class Timestamps {
    private static final long FIRST = 0;
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private Timestamps() {}

    /** True from 1970 to the year 9999, the last one that protocol buffers and ISO 8601 know; a peer and an orderer let any number through. */
    static boolean isOfACalendar(Timestamp timestamp) {
        return timestamp.getSeconds() >= FIRST
                && timestamp.getSeconds() <= LAST
                && timestamp.getNanos() >= 0
                && timestamp.getNanos() < 1_000_000_000;
    }
}
