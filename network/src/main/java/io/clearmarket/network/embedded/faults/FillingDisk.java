package io.clearmarket.network.embedded.faults;

import java.util.concurrent.atomic.AtomicLong;

/** A disk with so much room left: the write that does not fit is made in part, as a real one does. */
public final class FillingDisk implements WriteGuard {
    private final AtomicLong left;

    public FillingDisk(long bytesLeft) {
        this.left = new AtomicLong(bytesLeft);
    }

    @Override
    public int allow(long block, int bytes) {
        long before = left.getAndUpdate(room -> Math.max(0, room - bytes));
        return (int) Math.min(before, bytes);
    }
}
