package io.clearmarket.network.embedded.orderer;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.configtx.ChannelResources;
import io.clearmarket.network.embedded.configtx.RefusedUpdate;
import io.clearmarket.network.embedded.configtx.UpdateWriter;
import io.clearmarket.network.embedded.msp.MspException;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.network.embedded.policy.Policy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;

/**
 * The orderer's checks of an envelope (orderer/common/msgprocessor): size, expiry, /Channel/Writers, and whether a configuration update is
 * signed by whom it must be. It does not look at
 * endorsements, transaction ids or duplicates; that is the peers' business.
 */
final class Admission {
    private static final String WRITERS = "/Channel/Writers";

    private final ChannelResources channel;
    private final SigningIdentity orderer;
    private final Clock clock;

    /** @param orderer signs the configurations that it makes of updates */
    Admission(ChannelResources channel, SigningIdentity orderer, Clock clock) {
        this.channel = channel;
        this.orderer = orderer;
        this.clock = clock;
    }

    /** What became of an envelope: refused, or as it is to be ordered. */
    sealed interface Outcome {
        record Refused(BroadcastResult result) implements Outcome {}

        record Admitted(BlockCutter.Message message) implements Outcome {}
    }

    /** Judges an envelope by the present configuration; an update becomes the configuration that it leads to. */
    Outcome admit(Envelope envelope) {
        long sequence = channel.sequence();
        Optional<BroadcastResult> refusal = refusal(envelope);
        if (refusal.isPresent()) {
            return new Outcome.Refused(isUpdate(envelope) ? initially(refusal.get()) : refusal.get());
        }
        if (!isUpdate(envelope)) {
            return new Outcome.Admitted(
                    new BlockCutter.Message(envelope.toByteString(), size(envelope), sequence, false));
        }
        try {
            ConfigEnvelope config = channel.propose(envelope);
            BatchRules.of(config.getConfig());
            Envelope transaction = UpdateWriter.envelope(channel.channel(), config, orderer);
            Optional<BroadcastResult> tooLarge = sizeRefusal(transaction);
            if (tooLarge.isPresent()) {
                return new Outcome.Refused(
                        BroadcastResult.badRequest("config update for existing channel did not pass final checks: "
                                + tooLarge.get().info()));
            }
            return new Outcome.Admitted(
                    new BlockCutter.Message(transaction.toByteString(), size(transaction), sequence, true));
        } catch (RefusedUpdate | IllegalArgumentException e) {
            return new Outcome.Refused(BroadcastResult.badRequest(
                    "error applying config update to existing channel '" + channel.channel() + "': " + e.getMessage()));
        }
    }

    private static BroadcastResult initially(BroadcastResult refused) {
        return new BroadcastResult(
                refused.status(), "config update for existing channel did not pass initial checks: " + refused.info());
    }

    /** Judges again what was admitted under an earlier configuration; empty if it is refused now. */
    Optional<BlockCutter.Message> admitAgain(BlockCutter.Message message) {
        if (message.sequence() == channel.sequence()) {
            return Optional.of(message);
        }
        try {
            Envelope envelope = Envelope.parseFrom(message.envelope());
            if (message.configuration()) {
                Payload payload = Payload.parseFrom(envelope.getPayload());
                envelope = ConfigEnvelope.parseFrom(payload.getData()).getLastUpdate();
            }
            return admit(envelope) instanceof Outcome.Admitted admitted
                    ? Optional.of(admitted.message())
                    : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an admitted envelope cannot be read", e);
        }
    }

    private static boolean isUpdate(Envelope envelope) {
        try {
            Payload payload = Payload.parseFrom(envelope.getPayload());
            return ChannelHeader.parseFrom(payload.getHeader().getChannelHeader())
                            .getType()
                    == HeaderType.CONFIG_UPDATE_VALUE;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    private Optional<BroadcastResult> refusal(Envelope envelope) {
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
        if (!channelHeader.getChannelId().equals(channel.channel())) {
            return Optional.of(BroadcastResult.badRequest("channel does not exist: " + channelHeader.getChannelId()));
        }
        if (channelHeader.getType() != HeaderType.ENDORSER_TRANSACTION_VALUE
                && channelHeader.getType() != HeaderType.MESSAGE_VALUE
                && channelHeader.getType() != HeaderType.CONFIG_UPDATE_VALUE) {
            return Optional.of(BroadcastResult.badRequest(
                    "message is of type that cannot be processed directly: " + channelHeader.getType()));
        }
        return rules(envelope, signatureHeader);
    }

    private Optional<BroadcastResult> rules(Envelope envelope, SignatureHeader signatureHeader) {
        Optional<BroadcastResult> tooLarge = sizeRefusal(envelope);
        if (tooLarge.isPresent()) {
            return tooLarge;
        }
        if (expired(signatureHeader)) {
            return Optional.of(BroadcastResult.badRequest("broadcast client identity expired"));
        }
        Policy.SignedData signed =
                new Policy.SignedData(envelope.getPayload(), signatureHeader.getCreator(), envelope.getSignature());
        return writers()
                .evaluate(List.of(signed))
                .map(reason -> new BroadcastResult(Status.FORBIDDEN, reason + ": permission denied"));
    }

    private Optional<BroadcastResult> sizeRefusal(Envelope envelope) {
        long size = size(envelope);
        long most = BatchRules.of(channel.config()).limits().absoluteMaxBytes();
        return size > most
                ? Optional.of(BroadcastResult.badRequest(
                        "message payload is " + size + " bytes and exceeds maximum allowed " + most + " bytes"))
                : Optional.empty();
    }

    private Policy writers() {
        return channel.policy(WRITERS)
                .orElseThrow(() -> new IllegalStateException("the channel has no policy " + WRITERS));
    }

    /** An unknown identity is left to the policy, which says so in Fabric's words. */
    private boolean expired(SignatureHeader header) {
        try {
            return channel.deserialize(header.getCreator())
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
