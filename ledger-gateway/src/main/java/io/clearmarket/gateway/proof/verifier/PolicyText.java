package io.clearmarket.gateway.proof.verifier;

import io.clearmarket.wallet.proof.NoteKey;
import java.util.Map;
import java.util.TreeMap;

/** The policy (C2SP tlog-policy) that a verifier of this market pins: the required organisation's witness and one more. */
public final class PolicyText {
    private PolicyText() {}

    /**
     * The text.
     *
     * @param witnesses by organisation
     * @param required the organisation that no quorum is without
     */
    public static String of(NoteKey log, Map<String, NoteKey> witnesses, String required) {
        if (!witnesses.containsKey(required)) {
            throw new IllegalStateException("there is no witness of " + required
                    + ", without which no checkpoint counts; see clearmarket.proof.witnesses");
        }
        StringBuilder text =
                new StringBuilder("# Whom a verifier trusts: pin this file, never one that comes with a proof.\n");
        text.append("log ").append(log.vkey()).append('\n');
        Map<String, NoteKey> sorted = new TreeMap<>(witnesses);
        sorted.forEach((mspId, key) -> text.append("witness ")
                .append(mspId)
                .append(' ')
                .append(key.vkey())
                .append('\n'));
        sorted.remove(required);
        if (sorted.isEmpty()) {
            return text.append("quorum ").append(required).append('\n').toString();
        }
        text.append("group others any ")
                .append(String.join(" ", sorted.keySet()))
                .append('\n');
        text.append("group quorum all ").append(required).append(" others\n");
        return text.append("quorum quorum\n").toString();
    }
}
