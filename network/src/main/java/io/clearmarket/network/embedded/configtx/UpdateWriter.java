package io.clearmarket.network.embedded.configtx;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import java.security.SecureRandom;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/** Writes and signs the envelopes of a configuration update: the administrators', the submitter's, the orderer's. */
public final class UpdateWriter {
    private static final int NONCE_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private UpdateWriter() {}

    /** An update that nobody has signed. */
    public static ConfigUpdateEnvelope unsigned(ConfigUpdate update) {
        return ConfigUpdateEnvelope.newBuilder()
                .setConfigUpdate(update.toByteString())
                .build();
    }

    /** With one signature more. */
    public static ConfigUpdateEnvelope signed(ConfigUpdateEnvelope update, SigningIdentity administrator) {
        ByteString header = signatureHeader(administrator).toByteString();
        return update.toBuilder()
                .addSignatures(ConfigSignature.newBuilder()
                        .setSignatureHeader(header)
                        .setSignature(administrator.sign(
                                header.concat(update.getConfigUpdate()).toByteArray())))
                .build();
    }

    /** The CONFIG_UPDATE that goes to an orderer. */
    public static Envelope envelope(String channel, ConfigUpdateEnvelope update, SigningIdentity submitter) {
        return envelope(channel, HeaderType.CONFIG_UPDATE, update.toByteString(), submitter);
    }

    /** The CONFIG transaction that an orderer makes of it. */
    public static Envelope envelope(String channel, ConfigEnvelope config, SigningIdentity orderer) {
        return envelope(channel, HeaderType.CONFIG, config.toByteString(), orderer);
    }

    private static Envelope envelope(String channel, HeaderType type, ByteString data, SigningIdentity signer) {
        Instant now = Instant.now();
        ChannelHeader channelHeader = ChannelHeader.newBuilder()
                .setType(type.getNumber())
                .setChannelId(channel)
                .setTimestamp(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .build();
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(channelHeader.toByteString())
                        .setSignatureHeader(signatureHeader(signer).toByteString()))
                .setData(data)
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(signer.sign(payload.toByteArray()))
                .build();
    }

    private static SignatureHeader signatureHeader(SigningIdentity signer) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return SignatureHeader.newBuilder()
                .setCreator(signer.serialized())
                .setNonce(ByteString.copyFrom(nonce))
                .build();
    }
}
