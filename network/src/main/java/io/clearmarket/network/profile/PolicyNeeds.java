package io.clearmarket.network.profile;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.policy.SignaturePolicyText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;

/** Whether an endorsement policy is the market's rule: the auditor and one of the other two, and nobody without them. */
final class PolicyNeeds {
    private static final String PLATFORM = "PlatformMSP";
    private static final String MERCHANTS = "MerchantsMSP";
    private static final String AUDIT = "AuditMSP";

    private PolicyNeeds() {}

    /** What is wrong with the policy; empty if it is right. Each organisation signs with one peer. */
    static Optional<String> wrong(ApplicationPolicy policy) {
        if (!policy.hasSignaturePolicy()) {
            return Optional.of("it refers to the channel policy " + policy.getChannelConfigPolicyReference()
                    + ", which others can change");
        }
        SignaturePolicyEnvelope rule = policy.getSignaturePolicy();
        for (Set<String> enough : List.of(Set.of(AUDIT, PLATFORM), Set.of(AUDIT, MERCHANTS))) {
            if (!satisfied(rule.getRule(), rule, enough)) {
                return Optional.of(text(rule) + " is not satisfied by " + enough);
            }
        }
        for (Set<String> tooFew : List.of(Set.of(PLATFORM, MERCHANTS), Set.of(AUDIT))) {
            if (satisfied(rule.getRule(), rule, tooFew)) {
                return Optional.of(text(rule) + " is satisfied by " + tooFew + " alone");
            }
        }
        return Optional.empty();
    }

    private static String text(SignaturePolicyEnvelope rule) {
        return SignaturePolicyText.of(rule);
    }

    private static boolean satisfied(SignaturePolicy rule, SignaturePolicyEnvelope policy, Set<String> signers) {
        return switch (rule.getTypeCase()) {
            case SIGNED_BY -> signs(policy.getIdentities(rule.getSignedBy()), signers);
            case N_OUT_OF ->
                rule.getNOutOf().getRulesList().stream()
                                .filter(child -> satisfied(child, policy, signers))
                                .count()
                        >= rule.getNOutOf().getN();
            case TYPE_NOT_SET -> false;
        };
    }

    private static boolean signs(MSPPrincipal principal, Set<String> signers) {
        if (principal.getPrincipalClassification() != MSPPrincipal.Classification.ROLE) {
            return false;
        }
        try {
            MSPRole role = MSPRole.parseFrom(principal.getPrincipal());
            boolean peers = role.getRole() == MSPRole.MSPRoleType.PEER || role.getRole() == MSPRole.MSPRoleType.MEMBER;
            return peers && signers.contains(role.getMspIdentifier());
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }
}
