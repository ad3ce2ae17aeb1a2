package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** The escrow contract through one node's JSON-RPC. */
final class NodeView implements EscrowReader {
    private static final int WORD = 64;
    private static final int STATUSES_AT_ONCE = 100;
    private static final int BLOCKS_AT_ONCE = 5_000;

    private final Rpc rpc;
    private final Deployment deployment;
    private final EscrowCalls calls;
    private final Facts facts = new Facts(this);

    /** @throws ChainException.WrongChain if the node is of another chain, or has no such contract */
    NodeView(Rpc rpc, Deployment deployment) {
        this.rpc = rpc;
        this.deployment = deployment;
        this.calls = new EscrowCalls(rpc.web3j(), deployment.escrow());
        long chainId = rpc.chainId();
        if (chainId != deployment.chainId()) {
            throw new ChainException.WrongChain(
                    rpc.url() + " is chain " + chainId + ", the deployment is on " + deployment.chainId());
        }
        if (!rpc.hasCode(deployment.escrow(), DefaultBlockParameterName.LATEST)) {
            throw new ChainException.WrongChain(
                    "there is no contract at " + deployment.escrow() + " on the chain of " + rpc.url());
        }
    }

    @Override
    public Deployment deployment() {
        return deployment;
    }

    @Override
    public BlockRef finalizedBlock() {
        return rpc.block(DefaultBlockParameterName.FINALIZED);
    }

    @Override
    public BlockRef block(long number) {
        return rpc.block(DefaultBlockParameter.valueOf(BigInteger.valueOf(number)));
    }

    @Override
    public List<ChainLog> logs(long from, long to) {
        return decode(rpc.logs(deployment.escrow(), from, to, List.of()));
    }

    @Override
    public List<ChainLog> history(Digest escrowId, long upTo) {
        List<ChainLog> all = new ArrayList<>();
        for (long from = firstBlock(); from <= upTo; from += BLOCKS_AT_ONCE) {
            long to = Math.min(upTo, from + BLOCKS_AT_ONCE - 1);
            all.addAll(decode(rpc.logs(deployment.escrow(), from, to, List.of(Hex.of(escrowId)))));
        }
        return all.stream()
                .filter(log -> log instanceof ChainLog.OfEscrow about
                        && about.escrowId().equals(escrowId))
                .toList();
    }

    @Override
    public List<Evidence.Seen> facts(List<ChainLog> logs) {
        return facts.of(logs);
    }

    @Override
    public List<EscrowStatus> statuses(List<Digest> escrowIds, long block) {
        DefaultBlockParameter at = DefaultBlockParameter.valueOf(BigInteger.valueOf(block));
        List<EscrowStatus> statuses = new ArrayList<>();
        for (int i = 0; i < escrowIds.size(); i += STATUSES_AT_ONCE) {
            List<Digest> some = escrowIds.subList(i, Math.min(escrowIds.size(), i + STATUSES_AT_ONCE));
            List<String> data = some.stream().map(calls::status).toList();
            rpc.calls(deployment.escrow(), data, at).forEach(answer -> statuses.add(status(answer)));
        }
        return statuses;
    }

    @Override
    public Amount balance(EthAddress token, long block) {
        String data = calls.balanceOf(token, deployment.escrow());
        DefaultBlockParameter at = DefaultBlockParameter.valueOf(BigInteger.valueOf(block));
        return new Amount(Numeric.toBigInt(rpc.call(token, data, at)));
    }

    @Override
    public Map<Digest, GasPaid> gas(Collection<Digest> transactions) {
        Map<Digest, GasPaid> paid = new HashMap<>();
        List<Digest> all = transactions.stream().distinct().toList();
        for (int i = 0; i < all.size(); i += STATUSES_AT_ONCE) {
            List<Digest> some = all.subList(i, Math.min(all.size(), i + STATUSES_AT_ONCE));
            for (TransactionReceipt receipt :
                    rpc.receipts(some.stream().map(Hex::of).toList())) {
                paid.put(
                        Hex.digest(receipt.getTransactionHash()),
                        new GasPaid(
                                EthAddress.parse(receipt.getFrom()),
                                receipt.getGasUsed().multiply(Numeric.decodeQuantity(receipt.getEffectiveGasPrice()))));
            }
        }
        return paid;
    }

    @Override
    public long transactionCount(EthAddress account, long block) {
        return rpc.transactionCount(account, DefaultBlockParameter.valueOf(BigInteger.valueOf(block)))
                .longValueExact();
    }

    @Override
    public long latestCount(EthAddress account) {
        return rpc.transactionCount(account, DefaultBlockParameterName.LATEST).longValueExact();
    }

    @Override
    public long pendingCount(EthAddress account) {
        return rpc.transactionCount(account, DefaultBlockParameterName.PENDING).longValueExact();
    }

    @Override
    public Map<Digest, Boolean> executed(Collection<Digest> transactions, long upTo) {
        // a node that has not come so far would show nothing, and nothing would look like never
        block(upTo);
        return rpc.receipts(transactions.stream().map(Hex::of).toList()).stream()
                .filter(receipt -> receipt.getBlockNumber().longValueExact() <= upTo)
                .collect(Collectors.toMap(
                        receipt -> Hex.digest(receipt.getTransactionHash()), TransactionReceipt::isStatusOK));
    }

    @Override
    public void close() {
        rpc.close();
    }

    private List<ChainLog> decode(List<Log> logs) {
        TreeSet<Long> numbers = logs.stream()
                .map(log -> log.getBlockNumber().longValueExact())
                .collect(Collectors.toCollection(TreeSet::new));
        Map<Long, BlockRef> blocks = rpc.blocks(numbers).stream()
                .collect(Collectors.toMap(BlockRef::number, Function.identity(), (a, b) -> b, TreeMap::new));
        return logs.stream()
                .map(log -> LogDecoder.decode(log, blockOf(log, blocks)))
                .sorted(Comparator.comparingLong(
                                (ChainLog log) -> log.ref().block().number())
                        .thenComparingLong(log -> log.ref().logIndex()))
                .toList();
    }

    private static BlockRef blockOf(Log log, Map<Long, BlockRef> blocks) {
        BlockRef block = blocks.get(log.getBlockNumber().longValueExact());
        if (block == null || !block.hash().equals(Hex.digest(log.getBlockHash()))) {
            throw new ChainException.Unavailable("the node's blocks changed while they were read", null);
        }
        return block;
    }

    private static EscrowStatus status(String answer) {
        String words = Numeric.cleanHexPrefix(answer);
        return new EscrowStatus(
                new Amount(word(words, 0)),
                new Amount(word(words, 1)),
                word(words, 2).signum() != 0,
                word(words, 3).signum() != 0,
                word(words, 4).signum() != 0,
                word(words, 5).signum() != 0);
    }

    private static BigInteger word(String words, int index) {
        return new BigInteger(words.substring(index * WORD, (index + 1) * WORD), 16);
    }
}
