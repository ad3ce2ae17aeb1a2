package io.clearmarket.gateway.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers and orderers put whatever a member signed into a block, and mark it invalid: a block with such a transaction is read like any other. */
class BlockDecoderTest {
    private static final String ID = "ab".repeat(32);
    private final BlockDecoder decoder = new BlockDecoder("market");

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 10_000_000_000_000L})
    void an_invalid_transaction_of_a_time_that_no_calendar_has_is_of_1970(long seconds) throws Exception {
        LedgerTransaction read = only(envelope(ID, seconds));
        assertThat(read.timestamp()).isEqualTo(Instant.EPOCH);
        assertThat(read.id()).isEqualTo(ID);
        assertThat(read.valid()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "AB", "'; drop table"})
    void an_invalid_transaction_has_the_id_of_a_transaction_or_none(String id) throws Exception {
        assertThat(only(envelope(id, 1_700_000_000)).id()).isEmpty();
    }

    @Test
    void an_invalid_transaction_that_nobody_can_read_is_one_all_the_same() throws Exception {
        LedgerTransaction read = only(ByteString.copyFromUtf8("no envelope"));
        assertThat(read.code()).isEqualTo("BAD_PAYLOAD");
        assertThat(read.id()).isEmpty();
    }

    @Test
    void a_valid_one_that_can_not_be_read_is_no_small_matter() {
        assertThatThrownBy(() -> decoded(ByteString.copyFromUtf8("no envelope"), TxValidationCode.VALID))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }

    @Test
    void a_transaction_of_such_a_time_is_not_taken_in() {
        byte[] payload = payload(ID, Long.MAX_VALUE).toByteArray();
        assertThatThrownBy(() -> new TransactionReader("market", "market").payload(payload))
                .isInstanceOf(LedgerFailure.Rejected.class);
        assertThat(Timestamps.isOfACalendar(
                        Timestamp.newBuilder().setSeconds(253_402_300_799L).build()))
                .isTrue();
        assertThat(Timestamps.isOfACalendar(
                        Timestamp.newBuilder().setSeconds(253_402_300_800L).build()))
                .isFalse();
    }

    private LedgerTransaction only(ByteString envelope) throws InvalidProtocolBufferException {
        List<LedgerTransaction> all =
                decoded(envelope, TxValidationCode.BAD_PAYLOAD).transactions();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private LedgerBlock decoded(ByteString envelope, TxValidationCode code) throws InvalidProtocolBufferException {
        Block block = Block.newBuilder()
                .setHeader(BlockHeader.newBuilder().setNumber(7))
                .setData(BlockData.newBuilder().addData(envelope))
                .setMetadata(BlockMetadata.newBuilder()
                        .addMetadata(ByteString.EMPTY)
                        .addMetadata(ByteString.EMPTY)
                        .addMetadata(ByteString.copyFrom(new byte[] {(byte) code.getNumber()})))
                .build();
        return decoder.decode(block, Instant.EPOCH);
    }

    private static ByteString envelope(String id, long seconds) {
        return Envelope.newBuilder()
                .setPayload(payload(id, seconds).toByteString())
                .build()
                .toByteString();
    }

    private static Payload payload(String id, long seconds) {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(HeaderType.ENDORSER_TRANSACTION_VALUE)
                .setChannelId("market")
                .setTxId(id)
                .setTimestamp(Timestamp.newBuilder().setSeconds(seconds))
                .build();
        return Payload.newBuilder()
                .setHeader(Header.newBuilder().setChannelHeader(header.toByteString()))
                .build();
    }
}
