package io.clearmarket.gateway.fabric;

import io.clearmarket.chaincode.api.Digest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.FilteredBlock;
import org.hyperledger.fabric.protos.peer.FilteredTransaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jspecify.annotations.Nullable;

/** {@link BlockStream} on the peers' block delivery. */
final class FabricBlockStream implements BlockStream {
    /** How late a block is at most because its commits go first. */
    private static final Duration COMMITS_PATIENCE = Duration.ofMillis(25);

    private final Peers peers;
    private final String chaincode;
    private final Clock clock;
    private final Map<String, CommitsFirst> commitsFirst = new ConcurrentHashMap<>();

    FabricBlockStream(Peers peers, String chaincode, Clock clock) {
        this.peers = peers;
        this.chaincode = chaincode;
        this.clock = clock;
    }

    @Override
    public Subscription follow(String mspId, long fromBlock, BlockListener listener) {
        Network network = peers.of(mspId).network();
        return new Follower<>(
                "blocks-" + mspId,
                fromBlock,
                from -> network.newBlockEventsRequest().startBlock(from).build().getEvents(),
                new Verified(commitsOf(mspId), new BlockDecoder(chaincode), listener, clock));
    }

    @Override
    public Subscription followCommits(String mspId, long fromBlock, CommitListener listener) {
        Network network = peers.of(mspId).network();
        CommitsFirst first = commitsOf(mspId);
        return new Follower<FilteredBlock>(
                "commits-" + mspId,
                fromBlock,
                from -> network.newFilteredBlockEventsRequest()
                        .startBlock(from)
                        .build()
                        .getEvents(),
                block -> {
                    listener.onCommits(block.getNumber(), commits(block));
                    first.told(block.getNumber());
                    return block.getNumber();
                });
    }

    private CommitsFirst commitsOf(String mspId) {
        return commitsFirst.computeIfAbsent(mspId, id -> new CommitsFirst(COMMITS_PATIENCE));
    }

    private static List<CommitListener.Commit> commits(FilteredBlock block) {
        List<CommitListener.Commit> commits = new ArrayList<>(block.getFilteredTransactionsCount());
        for (FilteredTransaction transaction : block.getFilteredTransactionsList()) {
            TxValidationCode code = transaction.getTxValidationCode();
            commits.add(new CommitListener.Commit(
                    transaction.getTxid(), commits.size(), code == TxValidationCode.VALID, code.name()));
        }
        return commits;
    }

    /** Hands on only what the header speaks for and what follows the block before. */
    private static final class Verified implements Follower.Handler<Block> {
        private final CommitsFirst commits;
        private final BlockDecoder decoder;
        private final BlockListener listener;
        private final Clock clock;
        private @Nullable Digest previous;
        private long previousNumber;

        Verified(CommitsFirst commits, BlockDecoder decoder, BlockListener listener, Clock clock) {
            this.commits = commits;
            this.decoder = decoder;
            this.listener = listener;
            this.clock = clock;
        }

        @Override
        public long handle(Block block) throws Exception {
            long number = block.getHeader().getNumber();
            commits.await(number);
            if (!BlockHashes.dataMatchesHeader(block)) {
                throw new IllegalStateException("block " + number + " holds other transactions than its header says");
            }
            LedgerBlock decoded = decoder.decode(block, clock.instant());
            if (previous != null
                    && (number != previousNumber + 1 || !decoded.previousHash().equals(previous))) {
                throw new IllegalStateException("block " + number + " does not follow block " + previousNumber);
            }
            listener.onBlock(decoded);
            previous = decoded.hash();
            previousNumber = number;
            return number;
        }
    }
}
