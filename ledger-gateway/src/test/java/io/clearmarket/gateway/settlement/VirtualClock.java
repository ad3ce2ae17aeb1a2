package io.clearmarket.gateway.settlement;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that goes on when told to. */
final class VirtualClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void advanceTo(Instant later) {
        now = later.isAfter(now) ? later : now;
    }

    Instant after(Duration duration) {
        return now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("time has no zone here");
    }
}
