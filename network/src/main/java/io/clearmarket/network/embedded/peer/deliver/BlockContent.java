package io.clearmarket.network.embedded.peer.deliver;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.peer.BlockTransactions;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.BlockAndPrivateData;
import org.hyperledger.fabric.protos.peer.DeliverResponse;
import org.hyperledger.fabric.protos.peer.FilteredBlock;
import org.hyperledger.fabric.protos.peer.FilteredChaincodeAction;
import org.hyperledger.fabric.protos.peer.FilteredTransaction;
import org.hyperledger.fabric.protos.peer.FilteredTransactionActions;

/** How a block goes out: as it is, filtered, or with private data. */
public enum BlockContent {
    FULL {
        @Override
        DeliverResponse response(String channel, Block block, PrivateDataReader privateData) {
            return DeliverResponse.newBuilder().setBlock(block).build();
        }
    },
    FILTERED {
        @Override
        DeliverResponse response(String channel, Block block, PrivateDataReader privateData) {
            FilteredBlock.Builder filtered = FilteredBlock.newBuilder()
                    .setChannelId(channel)
                    .setNumber(block.getHeader().getNumber());
            BlockTransactions.of(block).forEach(entry -> filtered.addFilteredTransactions(filtered(entry)));
            return DeliverResponse.newBuilder().setFilteredBlock(filtered).build();
        }
    },
    WITH_PRIVATE_DATA {
        @Override
        DeliverResponse response(String channel, Block block, PrivateDataReader privateData) {
            return DeliverResponse.newBuilder()
                    .setBlockAndPrivateData(BlockAndPrivateData.newBuilder()
                            .setBlock(block)
                            .putAllPrivateDataMap(
                                    privateData.of(block.getHeader().getNumber())))
                    .build();
        }
    };

    abstract DeliverResponse response(String channel, Block block, PrivateDataReader privateData);

    private static FilteredTransaction filtered(BlockTransactions.Entry entry) {
        FilteredTransaction.Builder transaction = FilteredTransaction.newBuilder()
                .setTxid(entry.id())
                .setType(entry.type())
                .setTxValidationCode(entry.code());
        if (entry.isEndorserTransaction()) {
            FilteredTransactionActions.Builder actions = FilteredTransactionActions.newBuilder();
            entry.event()
                    .ifPresent(event -> actions.addChaincodeActions(FilteredChaincodeAction.newBuilder()
                            .setChaincodeEvent(event.toBuilder().setPayload(ByteString.EMPTY))));
            transaction.setTransactionActions(actions);
        }
        return transaction.build();
    }
}
