package io.clearmarket.network.embedded.policy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/** Writes a compiled policy back in the language of {@link SignaturePolicyParser}. */
public final class SignaturePolicyText {
    private SignaturePolicyText() {}

    /**
     * The text of a policy; parsing it gives the same rule.
     *
     * @throws IllegalArgumentException if it has a principal other than a role
     */
    public static String of(SignaturePolicyEnvelope policy) {
        return text(policy.getRule(), policy);
    }

    private static String text(SignaturePolicy rule, SignaturePolicyEnvelope policy) {
        if (!rule.hasNOutOf()) {
            return "'" + principal(policy.getIdentities(rule.getSignedBy())) + "'";
        }
        SignaturePolicy.NOutOf gate = rule.getNOutOf();
        String rules = gate.getRulesList().stream().map(r -> text(r, policy)).collect(Collectors.joining(", "));
        if (gate.getN() == gate.getRulesCount()) {
            return "AND(" + rules + ")";
        }
        return gate.getN() == 1 ? "OR(" + rules + ")" : "OutOf(" + gate.getN() + ", " + rules + ")";
    }

    private static String principal(MSPPrincipal principal) {
        if (principal.getPrincipalClassification() != MSPPrincipal.Classification.ROLE) {
            throw new IllegalArgumentException(
                    "no text for a principal of kind " + principal.getPrincipalClassification());
        }
        try {
            MSPRole role = MSPRole.parseFrom(principal.getPrincipal());
            return role.getMspIdentifier() + "." + role.getRole().name().toLowerCase(Locale.ROOT);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("unreadable principal: " + e.getMessage(), e);
        }
    }
}
