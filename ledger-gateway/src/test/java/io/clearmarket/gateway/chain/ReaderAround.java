package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A reader that does what another does; what is wrong about it is overridden. */
class ReaderAround implements EscrowReader {
    final EscrowReader real;

    ReaderAround(EscrowReader real) {
        this.real = real;
    }

    @Override
    public Deployment deployment() {
        return real.deployment();
    }

    @Override
    public BlockRef finalizedBlock() {
        return real.finalizedBlock();
    }

    @Override
    public BlockRef block(long number) {
        return real.block(number);
    }

    @Override
    public List<ChainLog> logs(long from, long to) {
        return real.logs(from, to);
    }

    @Override
    public List<ChainLog> history(Digest escrowId, long upTo) {
        return real.history(escrowId, upTo);
    }

    @Override
    public List<Evidence.Seen> facts(List<ChainLog> logs) {
        return real.facts(logs);
    }

    @Override
    public List<EscrowStatus> statuses(List<Digest> escrowIds, long block) {
        return real.statuses(escrowIds, block);
    }

    @Override
    public Amount balance(EthAddress token, long block) {
        return real.balance(token, block);
    }

    @Override
    public Map<Digest, GasPaid> gas(Collection<Digest> transactions) {
        return real.gas(transactions);
    }

    @Override
    public long transactionCount(EthAddress account, long block) {
        return real.transactionCount(account, block);
    }

    @Override
    public long latestCount(EthAddress account) {
        return real.latestCount(account);
    }

    @Override
    public long pendingCount(EthAddress account) {
        return real.pendingCount(account);
    }

    @Override
    public Map<Digest, Boolean> executed(Collection<Digest> transactions, long upTo) {
        return real.executed(transactions, upTo);
    }

    @Override
    public void close() {
        // whoever opened the other closes it
    }
}
