package io.clearmarket.gateway.proof.tree;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.LedgerTransaction;
import io.clearmarket.gateway.fabric.PublicWrite;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.proof.LogLeaf;
import java.util.ArrayList;
import java.util.List;

/**
 * The log's leaves, derived from blocks: every public write of every valid transaction in ledger order. Log and witnesses
 * share this, each with blocks of its own.
 *
 * @param network the network's name, part of every leaf
 * @param channel the channel
 */
public record Leaves(String network, String channel) {

    /** The log's origin. */
    public String origin() {
        return LogLeaf.origin(network, channel);
    }

    /** A block's leaves. */
    public List<LogLeaf> of(LedgerBlock block) {
        List<LogLeaf> leaves = new ArrayList<>();
        for (LedgerTransaction transaction : block.transactions()) {
            List<PublicWrite> writes = transaction.publicWrites();
            for (int i = 0; i < writes.size(); i++) {
                leaves.add(leaf(block.number(), transaction, i, writes.get(i)));
            }
        }
        return leaves;
    }

    private LogLeaf leaf(long block, LedgerTransaction transaction, int index, PublicWrite write) {
        byte[] value = write.value();
        return new LogLeaf(
                network,
                channel,
                block,
                transaction.index(),
                index,
                transaction.id(),
                transaction.creatorCertificate(),
                write.namespace(),
                write.key(),
                value == null
                        ? LogLeaf.DELETED
                        : Digest.of(Digests.sha256(value)).hex());
    }
}
