package io.clearmarket.network.embedded.orderer;

/**
 * When a block is full (Fabric's BatchSize).
 *
 * @param maxMessageCount messages in a block
 * @param absoluteMaxBytes a larger message is refused
 * @param preferredMaxBytes a larger message gets a block of its own; a block otherwise stays below
 */
public record BatchLimits(int maxMessageCount, long absoluteMaxBytes, long preferredMaxBytes) {
    public BatchLimits {
        if (maxMessageCount < 1 || preferredMaxBytes < 1 || absoluteMaxBytes < preferredMaxBytes) {
            throw new IllegalArgumentException(
                    "batch limits must be positive, and the absolute at least the preferred: " + maxMessageCount
                            + " messages, " + absoluteMaxBytes + " and " + preferredMaxBytes + " bytes");
        }
    }
}
