package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.utils.Numeric;

/** One node's view and durable senders, together. */
final class SendingChain implements EscrowChain {
    /** Measured with the test token: under 150,000, most of it the token's own. */
    private static final BigInteger DEPOSIT_GAS = BigInteger.valueOf(400_000);

    private static final BigInteger MINT_GAS = BigInteger.valueOf(120_000);
    private static final BigInteger RECLAIM_GAS = BigInteger.valueOf(500_000);
    private static final BigInteger STANDBY_GAS = BigInteger.valueOf(250_000);

    /** Before each transfer the contract wants the transfer's full allowance to be left. */
    private static final BigInteger BATCH_GAS = BigInteger.valueOf(500_000);

    private static final BigInteger ENTITLEMENT_GAS = BigInteger.valueOf(250_000);

    private final SendingNode rpc;
    private final EscrowReader node;
    private final Deployment deployment;
    private final CallData calls;
    private final SenderLanes lanes;
    private final Map<EthAddress, Eip712.Domain> domains = new ConcurrentHashMap<>();

    /**
     * @param rpc for sending
     * @param node for reading
     */
    SendingChain(Rpc rpc, EscrowReader node, Deployment deployment, SenderLanes lanes) {
        this(rpc, node, deployment, new EscrowCalls(rpc.web3j(), deployment.escrow()), lanes);
    }

    SendingChain(SendingNode rpc, EscrowReader node, Deployment deployment, CallData calls, SenderLanes lanes) {
        this.rpc = rpc;
        this.deployment = deployment;
        this.node = node;
        this.calls = calls;
        this.lanes = lanes;
    }

    @Override
    public Deployment deployment() {
        return deployment;
    }

    @Override
    public EthAddress sender() {
        return lanes.first().sender();
    }

    @Override
    public Digest deposit(String purpose, Terms terms, DepositSignature signature) {
        return sign(purpose, deployment.escrow(), calls.deposit(terms, signature), DEPOSIT_GAS);
    }

    @Override
    public BigInteger permitNonce(Terms terms) {
        String data = calls.permitNonce(terms.escrow().payer());
        return Numeric.toBigInt(rpc.call(terms.asset().token(), data, DefaultBlockParameterName.LATEST));
    }

    @Override
    public Digest settle(
            String purpose,
            MarketConfig market,
            List<Terms> terms,
            List<EscrowTypes.Entitlement> entitlements,
            List<byte[]> signatures) {
        BigInteger gas = BATCH_GAS.add(ENTITLEMENT_GAS.multiply(BigInteger.valueOf(entitlements.size())));
        return sign(purpose, deployment.escrow(), calls.settleBatch(market, terms, entitlements, signatures), gas);
    }

    @Override
    public Digest announceStandby(String purpose, MarketConfig market, Digest digest, List<byte[]> signatures) {
        return sign(purpose, deployment.escrow(), calls.announceStandby(market, digest, signatures), STANDBY_GAS);
    }

    @Override
    public Digest reclaim(String purpose, Terms terms) {
        return sign(purpose, deployment.escrow(), calls.reclaim(terms), RECLAIM_GAS);
    }

    @Override
    public Digest mint(String purpose, EthAddress to, Amount amount) {
        if (deployment.token().isZero()) {
            throw new IllegalStateException("this chain has no test token");
        }
        return sign(purpose, deployment.token(), calls.mint(deployment.token(), to, amount), MINT_GAS);
    }

    @Override
    public Authorization authorization(Terms terms) {
        return new Authorization(
                domains.computeIfAbsent(terms.asset().token(), this::domain),
                terms.escrow().payer(),
                deployment.escrow(),
                terms.total(),
                terms.payBy().getEpochSecond(),
                EscrowTypes.escrowId(terms));
    }

    @Override
    public Optional<ChainTransaction> find(String purpose) {
        return lanes.find(purpose);
    }

    @Override
    public void tick() {
        lanes.tick();
    }

    @Override
    public long open() {
        return lanes.open();
    }

    @Override
    public BlockRef finalizedBlock() {
        return node.finalizedBlock();
    }

    @Override
    public BlockRef block(long number) {
        return node.block(number);
    }

    @Override
    public List<ChainLog> logs(long from, long to) {
        return node.logs(from, to);
    }

    @Override
    public List<ChainLog> history(Digest escrowId, long upTo) {
        return node.history(escrowId, upTo);
    }

    @Override
    public List<Evidence.Seen> facts(List<ChainLog> logs) {
        return node.facts(logs);
    }

    @Override
    public List<EscrowStatus> statuses(List<Digest> escrowIds, long block) {
        return node.statuses(escrowIds, block);
    }

    @Override
    public Amount balance(EthAddress token, long block) {
        return node.balance(token, block);
    }

    @Override
    public Map<Digest, GasPaid> gas(Collection<Digest> transactions) {
        return node.gas(transactions);
    }

    @Override
    public long transactionCount(EthAddress account, long block) {
        return node.transactionCount(account, block);
    }

    @Override
    public long latestCount(EthAddress account) {
        return node.latestCount(account);
    }

    @Override
    public long pendingCount(EthAddress account) {
        return node.pendingCount(account);
    }

    @Override
    public Map<Digest, Boolean> executed(Collection<Digest> transactions, long upTo) {
        return node.executed(transactions, upTo);
    }

    @Override
    public void close() {
        node.close();
        rpc.close();
    }

    private Digest sign(String purpose, EthAddress to, String data, BigInteger gas) {
        return lanes.signed(purpose).orElseGet(() -> {
            DurableSender lane = lanes.next();
            rpc.simulate(lane.sender(), to, data, gas);
            return lane.sign(purpose, to, data, gas);
        });
    }

    private Eip712.Domain domain(EthAddress token) {
        String answer = rpc.call(token, calls.eip712Domain(), DefaultBlockParameterName.LATEST);
        return calls.domain(answer);
    }
}
