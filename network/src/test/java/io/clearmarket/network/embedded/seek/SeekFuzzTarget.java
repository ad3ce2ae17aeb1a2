package io.clearmarket.network.embedded.seek;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.clearmarket.network.embedded.hostile.Seeds;
import io.clearmarket.network.embedded.server.TlsBinding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.orderer.SeekSpecified;

/**
 * What Jazzer calls: a request for blocks, whole, with any time in a good one, or its seek info alone, as the first byte of an input
 * says. Found is whatever is thrown beside a refusal, and a range that is none.
 */
public final class SeekFuzzTarget {
    private static final int HEIGHT = 10;
    private static final Instant NOW = Instant.ofEpochSecond(1_795_000_000);

    private SeekFuzzTarget() {}

    /** Called once, before any input. */
    public static void fuzzerInitialize() throws IOException {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(HeaderType.DELIVER_SEEK_INFO_VALUE)
                .setChannelId("market")
                .setTimestamp(Timestamp.newBuilder().setSeconds(NOW.getEpochSecond()))
                .build();
        SeekPosition first = SeekPosition.newBuilder()
                .setSpecified(SeekSpecified.newBuilder().setNumber(1))
                .build();
        SeekInfo seek = SeekInfo.newBuilder().setStart(first).setStop(first).build();
        Seeds.write(List.of(
                Seeds.input(new byte[] {0}, with(header).toByteArray()),
                Seeds.input(
                        new byte[] {1},
                        ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                                .putLong(NOW.getEpochSecond())
                                .array()),
                Seeds.input(new byte[] {2}, seek.toByteArray())));
    }

    /** Called with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        ByteString bytes = ByteString.copyFrom(input, 1, input.length - 1);
        try {
            SeekInfo seek = switch (input[0] & 3) {
                case 0 -> request(Envelope.parseFrom(bytes));
                case 1 -> request(at(bytes.asReadOnlyByteBuffer()));
                default -> SeekInfo.parseFrom(bytes);
            };
            SeekRange range = SeekRange.of(seek, HEIGHT);
            if (Long.compareUnsigned(range.start(), HEIGHT) > 0
                    || Long.compareUnsigned(range.start(), range.stop()) > 0) {
                throw new AssertionError("no range of blocks: " + range);
            }
        } catch (SeekRange.Refused | InvalidProtocolBufferException refused) {
            // as it says
        }
    }

    private static SeekInfo request(Envelope envelope) throws SeekRange.Refused {
        return SeekRequest.of(envelope, NOW, TlsBinding.current()).seekInfo();
    }

    /** Seconds and nanoseconds, as far as there are any. */
    private static Envelope at(ByteBuffer time) {
        Timestamp.Builder timestamp = Timestamp.newBuilder();
        if (time.remaining() >= Long.BYTES) {
            timestamp.setSeconds(time.getLong());
        }
        if (time.remaining() >= Integer.BYTES) {
            timestamp.setNanos(time.getInt());
        }
        return with(ChannelHeader.newBuilder()
                .setChannelId("market")
                .setTimestamp(timestamp)
                .build());
    }

    private static Envelope with(ChannelHeader header) {
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder()
                        .setHeader(Header.newBuilder().setChannelHeader(header.toByteString()))
                        .build()
                        .toByteString())
                .build();
    }
}
