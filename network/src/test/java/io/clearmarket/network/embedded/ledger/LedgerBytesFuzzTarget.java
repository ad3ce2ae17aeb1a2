package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.hostile.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;

/**
 * What Jazzer calls: the parsers of what a block brings to a peer, and of what the peer keeps of private data. The first byte of an
 * input chooses one. Found is whatever they throw beside what they say.
 */
public final class LedgerBytesFuzzTarget {
    private LedgerBytesFuzzTarget() {}

    /** Called once, before any input. */
    public static void fuzzerInitialize() throws IOException {
        PrivateRecord.Place place = new PrivateRecord.Place(1, 2, "market", "offers");
        ByteString text = ByteString.copyFromUtf8("plaintext");
        Seeds.write(List.of(
                Seeds.input(new byte[] {3}, new PrivateRecord.Transient("id", 3, text).toBytes()),
                Seeds.input(new byte[] {3}, new PrivateRecord.Committed(place, text).toBytes()),
                Seeds.input(new byte[] {3}, new PrivateRecord.Missing(place).toBytes())));
    }

    /** Called with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        ByteString bytes = ByteString.copyFrom(input, 1, input.length - 1);
        try {
            switch (input[0] & 3) {
                case 0 -> EndorsedAction.of(OpenedEnvelope.open(bytes));
                case 1 -> effects(bytes);
                case 2 ->
                    NamespaceReadWrites.parse(bytes).forEach(namespace -> {
                        namespace.writtenKeys().forEach(Objects::requireNonNull);
                        namespace.reboundKeys().forEach(Objects::requireNonNull);
                    });
                default -> privateRecord(bytes.toByteArray());
            }
        } catch (InvalidTransaction | InvalidProtocolBufferException | UncheckedIOException refused) {
            // as they say
        }
    }

    private static void effects(ByteString bytes) throws InvalidTransaction, InvalidProtocolBufferException {
        EndorsedAction action = new EndorsedAction(
                ChaincodeEndorsedAction.getDefaultInstance(), ProposalResponsePayload.parseFrom(bytes));
        action.effects(OpenedEnvelope.open(bytes));
    }

    private static void privateRecord(byte[] bytes) {
        byte[] written = PrivateRecord.parse(bytes).toBytes();
        if (!Arrays.equals(written, PrivateRecord.parse(written).toBytes())) {
            throw new AssertionError("a private record is not the same when it was written and read");
        }
    }
}
