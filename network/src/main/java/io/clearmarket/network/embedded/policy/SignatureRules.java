package io.clearmarket.network.embedded.policy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.msp.MspIdentity;
import io.clearmarket.network.embedded.msp.MspIdentity.Role;
import io.clearmarket.network.embedded.msp.MspManager;
import io.clearmarket.wallet.identity.Pem;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.OrganizationUnit;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/**
 * A signature policy ready to be evaluated, with Fabric's walk: in order, each signer used once, marks of a failed gate
 * rolled back, no backtracking (fabric-protocol 5.2).
 */
public final class SignatureRules implements Policy {
    private final MspManager msps;
    private final Rule rule;

    private SignatureRules(MspManager msps, Rule rule) {
        this.msps = msps;
        this.rule = rule;
    }

    private sealed interface Rule {
        record SignedBy(Predicate<MspIdentity> principal) implements Rule {}

        record OutOf(int needed, List<Rule> rules) implements Rule {}
    }

    /**
     * Compiles a policy.
     *
     * @throws IllegalArgumentException if it is malformed or names a kind of principal that is not done
     */
    public static Policy compile(SignaturePolicyEnvelope policy, MspManager msps) {
        List<Predicate<MspIdentity>> principals = policy.getIdentitiesList().stream()
                .map(SignatureRules::principal)
                .toList();
        return new SignatureRules(msps, rule(policy.getRule(), principals));
    }

    private static Rule rule(SignaturePolicy rule, List<Predicate<MspIdentity>> principals) {
        return switch (rule.getTypeCase()) {
            case SIGNED_BY -> {
                if (rule.getSignedBy() < 0 || rule.getSignedBy() >= principals.size()) {
                    throw new IllegalArgumentException("identity index out of range, requested " + rule.getSignedBy()
                            + ", but identities length is " + principals.size());
                }
                yield new Rule.SignedBy(principals.get(rule.getSignedBy()));
            }
            case N_OUT_OF ->
                new Rule.OutOf(
                        rule.getNOutOf().getN(),
                        rule.getNOutOf().getRulesList().stream()
                                .map(child -> rule(child, principals))
                                .toList());
            case TYPE_NOT_SET -> throw new IllegalArgumentException("empty policy element");
        };
    }

    private static Predicate<MspIdentity> principal(MSPPrincipal principal) {
        try {
            return switch (principal.getPrincipalClassification()) {
                case ROLE -> role(MSPRole.parseFrom(principal.getPrincipal()));
                case ORGANIZATION_UNIT -> unit(OrganizationUnit.parseFrom(principal.getPrincipal()));
                case IDENTITY -> identity(SerializedIdentity.parseFrom(principal.getPrincipal()));
                case ANONYMITY, COMBINED, UNRECOGNIZED ->
                    throw new IllegalArgumentException(
                            "principals of kind " + principal.getPrincipalClassification() + " are not done");
            };
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("unreadable principal: " + e.getMessage(), e);
        }
    }

    private static Predicate<MspIdentity> role(MSPRole role) {
        Predicate<MspIdentity> inRole = switch (role.getRole()) {
            case MEMBER -> MspIdentity::isValid;
            case ADMIN -> signer -> signer.hasRole(Role.ADMIN);
            case CLIENT -> signer -> signer.hasRole(Role.CLIENT);
            case PEER -> signer -> signer.hasRole(Role.PEER);
            case ORDERER -> signer -> signer.hasRole(Role.ORDERER);
            case UNRECOGNIZED -> throw new IllegalArgumentException("unknown role " + role.getRoleValue());
        };
        String mspId = role.getMspIdentifier();
        return signer -> signer.mspId().equals(mspId) && inRole.test(signer);
    }

    private static Predicate<MspIdentity> unit(OrganizationUnit unit) {
        return signer -> signer.mspId().equals(unit.getMspIdentifier())
                && signer.isValid()
                && signer.hasUnit(unit.getOrganizationalUnitIdentifier())
                && signer.certifiers().equals(unit.getCertifiersIdentifier());
    }

    private static Predicate<MspIdentity> identity(SerializedIdentity named) {
        return signer -> signer.mspId().equals(named.getMspid())
                && ByteString.copyFromUtf8(Pem.encode(signer.certificate())).equals(normal(named.getIdBytes()));
    }

    /** The same certificate may be written with other line breaks. */
    private static ByteString normal(ByteString pem) {
        return ByteString.copyFromUtf8(Pem.encode(Pem.certificate(pem.toStringUtf8())));
    }

    @Override
    public Optional<String> evaluate(List<SignedData> signatures) {
        return evaluateSigners(Signers.of(signatures, msps));
    }

    @Override
    public Optional<String> evaluateSigners(List<MspIdentity> signers) {
        return satisfied(rule, signers, new BitSet(signers.size()))
                ? Optional.empty()
                : Optional.of("signature set did not satisfy policy");
    }

    private static boolean satisfied(Rule rule, List<MspIdentity> signers, BitSet used) {
        return switch (rule) {
            case Rule.SignedBy(var principal) -> {
                for (int i = used.nextClearBit(0); i < signers.size(); i = used.nextClearBit(i + 1)) {
                    if (principal.test(signers.get(i))) {
                        used.set(i);
                        yield true;
                    }
                }
                yield false;
            }
            case Rule.OutOf(int needed, var rules) -> {
                int satisfied = 0;
                for (Rule child : rules) {
                    BitSet tried = (BitSet) used.clone();
                    if (satisfied(child, signers, tried)) {
                        satisfied++;
                        used.or(tried);
                    }
                }
                yield satisfied >= needed;
            }
        };
    }
}
