package io.clearmarket.network.embedded.ledger;

import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/**
 * A block as this peer committed it.
 *
 * @param block with transaction filter and commit hash in its metadata
 * @param transactionIds one per envelope, "" where it could not be read
 * @param codes one per envelope
 */
public record CommittedBlock(Block block, List<String> transactionIds, List<TxValidationCode> codes) {
    public long number() {
        return block.getHeader().getNumber();
    }
}
