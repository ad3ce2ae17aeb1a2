package io.clearmarket.network.embedded.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/**
 * Fabric's policy language: {@code AND(p, ...)}, {@code OR(p, ...)}, {@code OutOf(n, p, ...)}, nested at will, where a
 * principal is {@code 'MSP.role'} with role member, admin, client, peer or orderer.
 */
public final class SignaturePolicyParser {
    private static final Pattern PRINCIPAL = Pattern.compile("([A-Za-z0-9.-]+)[.](admin|member|client|peer|orderer)");
    private static final Pattern GATE = Pattern.compile("AND|And|and|OR|Or|or|OUTOF|OutOf|outof");
    private static final int DEEPEST = 32;

    private final String text;
    private final List<MSPPrincipal> principals = new ArrayList<>();
    private int at;

    private SignaturePolicyParser(String text) {
        this.text = text;
    }

    /**
     * The compiled form, as channel configurations and key-level policies hold it.
     *
     * @throws IllegalArgumentException if the text is not of this language; says where and what was expected
     */
    public static SignaturePolicyEnvelope parse(String text) {
        SignaturePolicyParser parser = new SignaturePolicyParser(text);
        SignaturePolicy rule = parser.gate(0);
        parser.skipSpace();
        if (parser.at < text.length()) {
            throw parser.expected("the end of the policy");
        }
        return SignaturePolicyEnvelope.newBuilder()
                .setVersion(0)
                .setRule(rule)
                .addAllIdentities(parser.principals)
                .build();
    }

    private SignaturePolicy gate(int depth) {
        if (depth > DEEPEST) {
            throw expected("at most " + DEEPEST + " nested gates");
        }
        skipSpace();
        Matcher gate = GATE.matcher(text).region(at, text.length());
        if (!gate.lookingAt()) {
            throw expected("AND, OR or OutOf");
        }
        at = gate.end();
        take('(');
        String kind = gate.group().toLowerCase(Locale.ROOT);
        int stated = kind.equals("outof") ? number() : 0;
        List<SignaturePolicy> rules = new ArrayList<>();
        if (kind.equals("outof")) {
            take(',');
        }
        do {
            rules.add(rule(depth));
        } while (taken(','));
        take(')');
        int needed = switch (kind) {
            case "and" -> rules.size();
            case "or" -> 1;
            default -> stated;
        };
        // Fabric allows one more than there are rules: a policy that nobody can satisfy
        if (needed > rules.size() + 1) {
            throw new IllegalArgumentException(
                    "invalid t-out-of-n predicate, t " + needed + ", n " + rules.size() + " in policy: " + text);
        }
        return SignaturePolicy.newBuilder()
                .setNOutOf(SignaturePolicy.NOutOf.newBuilder().setN(needed).addAllRules(rules))
                .build();
    }

    private SignaturePolicy rule(int depth) {
        skipSpace();
        return at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"') ? signedBy() : gate(depth + 1);
    }

    private SignaturePolicy signedBy() {
        char quote = text.charAt(at);
        int end = text.indexOf(quote, at + 1);
        Matcher principal = PRINCIPAL.matcher(end < 0 ? "" : text.substring(at + 1, end));
        if (!principal.matches()) {
            throw expected("a principal such as 'AuditMSP.peer'");
        }
        at = end + 1;
        MSPRole role = MSPRole.newBuilder()
                .setMspIdentifier(principal.group(1))
                .setRole(MSPRole.MSPRoleType.valueOf(principal.group(2).toUpperCase(Locale.ROOT)))
                .build();
        principals.add(MSPPrincipal.newBuilder()
                .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                .setPrincipal(role.toByteString())
                .build());
        return SignaturePolicy.newBuilder().setSignedBy(principals.size() - 1).build();
    }

    private int number() {
        skipSpace();
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at)) && at - start < 5) {
            at++;
        }
        if (at == start) {
            throw expected("how many of the rules are needed");
        }
        return Integer.parseInt(text.substring(start, at));
    }

    private boolean taken(char wanted) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void take(char wanted) {
        if (!taken(wanted)) {
            throw expected("'" + wanted + "'");
        }
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("expected " + what + " at position " + at + " of policy: " + text);
    }
}
