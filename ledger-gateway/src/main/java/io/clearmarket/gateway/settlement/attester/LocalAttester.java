package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.EscrowTypes.Entitlement;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.chain.EscrowReader;
import io.clearmarket.gateway.settlement.attester.EntitlementBatch.Item;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.EthSigner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An attester in this process, with its own key, node and peer. Keeps no state but what its {@link OutflowLimit} keeps. */
public final class LocalAttester implements Attester {
    /** Entitlements that live longer are not signed: what a lost signature can still do ends with them. */
    public static final Duration LONGEST_VALIDITY = Duration.ofHours(2);

    private static final int MAX_BATCH = 200;
    private static final int MAX_BLOCKS = 5_000;

    private final String mspId;
    private final String ledger;
    private final EthSigner key;
    private final EscrowReader chain;
    private final PeerView peer;
    private final OutflowLimit guard;
    private final Clock clock;
    private final Duration longestValidity;

    /** One that signs what lives for {@link #LONGEST_VALIDITY}. */
    public LocalAttester(
            String mspId,
            String ledger,
            EthSigner key,
            EscrowReader chain,
            PeerView peer,
            OutflowLimit guard,
            Clock clock) {
        this(mspId, ledger, key, chain, peer, guard, clock, LONGEST_VALIDITY);
    }

    /** @param longestValidity longer than the market's delay for a standby and those who sign with it: their signatures count only after it */
    public LocalAttester(
            String mspId,
            String ledger,
            EthSigner key,
            EscrowReader chain,
            PeerView peer,
            OutflowLimit guard,
            Clock clock,
            Duration longestValidity) {
        this.longestValidity = longestValidity;
        this.mspId = mspId;
        this.ledger = ledger;
        this.key = key;
        this.chain = chain;
        this.peer = peer;
        this.guard = guard;
        this.clock = clock;
    }

    @Override
    public String mspId() {
        return mspId;
    }

    @Override
    public EthAddress address() {
        return key.address();
    }

    @Override
    public List<Answer> attest(List<Evidence.Seen> facts) {
        if (facts.isEmpty()) {
            return List.of();
        }
        if (facts.size() > MAX_BATCH) {
            return decline(facts, "too much at once: at most " + MAX_BATCH + " facts");
        }
        long head = chain.finalizedBlock().number();
        Set<Evidence.Seen> own =
                shown(facts.stream().filter(fact -> fact.blockNumber() <= head).toList());
        return facts.stream().<Answer>map(fact -> answer(fact, head, own)).toList();
    }

    /** What my node shows in the facts' blocks; they may lie far apart, as after days without a connection. */
    private Set<Evidence.Seen> shown(List<Evidence.Seen> facts) {
        TreeSet<Long> blocks =
                facts.stream().map(Evidence.Seen::blockNumber).collect(Collectors.toCollection(TreeSet::new));
        Set<Evidence.Seen> own = new HashSet<>();
        while (!blocks.isEmpty()) {
            NavigableSet<Long> near = blocks.headSet(blocks.first() + MAX_BLOCKS, false);
            own.addAll(chain.facts(chain.logs(near.first(), near.last())));
            near.clear();
        }
        return own;
    }

    private Answer answer(Evidence.Seen fact, long head, Set<Evidence.Seen> own) {
        if (fact.blockNumber() > head) {
            return new Answer.Declined("block " + fact.blockNumber() + " is not final at my node");
        }
        return own.contains(fact)
                ? new Answer.Signed(sign(EscrowTypes.seenDigest(ledger, fact)))
                : new Answer.Declined("my node does not show this log in a finalized block");
    }

    @Override
    public BatchAnswer attest(EntitlementBatch batch) {
        Map<Integer, String> reasons = new LinkedHashMap<>();
        Map<Digest, Decided> verified = new LinkedHashMap<>();
        if (batch.items().isEmpty() || batch.items().size() > MAX_BATCH) {
            throw new IllegalArgumentException("a batch has 1 to " + MAX_BATCH + " entitlements");
        }
        Map<ConsignmentId, Decided> known = peer.decided(
                batch.items().stream().map(Item::consignmentId).distinct().toList());
        for (int i = 0; i < batch.items().size(); i++) {
            Item item = batch.items().get(i);
            Optional<Decided> decided = Optional.ofNullable(known.get(item.consignmentId()));
            Optional<String> objection = objection(batch.domain(), item, decided);
            int index = i;
            objection.ifPresent(reason -> reasons.put(index, reason));
            decided.ifPresent(found -> verified.put(item.entitlement().escrowId(), found));
        }
        if (reasons.isEmpty()) {
            guard.reserve(outflows(batch, verified)).forEach(reasons::put);
        }
        return reasons.isEmpty()
                ? new BatchAnswer.Signed(sign(EscrowTypes.batchDigest(batch.domain(), batch.entitlements())))
                : new BatchAnswer.Declined(reasons);
    }

    private Optional<String> objection(Eip712.Domain domain, Item item, Optional<Decided> found) {
        if (found.isEmpty()) {
            return Optional.of("my peer knows no decision on consignment " + item.consignmentId());
        }
        Decided decided = found.get();
        Entitlement wanted = item.entitlement();
        Instant validUntil = Instant.ofEpochSecond(wanted.validUntil());
        if (!domain.equals(EscrowTypes.escrowDomain(chain.chainId(), chain.contract()))) {
            return Optional.of("the escrow contract is " + chain.contract() + " on chain " + chain.chainId());
        }
        if (!wanted.ledgerId().equals(EscrowTypes.ledgerId(ledger))) {
            return Optional.of("the entitlement is of another ledger than " + ledger);
        }
        if (!wanted.escrowId().equals(decided.escrowId())) {
            return Optional.of("the consignment's escrow is " + decided.escrowId());
        }
        if (validUntil.isAfter(clock.instant().plus(longestValidity))) {
            return Optional.of("valid for longer than " + longestValidity);
        }
        return amountsObjection(decided.newest(), wanted);
    }

    private static Optional<String> amountsObjection(Consignment.Decision newest, Entitlement wanted) {
        boolean same = wanted.decision().equals(EscrowTypes.decisionId(newest.number()))
                && wanted.gross().equals(newest.gross())
                && wanted.payer().equals(newest.buyer());
        return same
                ? Optional.empty()
                : Optional.of("the newest decision at my peer is number " + newest.number() + ": " + newest.gross()
                        + " to the merchant's side and " + newest.buyer() + " to the buyer");
    }

    private static List<OutflowLimit.Outflow> outflows(EntitlementBatch batch, Map<Digest, Decided> verified) {
        return batch.items().stream()
                .map(item -> {
                    Entitlement entitlement = item.entitlement();
                    Amount cumulative = entitlement.gross().plus(entitlement.payer());
                    Decided decided = verified.get(entitlement.escrowId());
                    if (decided == null) {
                        throw new IllegalStateException("an entitlement was not verified");
                    }
                    return new OutflowLimit.Outflow(entitlement.escrowId(), decided.asset(), cumulative);
                })
                .collect(Collectors.toList());
    }

    private String sign(byte[] digest) {
        return "0x" + HexFormat.of().formatHex(key.signDigest(digest));
    }

    private static List<Answer> decline(List<Evidence.Seen> facts, String reason) {
        return facts.stream().<Answer>map(fact -> new Answer.Declined(reason)).toList();
    }
}
