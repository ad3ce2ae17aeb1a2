package io.clearmarket.network.embedded.orderer;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.msp.MspException;
import io.clearmarket.network.embedded.msp.MspManager;
import io.clearmarket.network.embedded.policy.Policy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;

/**
 * The orderer's checks of an envelope (orderer/common/msgprocessor): size, expiry, /Channel/Writers. It does not look at
 * endorsements, transaction ids or duplicates; that is the peers' business.
 */
final class Admission {
    private final String channel;
    private final MspManager msps;
    private final Policy writers;
    private final long absoluteMaxBytes;
    private final Clock clock;

    Admission(String channel, MspManager msps, Policy writers, long absoluteMaxBytes, Clock clock) {
        this.channel = channel;
        this.msps = msps;
        this.writers = writers;
        this.absoluteMaxBytes = absoluteMaxBytes;
        this.clock = clock;
    }

    /** Why the envelope is refused, or empty. */
    Optional<BroadcastResult> refusal(Envelope envelope) {
        if (envelope.getPayload().isEmpty()) {
            return Optional.of(BroadcastResult.badRequest("Message was empty"));
        }
        SignatureHeader signatureHeader;
        ChannelHeader channelHeader;
        try {
            Payload payload = Payload.parseFrom(envelope.getPayload());
            channelHeader = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
            signatureHeader = SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader());
        } catch (InvalidProtocolBufferException e) {
            return Optional.of(BroadcastResult.badRequest("error unmarshalling message: " + e.getMessage()));
        }
        if (!channelHeader.getChannelId().equals(channel)) {
            return Optional.of(BroadcastResult.badRequest("channel does not exist: " + channelHeader.getChannelId()));
        }
        if (channelHeader.getType() != HeaderType.ENDORSER_TRANSACTION_VALUE
                && channelHeader.getType() != HeaderType.MESSAGE_VALUE) {
            return Optional.of(BroadcastResult.badRequest(
                    "message is of type that cannot be processed directly: " + channelHeader.getType()));
        }
        return rules(envelope, signatureHeader);
    }

    private Optional<BroadcastResult> rules(Envelope envelope, SignatureHeader signatureHeader) {
        long size = size(envelope);
        if (size > absoluteMaxBytes) {
            return Optional.of(BroadcastResult.badRequest("message payload is " + size
                    + " bytes and exceeds maximum allowed " + absoluteMaxBytes + " bytes"));
        }
        if (expired(signatureHeader)) {
            return Optional.of(BroadcastResult.badRequest("broadcast client identity expired"));
        }
        Policy.SignedData signed =
                new Policy.SignedData(envelope.getPayload(), signatureHeader.getCreator(), envelope.getSignature());
        return writers.evaluate(List.of(signed))
                .map(reason -> new BroadcastResult(Status.FORBIDDEN, reason + ": permission denied"));
    }

    /** An unknown identity is left to the policy, which says so in Fabric's words. */
    private boolean expired(SignatureHeader header) {
        try {
            return msps.deserialize(header.getCreator())
                    .expiredAt(clock.instant().getEpochSecond());
        } catch (MspException unknown) {
            return false;
        }
    }

    /** The channel in an envelope's header, if it can be read. */
    static Optional<String> channelOf(Envelope envelope) {
        try {
            Payload payload = Payload.parseFrom(envelope.getPayload());
            return Optional.of(ChannelHeader.parseFrom(payload.getHeader().getChannelHeader())
                    .getChannelId());
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    static long size(Envelope envelope) {
        return (long) envelope.getPayload().size() + envelope.getSignature().size();
    }
}
