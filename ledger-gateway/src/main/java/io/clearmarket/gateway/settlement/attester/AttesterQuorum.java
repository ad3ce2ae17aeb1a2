package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what a quorum needs: the required organisation's attester first, then others until there are enough. It
 * decides nothing: ledger and contract check the quorum themselves.
 */
public final class AttesterQuorum {
    private static final Logger LOG = LoggerFactory.getLogger(AttesterQuorum.class);

    private final List<Attester> attesters;
    private final BiFunction<byte[], byte[], EthAddress> recovery;
    private final Set<EthAddress> silent = ConcurrentHashMap.newKeySet();
    private volatile boolean suspicious;

    public AttesterQuorum(List<Attester> attesters) {
        this(attesters, Secp256k1Key::recover);
    }

    /** @param recovery tells whose signature of a digest this is, as {@link Secp256k1Key#recover} does */
    public AttesterQuorum(List<Attester> attesters, BiFunction<byte[], byte[], EthAddress> recovery) {
        this.attesters = List.copyOf(attesters);
        this.recovery = recovery;
    }

    /**
     * A ledger refused signatures that were collected here. From now on each is looked at, which costs a millisecond, and one that is not its
     * attester's counts as none: whoever signs nonsense holds up nobody.
     */
    public void suspect() {
        suspicious = true;
    }

    /** All of them, for whoever operates them. */
    public List<Attester> attesters() {
        return attesters;
    }

    /** Evidence of the facts for which there is a quorum now, by fact. */
    public Map<Evidence.Seen, Evidence> evidence(MarketConfig market, List<Evidence.Seen> facts) {
        Map<Evidence.Seen, List<String>> signatures = new LinkedHashMap<>();
        // the standby is asked only for what the required attester does not sign: the two are one seat
        for (Attester required : required(market)) {
            List<Evidence.Seen> lacking =
                    facts.stream().filter(fact -> !signatures.containsKey(fact)).toList();
            collect(market, required, lacking, signatures);
        }
        for (Attester other : others(market)) {
            List<Evidence.Seen> lacking = signatures.keySet().stream()
                    .filter(fact -> signaturesOf(fact, signatures).size() < market.quorum())
                    .toList();
            collect(market, other, lacking, signatures);
        }
        Map<Evidence.Seen, Evidence> evidence = new LinkedHashMap<>();
        signatures.forEach((fact, signed) -> {
            if (signed.size() >= market.quorum()) {
                evidence.put(fact, new Evidence(fact, signed));
            }
        });
        return evidence;
    }

    private static List<String> signaturesOf(Evidence.Seen fact, Map<Evidence.Seen, List<String>> signatures) {
        return signatures.getOrDefault(fact, List.of());
    }

    private void collect(
            MarketConfig market,
            Attester attester,
            List<Evidence.Seen> facts,
            Map<Evidence.Seen, List<String>> signatures) {
        if (facts.isEmpty()) {
            return;
        }
        List<Answer> answers = ask(attester, facts);
        for (int i = 0; i < answers.size(); i++) {
            Evidence.Seen fact = facts.get(i);
            switch (answers.get(i)) {
                case Answer.Signed signed -> {
                    if (isOf(attester, () -> EscrowTypes.seenDigest(market.ledger(), fact), signed.signature())) {
                        signatures
                                .computeIfAbsent(fact, each -> new ArrayList<>())
                                .add(signed.signature());
                    }
                }
                case Answer.Declined declined ->
                    LOG.info("{}'s attester declines a fact: {}", attester.mspId(), declined.reason());
            }
        }
    }

    private boolean isOf(Attester attester, Supplier<byte[]> digest, String signature) {
        if (!suspicious) {
            return true;
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(signature, 2, signature.length());
            if (recovery.apply(digest.get(), bytes).equals(attester.address())) {
                return true;
            }
        } catch (IllegalArgumentException malformed) {
            LOG.debug("{}", attester.mspId(), malformed);
        }
        LOG.warn("{}'s attester signs what it was not asked for", attester.mspId());
        return false;
    }

    /**
     * A quorum's signatures over as much of the batch as one will sign. What the required attester declines is left out; of the others each may
     * decline, lie or be away, as long as enough of them sign the same. The standby is not asked: what it signs counts only after an
     * announcement on the chain.
     */
    public SignedBatch entitlements(MarketConfig market, EntitlementBatch batch) {
        EthAddress required = market.requiredAttesters().getFirst().address();
        if (byAddress(required).findAny().isEmpty()) {
            silent.add(required);
        }
        return entitlements(market, required, batch);
    }

    /** The same with the standby in the required attester's place; nothing if the market has no standby. */
    public SignedBatch standbyEntitlements(MarketConfig market, EntitlementBatch batch) {
        List<MarketConfig.Attester> required = market.requiredAttesters();
        return required.size() < 2
                ? SignedBatch.NONE
                : entitlements(market, required.get(1).address(), batch);
    }

    /** True if that attester is not here, or did not answer when it was last asked to sign a batch; one that declines is not silent. */
    public boolean isSilent(EthAddress attester) {
        return silent.contains(attester);
    }

