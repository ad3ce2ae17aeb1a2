package io.clearmarket.network.embedded.peer.system;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.BlockHashes;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.TransactionLocation;
import java.util.HexFormat;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.ProcessedTransaction;

/** qscc: blocks and transactions by number, hash and id. */
final class LedgerQueries {
    private static final String NEWEST = "18446744073709551615";

    private final PeerLedger ledger;

    LedgerQueries(PeerLedger ledger) {
        this.ledger = ledger;
    }

    /** @param arguments function, channel, and what to look for */
    ByteString run(String function, List<ByteString> arguments) throws SystemFailure {
        return switch (function) {
            case "GetChainInfo" -> chainInfo();
            case "GetBlockByNumber" -> byNumber(arguments.get(2).toStringUtf8());
            case "GetBlockByHash" -> byHash(arguments.get(2));
            case "GetTransactionByID" -> transaction(arguments.get(2).toStringUtf8());
            case "GetBlockByTxID" -> byTransaction(arguments.get(2).toStringUtf8());
            // a peer looks for the function's access rule before it looks for the function
            default ->
                throw SystemFailure.of("access denied for [" + function + "][" + ledger.channel()
                        + "]: [Unmapped policy for qscc/" + function + "]");
        };
    }

    private ByteString chainInfo() throws SystemFailure {
        long height = ledger.height();
        Block newest = block(height - 1);
        return BlockchainInfo.newBuilder()
                .setHeight(height)
                .setCurrentBlockHash(ByteString.copyFrom(BlockHashes.headerHash(newest.getHeader())))
                .setPreviousBlockHash(newest.getHeader().getPreviousHash())
                .build()
                .toByteString();
    }

    private ByteString byNumber(String text) throws SystemFailure {
        long number;
        try {
            number = text.equals(NEWEST) ? ledger.height() - 1 : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw SystemFailure.of("Failed to parse block number with error strconv.ParseUint: parsing \"" + text
                    + "\": invalid syntax");
        }
        return block(number).toByteString();
    }

    private Block block(long number) throws SystemFailure {
        return ledger.block(number)
                .orElseThrow(() -> SystemFailure.of("Failed to get block number " + Long.toUnsignedString(number)
                        + ", error no such block number [" + Long.toUnsignedString(number) + "] in index"));
    }

    private ByteString byHash(ByteString hash) throws SystemFailure {
        String hex = HexFormat.of().formatHex(hash.toByteArray());
        return ledger.blockByHash(hash.toByteArray())
                .orElseThrow(() -> SystemFailure.of(
                        "Failed to get block hash " + hex + ", error no such block hash [" + hex + "] in index"))
                .toByteString();
    }

    private ByteString transaction(String id) throws SystemFailure {
        TransactionLocation location = ledger.find(id)
                .orElseThrow(() -> SystemFailure.of("Failed to get transaction with id " + id
                        + ", error no such transaction ID [" + id + "] in index"));
        try {
            Envelope envelope =
                    Envelope.parseFrom(block(location.block()).getData().getData(location.index()));
            return ProcessedTransaction.newBuilder()
                    .setTransactionEnvelope(envelope)
                    .setValidationCode(location.code().getNumber())
                    .build()
                    .toByteString();
        } catch (InvalidProtocolBufferException e) {
            throw SystemFailure.of("Failed to get transaction with id " + id + ", error " + e.getMessage());
        }
    }

    private ByteString byTransaction(String id) throws SystemFailure {
        TransactionLocation location = ledger.find(id)
                .orElseThrow(() -> SystemFailure.of(
                        "Failed to get block for txID " + id + ", error no such transaction ID [" + id + "] in index"));
        return block(location.block()).toByteString();
    }
}
