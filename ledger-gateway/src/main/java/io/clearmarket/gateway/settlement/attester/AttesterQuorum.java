package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    public AttesterQuorum(List<Attester> attesters) {
        this.attesters = List.copyOf(attesters);
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
            collect(required, lacking, signatures);
        }
        for (Attester other : others(market)) {
            List<Evidence.Seen> lacking = signatures.keySet().stream()
                    .filter(fact -> signaturesOf(fact, signatures).size() < market.quorum())
                    .toList();
            collect(other, lacking, signatures);
        }
        Map<Evidence.Seen, Evidence> evidence = new HashMap<>();
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

    private static void collect(
            Attester attester, List<Evidence.Seen> facts, Map<Evidence.Seen, List<String>> signatures) {
        if (facts.isEmpty()) {
            return;
        }
        List<Answer> answers = ask(attester, facts);
        for (int i = 0; i < answers.size(); i++) {
            switch (answers.get(i)) {
                case Answer.Signed signed ->
                    signatures
                            .computeIfAbsent(facts.get(i), fact -> new ArrayList<>())
                            .add(signed.signature());
                case Answer.Declined declined ->
                    LOG.info("{}'s attester declines a fact: {}", attester.mspId(), declined.reason());
            }
        }
    }

    /**
     * A quorum's signatures over as much of the batch as it will sign: what one declines is left out, and the rest is
     * offered anew to all. The standby is not asked: what it signs counts only after an announcement on the chain.
     */
    public SignedBatch entitlements(MarketConfig market, EntitlementBatch batch) {
        EntitlementBatch offered = batch;
        while (!offered.items().isEmpty()) {
            Map<EthAddress, String> signatures = new TreeMap<>();
            Set<Integer> declined = new HashSet<>();
            for (Attester attester : quorumOrder(market)) {
                if (signatures.size() >= market.quorum()) {
                    break;
                }
                switch (ask(attester, offered)) {
                    case BatchAnswer.Signed signed -> signatures.put(attester.address(), signed.signature());
                    case BatchAnswer.Declined no -> {
                        no.reasons().forEach((i, reason) -> LOG.info("{}'s attester: {}", attester.mspId(), reason));
                        declined.addAll(no.reasons().keySet());
                    }
                }
            }
            if (signatures.size() >= market.quorum() && hasRequired(market, signatures.keySet())) {
                return new SignedBatch(offered, List.copyOf(signatures.values()));
            }
            if (declined.isEmpty()) {
                break;
            }
            offered = without(offered, declined);
        }
        return SignedBatch.NONE;
    }

    private static boolean hasRequired(MarketConfig market, Set<EthAddress> signers) {
        return signers.contains(market.requiredAttesters().getFirst().address());
    }

    private List<Attester> quorumOrder(MarketConfig market) {
        return Stream.concat(required(market).stream().limit(1), others(market).stream())
                .toList();
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

    private static BatchAnswer ask(Attester attester, EntitlementBatch batch) {
        try {
            return attester.attest(batch);
        } catch (RuntimeException e) {
            LOG.warn("{}'s attester does not answer: {}", attester.mspId(), e.toString());
            return new BatchAnswer.Declined(Map.of());
        }
    }
}
