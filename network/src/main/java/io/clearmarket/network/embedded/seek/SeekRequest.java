package io.clearmarket.network.embedded.seek;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import io.clearmarket.network.embedded.seek.SeekRange.Refused;
import io.clearmarket.network.embedded.server.TlsBinding;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.SeekInfo;

/** The one envelope that opens a block stream, parsed and its time checked. */
public record SeekRequest(String channel, ByteString creator, SignedData signedData, ByteString data) {
    private static final Duration TIME_WINDOW = Duration.ofMinutes(15);

    /** @throws Refused as BAD_REQUEST if it does not parse, its time is more than 15 minutes off, or it is bound to another connection */
    public static SeekRequest of(Envelope envelope, Instant now, TlsBinding binding) throws Refused {
        try {
            Payload payload = Payload.parseFrom(envelope.getPayload());
            ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
            SignatureHeader signature =
                    SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader());
            Timestamp timestamp = header.getTimestamp();
            Instant claimed = Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
            if (!header.hasTimestamp()
                    || Duration.between(claimed, now).abs().compareTo(TIME_WINDOW) > 0
                    || !binding.allows(header.getTlsCertHash())) {
                throw new Refused(Status.BAD_REQUEST);
            }
            SignedData signed = new SignedData(envelope.getPayload(), signature.getCreator(), envelope.getSignature());
            return new SeekRequest(header.getChannelId(), signature.getCreator(), signed, payload.getData());
        } catch (InvalidProtocolBufferException | DateTimeException | ArithmeticException e) {
            // no message, or a time that no calendar has
            throw new Refused(Status.BAD_REQUEST);
        }
    }

    /** What is wanted; parsed only when the caller may have it. */
    public SeekInfo seekInfo() throws Refused {
        try {
            return SeekInfo.parseFrom(data);
        } catch (InvalidProtocolBufferException e) {
            throw new Refused(Status.BAD_REQUEST);
        }
    }
}
