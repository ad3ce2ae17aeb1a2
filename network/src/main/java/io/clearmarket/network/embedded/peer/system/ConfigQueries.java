package io.clearmarket.network.embedded.peer.system;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.msp.ConfigBlocks;
import java.util.List;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.ChannelInfo;
import org.hyperledger.fabric.protos.peer.ChannelQueryResponse;

/** cscc: the channel's configuration. */
final class ConfigQueries {
    private final PeerLedger ledger;
    private final Supplier<List<String>> channels;

    ConfigQueries(PeerLedger ledger, Supplier<List<String>> channels) {
        this.ledger = ledger;
        this.channels = channels;
    }

    ByteString run(String function, String channel) throws SystemFailure {
        return switch (function) {
            case "GetChannels" ->
                ChannelQueryResponse.newBuilder()
                        .addAllChannels(channels.get().stream()
                                .map(name -> ChannelInfo.newBuilder()
                                        .setChannelId(name)
                                        .build())
                                .toList())
                        .build()
                        .toByteString();
            case "GetConfigBlock" ->
                configBlock(channel, "Unknown channel ID, ").toByteString();
            case "GetChannelConfig" ->
                ConfigBlocks.config(configBlock(channel, "unknown channel ID, "))
                        .toByteString();
            default -> throw SystemFailure.unknownFunction(function);
        };
    }

    private Block configBlock(String channel, String otherwise) throws SystemFailure {
        if (!channel.equals(ledger.channel())) {
            throw SystemFailure.of(otherwise + channel);
        }
        return ledger.block(ledger.resources().block()).orElseThrow(() -> SystemFailure.of(otherwise + channel));
    }
}
