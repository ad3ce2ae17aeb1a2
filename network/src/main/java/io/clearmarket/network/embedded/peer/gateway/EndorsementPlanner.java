package io.clearmarket.network.embedded.peer.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.policy.SignaturePolicyParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;

/**
 * Chooses organisations whose peers, one each, satisfy every policy that a transaction will be judged by. Networks here
 * are small, so all sets are tried, smallest first.
 */
final class EndorsementPlanner {
    private static final int MOST_ORGANIZATIONS = 16;
    private static final int MOST_KNOWN = 1000;

    /** Everything that an answer depends on. */
    private record Question(
            List<String> chaincodePolicies, List<SignaturePolicyEnvelope> keyPolicies, String preferredMspId) {}

    private final PeerLedger ledger;
    private final List<String> mspIds;
    private final Map<Question, List<Set<String>>> known = new ConcurrentHashMap<>();

    EndorsementPlanner(PeerLedger ledger, List<String> mspIds) {
        if (mspIds.size() > MOST_ORGANIZATIONS) {
            throw new IllegalArgumentException(
                    "at most " + MOST_ORGANIZATIONS + " organisations, not " + mspIds.size());
        }
        this.ledger = ledger;
        this.mspIds = List.copyOf(mspIds);
    }

    /**
     * Minimal sets that satisfy all policies, in the order to try them: first those with the preferred organisation, then
     * the smaller, then as configured. Empty if no set does.
     */
    List<Set<String>> layouts(ChaincodeInterest interest, String preferredMspId) {
        List<String> chaincodePolicies = new ArrayList<>();
        List<SignaturePolicyEnvelope> keyPolicies = new ArrayList<>();
        for (ChaincodeCall call : interest.getChaincodesList()) {
            keyPolicies.addAll(call.getKeyPoliciesList());
            if (!call.getDisregardNamespacePolicy()) {
                Optional<PeerLedger.ChaincodeDefinition> definition = ledger.definition(call.getName());
                if (definition.isEmpty()) {
                    return List.of();
                }
                chaincodePolicies.add(definition.get().policyText());
            }
        }
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        return known.computeIfAbsent(new Question(chaincodePolicies, keyPolicies, preferredMspId), this::compute);
    }

    private List<Set<String>> compute(Question question) {
        List<SignaturePolicyEnvelope> policies = new ArrayList<>(question.keyPolicies());
        question.chaincodePolicies().forEach(text -> policies.add(policy(text)));
        return minimal(policies).stream()
                .sorted(Comparator.comparing((Set<String> set) -> !set.contains(question.preferredMspId()))
                        .thenComparingInt(Set::size))
                .toList();
    }

    /** A policy of the channel is taken as a majority of the organisations' peers, as the founding block writes it. */
    private SignaturePolicyEnvelope policy(String text) {
        if (!text.startsWith("/")) {
            return SignaturePolicyParser.parse(text);
        }
        int majority = mspIds.size() / 2 + 1;
        List<String> principals =
                mspIds.stream().map(mspId -> "'" + mspId + ".peer'").toList();
        return SignaturePolicyParser.parse("OutOf(" + majority + ", " + String.join(", ", principals) + ")");
    }

    private List<Set<String>> minimal(List<SignaturePolicyEnvelope> policies) {
        List<Set<String>> found = new ArrayList<>();
        List<Integer> bySize = new ArrayList<>();
        for (int bits = 1; bits < 1 << mspIds.size(); bits++) {
            bySize.add(bits);
        }
        bySize.sort(Comparator.comparingInt(Integer::bitCount));
        for (int bits : bySize) {
            Set<String> candidate = members(bits);
            boolean larger = found.stream().anyMatch(candidate::containsAll);
            if (!larger && policies.stream().allMatch(policy -> satisfied(policy, candidate))) {
                found.add(candidate);
            }
        }
        return found;
    }

    private Set<String> members(int bits) {
        Set<String> members = new HashSet<>();
        for (int i = 0; i < mspIds.size(); i++) {
            if ((bits & 1 << i) != 0) {
                members.add(mspIds.get(i));
            }
        }
        return members;
    }

    /** Whether one peer of each organisation is enough, by Fabric's rule that each signature counts once. */
    private static boolean satisfied(SignaturePolicyEnvelope policy, Set<String> organizations) {
        return satisfied(policy.getRule(), policy, organizations, new HashSet<>());
    }

    private static boolean satisfied(
            SignaturePolicy rule, SignaturePolicyEnvelope policy, Set<String> organizations, Set<String> used) {
        if (!rule.hasNOutOf()) {
            Optional<String> signer = peerOf(policy.getIdentities(rule.getSignedBy()));
            return signer.isPresent() && organizations.contains(signer.get()) && used.add(signer.get());
        }
        int satisfied = 0;
        for (SignaturePolicy part : rule.getNOutOf().getRulesList()) {
            Set<String> attempt = new HashSet<>(used);
            if (satisfied(part, policy, organizations, attempt)) {
                satisfied++;
                used.addAll(attempt);
            }
        }
        return satisfied >= rule.getNOutOf().getN();
    }

    /** The organisation whose peer satisfies a principal; empty for clients, admins and orderers. */
    private static Optional<String> peerOf(MSPPrincipal principal) {
        if (principal.getPrincipalClassification() != MSPPrincipal.Classification.ROLE) {
            return Optional.empty();
        }
        try {
            MSPRole role = MSPRole.parseFrom(principal.getPrincipal());
            return switch (role.getRole()) {
                case PEER, MEMBER -> Optional.of(role.getMspIdentifier());
                case ADMIN, CLIENT, ORDERER, UNRECOGNIZED -> Optional.empty();
            };
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
