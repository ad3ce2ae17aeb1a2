package io.clearmarket.network.embedded.peer;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/**
 * Finds the channel that a call is about. A call that names none, one that the peer is not on, or cannot be read goes to the first
 * channel, which refuses it in a peer's words. With one channel nothing is looked at.
 */
final class ChannelSwitch {
    private final Map<String, Peer> byChannel;
    private final Peer first;

    ChannelSwitch(Map<String, Peer> byChannel) {
        this.byChannel = Map.copyOf(byChannel);
        this.first = byChannel.values().iterator().next();
    }

    /** Reads a channel's name out of a message. */
    interface Reading {
        String channel() throws InvalidProtocolBufferException;
    }

    Peer choose(Reading reading) {
        if (byChannel.size() == 1) {
            return first;
        }
        try {
            return byChannel.getOrDefault(reading.channel(), first);
        } catch (InvalidProtocolBufferException unreadable) {
            return first;
        }
    }

    Peer of(SignedProposal proposal) {
        return choose(() -> channel(
                Header.parseFrom(Proposal.parseFrom(proposal.getProposalBytes()).getHeader())));
    }

    Peer of(Envelope envelope) {
        return choose(() -> channel(Payload.parseFrom(envelope.getPayload()).getHeader()));
    }

    private static String channel(Header header) throws InvalidProtocolBufferException {
        return ChannelHeader.parseFrom(header.getChannelHeader()).getChannelId();
    }
}
