package io.clearmarket.network.embedded.orderer;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.genesis.GoDuration;
import java.time.Duration;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;

/** When blocks are cut, as a channel's configuration says. */
record BatchRules(BatchLimits limits, Duration timeout) {
    /** @throws IllegalArgumentException if the configuration does not say, or impossibly */
    static BatchRules of(Config config) {
        ConfigGroup orderer = config.getChannelGroup().getGroupsOrThrow("Orderer");
        try {
            BatchSize size =
                    BatchSize.parseFrom(orderer.getValuesOrThrow("BatchSize").getValue());
            Duration timeout = GoDuration.parse(BatchTimeout.parseFrom(
                            orderer.getValuesOrThrow("BatchTimeout").getValue())
                    .getTimeout());
            if (timeout.isZero()) {
                throw new IllegalArgumentException("attempted to set the batch timeout to a non-positive value: 0s");
            }
            return new BatchRules(
                    new BatchLimits(size.getMaxMessageCount(), size.getAbsoluteMaxBytes(), size.getPreferredMaxBytes()),
                    timeout);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("unreadable batch rules: " + e.getMessage(), e);
        }
    }
}
