package io.clearmarket.network.embedded.orderer;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/** Groups messages into batches in the order of arrival; Fabric's blockcutter. Used by one thread. */
final class BlockCutter {
    /**
     * An envelope as it will stand in a block.
     *
     * @param size payload length plus signature length
     * @param sequence of the configuration that it was admitted under
     * @param configuration whether it is a CONFIG transaction, which stands alone
     */
    record Message(ByteString envelope, long size, long sequence, boolean configuration) {
        Message(ByteString envelope, long size) {
            this(envelope, size, 0, false);
        }

        /** True of the one message without content, which only wakes the orderer's thread. */
        boolean isWakeUp() {
            return envelope.isEmpty();
        }
    }

    private BatchLimits limits;
    private List<Message> pending = new ArrayList<>();
    private long pendingBytes;

    BlockCutter(BatchLimits limits) {
        this.limits = limits;
    }

    /** From the next message on. */
    void limit(BatchLimits others) {
        this.limits = others;
    }

    /** Takes a message and returns the batches that are complete now: none, one or two. */
    List<List<Message>> ordered(Message message) {
        List<List<Message>> batches = new ArrayList<>(2);
        if (message.size() > limits.preferredMaxBytes()) {
            addPending(batches);
            batches.add(List.of(message));
            return batches;
        }
        if (pendingBytes + message.size() > limits.preferredMaxBytes()) {
            addPending(batches);
        }
        pending.add(message);
        pendingBytes += message.size();
        if (pending.size() >= limits.maxMessageCount()) {
            addPending(batches);
        }
        return batches;
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** What is pending, as a batch; empty if nothing is. */
    List<Message> cut() {
        List<Message> batch = pending;
        pending = new ArrayList<>();
        pendingBytes = 0;
        return batch;
    }

    private void addPending(List<List<Message>> batches) {
        if (hasPending()) {
            batches.add(cut());
        }
    }
}
