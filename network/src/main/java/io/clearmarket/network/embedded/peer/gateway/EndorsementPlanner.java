package io.clearmarket.network.embedded.peer.gateway;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.Collection;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.msp.MspIdentity;
import io.clearmarket.network.embedded.policy.Policy;
import io.clearmarket.network.embedded.policy.SignatureRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;

/**
 * Chooses organisations, and how many peers of each, that satisfy every policy that a transaction will be judged by. The
 * policies themselves are asked, with pretended peers. In small networks all sets are tried, smallest first; in large ones
 * peers are taken out of the whole until none can be spared.
 */
public final class EndorsementPlanner {
    private static final int MOST_SETS_TRIED = 1 << 16;
    private static final int MOST_KNOWN = 1000;

    /** Everything that an answer depends on. */
    private record Question(
            List<Policy> policies, List<Collection> readable, Map<String, Integer> available, String preferredMspId) {}

    private final PeerLedger ledger;
    private final Map<ByteString, Policy> keyPolicies = new ConcurrentHashMap<>();
    private final Map<Question, List<Layout>> known = new ConcurrentHashMap<>();

    public EndorsementPlanner(PeerLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Minimal sets that satisfy all policies, in the order to try them: first those with the preferred organisation, then
     * the smaller, then as configured. Empty if no set does.
     *
     * @param available peers that could endorse, by MSP id, in the order of preference
     */
    public List<Layout> layouts(ChaincodeInterest interest, Map<String, Integer> available, String preferredMspId) {
        Set<Policy> policies = new LinkedHashSet<>();
        Set<Collection> readable = new LinkedHashSet<>();
        for (ChaincodeCall call : interest.getChaincodesList()) {
            Optional<Policy> endorsement = ledger.endorsementPolicy(call.getName());
            if (endorsement.isEmpty()) {
                return List.of();
            }
            call.getKeyPoliciesList().forEach(policy -> policies.add(keyPolicy(policy)));
            for (String name : call.getCollectionNamesList()) {
                Optional<Collection> collection = ledger.collection(call.getName(), name);
                if (collection.isEmpty()) {
                    return List.of();
                }
                policies.add(collection.get().endorsement().orElse(endorsement.get()));
                if (!call.getNoPrivateReads()) {
                    readable.add(collection.get());
                }
            }
            if (!call.getDisregardNamespacePolicy() && call.getCollectionNamesCount() == 0) {
                policies.add(endorsement.get());
            }
        }
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        return known.computeIfAbsent(
                new Question(List.copyOf(policies), List.copyOf(readable), available, preferredMspId), this::compute);
    }

    /** A key's policy that can't be understood is one that nobody satisfies. */
    private Policy keyPolicy(SignaturePolicyEnvelope policy) {
        if (keyPolicies.size() >= MOST_KNOWN) {
            keyPolicies.clear();
        }
        return keyPolicies.computeIfAbsent(policy.toByteString(), bytes -> {
            try {
                return SignatureRules.compile(policy, ledger.msps());
            } catch (IllegalArgumentException unusable) {
                return Unsatisfiable.POLICY;
            }
        });
    }

    private List<Layout> compute(Question question) {
        Map<String, Integer> readers = new LinkedHashMap<>();
        question.available().forEach((mspId, count) -> {
            if (question.readable().stream().allMatch(collection -> isMember(mspId, collection))) {
                readers.put(mspId, count);
            }
        });
        long sets = 1;
        for (int count : readers.values()) {
            sets = Math.min(MOST_SETS_TRIED + 1L, sets * (count + 1));
        }
        List<Layout> minimal = sets <= MOST_SETS_TRIED ? smallest(question, readers) : spared(question, readers);
        return minimal.stream()
                .sorted(Comparator.comparing((Layout layout) -> !layout.peers().containsKey(question.preferredMspId()))
                        .thenComparingInt(Layout::size))
                .toList();
    }

    /** Whether an organisation's peers may hold a collection's data. */
    public static boolean isMember(String mspId, Collection collection) {
        return collection
                .members()
                .evaluateSigners(List.of(new PretendPeer(mspId, 0)))
                .isEmpty();
    }

    private static List<Layout> smallest(Question question, Map<String, Integer> readers) {
        List<Layout> all = new ArrayList<>(List.of(new Layout(Map.of())));
        readers.forEach((mspId, count) -> {
            List<Layout> before = List.copyOf(all);
            for (Layout layout : before) {
                Layout more = layout;
                for (int i = 0; i < count; i++) {
                    more = more.and(mspId);
                    all.add(more);
                }
            }
        });
        all.sort(Comparator.comparingInt(Layout::size));
        List<Layout> found = new ArrayList<>();
        for (Layout candidate : all.subList(1, all.size())) {
            if (found.stream().noneMatch(candidate::contains) && satisfied(question, candidate)) {
                found.add(candidate);
            }
        }
        return found;
    }

    /** From all peers down: once keeping the preferred organisation as long as possible, once every other. */
    private static List<Layout> spared(Question question, Map<String, Integer> readers) {
        Layout whole = new Layout(readers);
        Set<Layout> found = new LinkedHashSet<>();
        if (satisfied(question, whole)) {
            for (String kept : readers.keySet()) {
                List<String> order = new ArrayList<>(readers.keySet()).reversed();
                order.remove(question.preferredMspId());
                order.add(question.preferredMspId());
                order.remove(kept);
                order.add(kept);
                found.add(spared(question, whole, order));
            }
        }
        return List.copyOf(found);
    }

    private static Layout spared(Question question, Layout whole, List<String> order) {
        Layout left = whole;
        for (String mspId : order) {
            while (left.peers().containsKey(mspId) && satisfied(question, left.without(mspId))) {
                left = left.without(mspId);
            }
        }
        return left;
    }

    private static boolean satisfied(Question question, Layout layout) {
        List<MspIdentity> signers = new ArrayList<>();
        layout.peers().forEach((mspId, count) -> {
            for (int i = 0; i < count; i++) {
                signers.add(new PretendPeer(mspId, i));
            }
        });
        return question.policies().stream()
                .allMatch(policy -> policy.evaluateSigners(signers).isEmpty());
    }

    /** Stands for a policy that can't be read. */
    private enum Unsatisfiable implements Policy {
        POLICY;

        @Override
        public Optional<String> evaluate(List<SignedData> signatures) {
            return Optional.of("the policy cannot be read");
        }

        @Override
        public Optional<String> evaluateSigners(List<MspIdentity> signers) {
            return Optional.of("the policy cannot be read");
        }
    }
}
