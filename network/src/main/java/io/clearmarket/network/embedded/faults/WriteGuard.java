package io.clearmarket.network.embedded.faults;

/** Asked before a block is written; decides how much of it the disk takes. */
@FunctionalInterface
public interface WriteGuard {
    /** Takes everything. */
    WriteGuard NONE = (block, bytes) -> bytes;

    /**
     * How many bytes are written. Fewer than there are is a disk that is full: the rest is refused with an IOException.
     *
     * @param block the block's number
     * @param bytes how many there are
     */
    int allow(long block, int bytes);

    /** Called when a part was written and the rest is about to be refused. */
    default void refused() {}
}
