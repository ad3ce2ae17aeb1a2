package io.clearmarket.network.conformance;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Payload;

/** The time that a client put into its proposal, as chaincode prints it. */
final class Times {
    private Times() {}

    static Instant of(Transaction transaction) throws InvalidProtocolBufferException {
        Payload payload =
                Payload.parseFrom(Client.prepared(transaction).getEnvelope().getPayload());
        Timestamp time =
                ChannelHeader.parseFrom(payload.getHeader().getChannelHeader()).getTimestamp();
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** As the library's language writes it. */
    static String of(Transaction transaction, Variant variant) throws InvalidProtocolBufferException {
        Instant time = of(transaction);
        return variant == Variant.NODE
                ? time.getEpochSecond() + "." + "%09d".formatted(time.getNano())
                : time.toString();
    }
}