    /** True if any is. */
    public boolean isAnySilent() {
        return !silent.isEmpty();
    }

    private SignedBatch entitlements(MarketConfig market, EthAddress leader, EntitlementBatch batch) {
        EntitlementBatch offered = batch;
        while (!offered.items().isEmpty()) {
            Poll poll = poll(market, leader, offered);
            if (poll.signatures().size() >= market.quorum()) {
                return new SignedBatch(offered, List.copyOf(poll.signatures().values()));
            }
            Set<Integer> left = poll.toLeaveOut(offered.items().size(), market.quorum());
            if (left.isEmpty()) {
                break;
            }
            offered = without(offered, left);
        }
        return SignedBatch.NONE;
    }

    /**
     * What attesters said of a batch.
     *
     * @param signatures by signer; empty unless the required attester signed
     * @param declined what each of those who answered and did not sign declines; of the required attester alone, if it is one of them
     */
    private record Poll(Map<EthAddress, String> signatures, List<Set<Integer>> declined, boolean byRequired) {
        /** Indexes without which a quorum may be found; empty if nothing helps. */
        Set<Integer> toLeaveOut(int size, int quorum) {
            if (byRequired) {
                return declined.getFirst();
            }
            int others = Math.max(0, signatures.size() - 1);
            Set<Integer> hopeless = IntStream.range(0, size)
                    .filter(i -> others
                                    + declined.stream()
                                            .filter(each -> !each.contains(i))
                                            .count()
                            < quorum - 1)
                    .boxed()
                    .collect(Collectors.toSet());
            if (!hopeless.isEmpty()) {
                return hopeless.size() == size ? Set.of() : hopeless;
            }
            return declined.stream().min(Comparator.comparingInt(Set::size)).orElse(Set.of());
        }
    }

    private Poll poll(MarketConfig market, EthAddress leader, EntitlementBatch offered) {
        Map<EthAddress, String> signatures = new TreeMap<>();
        List<Set<Integer>> declined = new ArrayList<>();
        List<Attester> inOrder = quorumOrder(market, leader);
        for (int i = 0; i < inOrder.size() && signatures.size() < market.quorum(); i++) {
            Attester attester = inOrder.get(i);
            boolean required = i == 0;
            switch (ask(attester, offered)) {
                case BatchAnswer.Signed signed -> {
                    Supplier<byte[]> digest = () -> EscrowTypes.batchDigest(offered.domain(), offered.entitlements());
                    if (isOf(attester, digest, signed.signature())) {
                        signatures.put(attester.address(), signed.signature());
                    }
                }
                case BatchAnswer.Declined no -> {
                    no.reasons().forEach((index, reason) -> LOG.info("{}'s attester: {}", attester.mspId(), reason));
                    if (required) {
                        return new Poll(Map.of(), List.of(no.reasons().keySet()), true);
                    }
                    if (!no.reasons().isEmpty()) {
                        declined.add(no.reasons().keySet());
                    }
                }
            }
            if (required && signatures.isEmpty()) {
                return new Poll(Map.of(), List.of(Set.of()), true);
            }
        }
        return new Poll(signatures, declined, false);
    }

    /** The required attester or its standby, if it runs here, then the others; without it there is nobody to ask. */
    private List<Attester> quorumOrder(MarketConfig market, EthAddress leader) {
        return byAddress(leader)
                .findFirst()
                .map(first ->
                        Stream.concat(Stream.of(first), others(market).stream()).toList())
                .orElse(List.of());
    }

    private static EntitlementBatch without(EntitlementBatch batch, Set<Integer> declined) {
        return new EntitlementBatch(
                batch.domain(),
                IntStream.range(0, batch.items().size())
                        .filter(i -> !declined.contains(i))
                        .mapToObj(batch.items()::get)
                        .toList());
    }

    /** Those of the required organisation that run here: the required one first, then its standby. */
    private List<Attester> required(MarketConfig market) {
        return market.requiredAttesters().stream()
                .flatMap(member -> byAddress(member.address()))
                .toList();
    }

    private List<Attester> others(MarketConfig market) {
        return market.attesters().stream()
                .filter(member -> !member.mspId().equals(market.requiredMsp()))
                .flatMap(member -> byAddress(member.address()))
                .toList();
    }

    private Stream<Attester> byAddress(EthAddress address) {
        return attesters.stream().filter(attester -> attester.address().equals(address));
    }

    /** An attester that is away is one that declines: others may make the quorum. */
    private static List<Answer> ask(Attester attester, List<Evidence.Seen> facts) {
        try {
            return attester.attest(facts);
        } catch (RuntimeException e) {
            LOG.warn("{}'s attester does not answer: {}", attester.mspId(), e.toString());
            return List.of();
        }
    }

    private BatchAnswer ask(Attester attester, EntitlementBatch batch) {
        try {
            BatchAnswer answer = attester.attest(batch);
            silent.remove(attester.address());
            return answer;
        } catch (RuntimeException e) {
            silent.add(attester.address());
            LOG.warn("{}'s attester does not answer: {}", attester.mspId(), e.toString());
            return new BatchAnswer.Declined(Map.of());
        }
    }
}
