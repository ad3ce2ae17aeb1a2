package io.clearmarket.network.embedded.faults;

/** Ends this process, without a shutdown hook, when half of a block is written. */
public final class HalfWritten implements WriteGuard {
    private static final int KILLED = 137;

    private final long block;

    public HalfWritten(long block) {
        this.block = block;
    }

    @Override
    public int allow(long number, int bytes) {
        return number == block ? bytes / 2 : bytes;
    }

    @Override
    public void refused() {
        Runtime.getRuntime().halt(KILLED);
    }
}
