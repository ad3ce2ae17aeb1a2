package io.clearmarket.wallet.proof;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a verifier trusts: a C2SP tlog-policy. It is pinned in the verifier, and never taken from what is verified.
 *
 * @param logs the logs whose checkpoints count
 * @param witnesses by their names in the policy, in its order
 * @param quorum which witnesses are enough
 */
public record TrustPolicy(List<NoteKey> logs, Map<String, NoteKey> witnesses, Quorum quorum) {

    /** A rule about which witnesses are enough. */
    public sealed interface Quorum {
        /** No witness is asked for. */
        record None() implements Quorum {}

        /** @param key the witness that must have cosigned */
        record Witness(NoteKey key) implements Quorum {}

        /** At least so many of the members. */
        record Group(int threshold, List<Quorum> members) implements Quorum {
            public Group {
                members = List.copyOf(members);
            }
        }

        /** True if those who cosigned are enough. */
        default boolean isMetBy(Set<NoteKey> cosigned) {
            return switch (this) {
                case None none -> true;
                case Witness witness -> cosigned.contains(witness.key());
                case Group group ->
                    group.members().stream()
                                    .filter(member -> member.isMetBy(cosigned))
                                    .count()
                            >= group.threshold();
            };
        }
    }

    public TrustPolicy {
        logs = List.copyOf(logs);
        witnesses = Collections.unmodifiableMap(new LinkedHashMap<>(witnesses));
    }

    /**
     * A policy from its text.
     *
     * @throws InvalidProof if it is malformed, naming the line
     */
    public static TrustPolicy parse(String text) {
        return new PolicyParser().parse(text);
    }

    /** The log of that origin, if the policy knows it. */
    public Optional<NoteKey> log(String origin) {
        return logs.stream().filter(key -> key.name().equals(origin)).findFirst();
    }

    /** The name of a witness in this policy. */
    public Optional<String> nameOf(NoteKey witness) {
        return witnesses.entrySet().stream()
                .filter(entry -> entry.getValue().equals(witness))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
