package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The escrow contract as one node shows it. Failures are {@link ChainException}s. */
public interface EscrowReader extends AutoCloseable {
    /** Where the contracts are. */
    Deployment deployment();

    default long chainId() {
        return deployment().chainId();
    }

    /** The escrow contract. */
    default EthAddress contract() {
        return deployment().escrow();
    }

    /** The block that the contract was deployed in: no log is older. */
    default long firstBlock() {
        return deployment().block();
    }

    /** The newest block that can't be undone. */
    BlockRef finalizedBlock();

    /** The block of that number. */
    BlockRef block(long number);

    /** All logs of the contract in a range of blocks, both ends included, in order. */
    List<ChainLog> logs(long from, long to);

    /** All logs about one escrow up to a block, in order. */
    List<ChainLog> history(Digest escrowId, long upTo);

    /** What logs say as facts for the ledger: of each that moved money one, with the cumulative amounts after it. */
    List<Evidence.Seen> facts(List<ChainLog> logs);

    /** State of many escrows at the newest finalized block, in the same order. */
    default List<EscrowStatus> statuses(List<Digest> escrowIds) {
        return statuses(escrowIds, finalizedBlock().number());
    }

    /** State of many escrows after a block, in the same order; for old blocks the node must be an archive. */
    List<EscrowStatus> statuses(List<Digest> escrowIds, long block);

    /** How much of a token the contract has after a block, likewise. */
    Amount balance(EthAddress token, long block);

    /** Who paid for transactions, and how much; those that are in no block are left out. */
    Map<Digest, GasPaid> gas(Collection<Digest> transactions);

    /** How many transactions an account has sent up to a block, that block included. */
    long transactionCount(EthAddress account, long block);

    /** How many it has sent up to the newest block, final or not. */
    long latestCount(EthAddress account);

    /** The same, and those that wait for a block. */
    long pendingCount(EthAddress account);

    /** Of these transactions those that are in blocks up to one, and whether they succeeded. */
    Map<Digest, Boolean> executed(Collection<Digest> transactions, long upTo);

    @Override
    void close();
}
