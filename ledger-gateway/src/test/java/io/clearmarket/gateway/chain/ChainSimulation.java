package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.testing.Bug;
import io.clearmarket.gateway.testing.Chaos;
import io.clearmarket.gateway.testing.MemoryDatabase;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The chain's side of a simulated run: the chain, its nodes, what is on the gateway's disk, and the engine's own classes over them. */
public final class ChainSimulation {
    private static final EthAddress SENDER = VirtualSignatures.account("sender");
    private static final BigInteger FEE_CAP = BigInteger.valueOf(100_000_000_000L);
    private static final Duration DOUBT = Duration.ofSeconds(4);
    private static final Duration STUCK = Duration.ofSeconds(6);
    private static final int NODES = 3;

    private final Deployment deployment;
    private final VirtualChain chain;
    private final VirtualContract contract;
    private final List<VirtualNode> nodes = new ArrayList<>();
    private final MemoryTransactionStore store;
    private final MemoryDatabase database;
    private final Clock clock;
    private final Chaos chaos;
    private final Set<Bug> bugs;

    public ChainSimulation(Deployment deployment, MemoryDatabase database, Clock clock, Chaos chaos, Set<Bug> bugs) {
        this.deployment = deployment;
        this.contract = new VirtualContract(deployment);
        this.chain = new VirtualChain(chaos, contract, clock.instant());
        this.store = new MemoryTransactionStore(database, clock);
        this.database = database;
        this.clock = clock;
        this.chaos = chaos;
        this.bugs = bugs;
        int liar = chaos.choose(NODES);
        IntStream.range(0, NODES).forEach(i -> nodes.add(new VirtualNode(chain, deployment, chaos, i == liar)));
    }

    public VirtualChain chain() {
        return chain;
    }

    public List<VirtualNode> nodes() {
        return nodes;
    }

    /** An organisation's own node. */
    public VirtualNode attestersNode() {
        VirtualNode node = new VirtualNode(chain, deployment, chaos, false);
        nodes.add(node);
        return node;
    }

    /** All that was ever signed, as the gateway's disk has it. */
    public List<ChainTransaction> signed() {
        return store.all();
    }

    /** What an attester reads through its node. */
    public EscrowReader attestersReader(VirtualNode node) {
        return bugs.contains(Bug.NO_WAIT_FOR_FINALITY) ? newest(node, node) : node;
    }

    /** The engine as it is after a start; what it knows is what the disk has. */
    public EscrowChain open(SendProbe probe) {
        VirtualNode one = nodes.get(chaos.choose(NODES));
        EscrowReader quorum = new QuorumReader(
                deployment,
                nodes.subList(0, NODES).stream()
                        .<Supplier<EscrowReader>>map(node -> () -> node)
                        .toList(),
                NODES / 2 + 1);
        TransactionSigner signer = new TransactionSigner(VirtualSignatures.signer(SENDER), deployment.chainId());
        SenderBugs broken = new SenderBugs(bugs, store, signer, one);
        DurableSender sender = new DurableSender(
                broken.node(),
                looking(quorum, one),
                signer,
                new SenderSettings(FEE_CAP, DOUBT, STUCK),
                broken.store(),
                database.transaction(),
                probe,
                clock);
        return new SendingChain(one, reading(quorum, one), deployment, contract, new SenderLanes(List.of(sender)));
    }

    /** For logs. */
    private EscrowReader reading(EscrowReader quorum, VirtualNode one) {
        if (bugs.contains(Bug.ONE_NODE_BELIEVED)) {
            return liar();
        }
        if (bugs.contains(Bug.LOST_FILTERS)) {
            return new ReaderAround(quorum) {
                @Override
                public List<ChainLog> logs(long from, long to) {
                    try {
                        return real.logs(from, to);
                    } catch (ChainException.Unavailable e) {
                        return List.of();
                    }
                }
            };
        }
        return bugs.contains(Bug.NO_WAIT_FOR_FINALITY) ? newest(one, one) : quorum;
    }

    private EscrowReader liar() {
        return nodes.stream().filter(VirtualNode::isLiar).findFirst().orElseThrow();
    }

    /** For what became of transactions. */
    private EscrowReader looking(EscrowReader quorum, VirtualNode one) {
        if (bugs.contains(Bug.FLIPPING_RECEIPTS)) {
            return newest(one, one);
        }
        if (bugs.contains(Bug.NONCE_OF_ONE_NODE)) {
            return new ReaderAround(quorum) {
                @Override
                public long pendingCount(EthAddress account) {
                    return liar().pendingCount(account);
                }
            };
        }
        if (bugs.contains(Bug.RECEIPT_OF_ONE_NODE)) {
            return new ReaderAround(quorum) {
                @Override
                public Map<Digest, Boolean> executed(Collection<Digest> transactions, long upTo) {
                    return liar().executed(transactions, upTo);
                }
            };
        }
        return quorum;
    }

    /** Takes the newest block for final. */
    private static EscrowReader newest(EscrowReader real, VirtualNode node) {
        return new ReaderAround(real) {
            @Override
            public BlockRef finalizedBlock() {
                return node.newestBlock();
            }
        };
    }
}
