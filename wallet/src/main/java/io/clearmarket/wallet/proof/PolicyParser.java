package io.clearmarket.wallet.proof;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a C2SP tlog-policy line by line. For one policy. */
final class PolicyParser {
    private final List<NoteKey> logs = new ArrayList<>();
    private final Map<String, NoteKey> witnesses = new LinkedHashMap<>();
    private final Map<String, TrustPolicy.Quorum> defined = new LinkedHashMap<>();
    private final Set<String> members = new HashSet<>();
    private final Set<String> publicKeys = new HashSet<>();
    private Optional<TrustPolicy.Quorum> quorum = Optional.empty();

    TrustPolicy parse(String text) {
        if (text.codePoints().anyMatch(c -> (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)) {
            throw InvalidProof.format("a policy holds no control characters but tab and newline");
        }
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].replaceAll("^[ \t]+|[ \t]+$", "");
            if (!line.isEmpty() && !line.startsWith("#")) {
                readLine(i + 1, List.of(line.split("[ \t]+")));
            }
        }
        return new TrustPolicy(
                logs, witnesses, quorum.orElseThrow(() -> InvalidProof.format("a policy has a line \"quorum NAME\"")));
    }

    private void readLine(int number, List<String> words) {
        try {
            switch (words.getFirst()) {
                case "log" -> readLog(words);
                case "witness" -> readWitness(words);
                case "group" -> readGroup(words);
                case "quorum" -> readQuorum(words);
                default -> throw InvalidProof.format("unknown word \"" + Shortened.of(words.getFirst()) + "\"");
            }
        } catch (InvalidProof wrong) {
            throw InvalidProof.format("policy, line " + number + ": " + wrong.getMessage());
        }
    }

    private void readLog(List<String> words) {
        requireLength(words, 2, 3);
        logs.add(key(words.get(1), NoteKey.Kind.LOG));
    }

    private void readWitness(List<String> words) {
        requireLength(words, 3, 4);
        NoteKey key = key(words.get(2), NoteKey.Kind.WITNESS);
        define(words.get(1), new TrustPolicy.Quorum.Witness(key));
        witnesses.put(words.get(1), key);
    }

    private void readGroup(List<String> words) {
        requireLength(words, 4, Integer.MAX_VALUE);
        List<String> names = words.subList(3, words.size());
        List<TrustPolicy.Quorum> group = new ArrayList<>();
        for (String name : names) {
            group.add(named(name));
            if (!members.add(name)) {
                throw InvalidProof.format("\"" + Shortened.of(name) + "\" is in a group already");
            }
        }
        define(words.get(1), new TrustPolicy.Quorum.Group(threshold(words.get(2), names.size()), group));
    }

    private static int threshold(String word, int size) {
        long threshold = switch (word) {
            case "all" -> size;
            case "any" -> 1;
            default -> Checkpoint.decimal(word, "threshold");
        };
        if (threshold < 1 || threshold > size) {
            throw InvalidProof.format("a threshold lies between 1 and the group's size " + size);
        }
        return (int) threshold;
    }

    private void readQuorum(List<String> words) {
        requireLength(words, 2, 2);
        if (quorum.isPresent()) {
            throw InvalidProof.format("a second quorum");
        }
        quorum = Optional.of(words.get(1).equals("none") ? new TrustPolicy.Quorum.None() : named(words.get(1)));
    }

    private TrustPolicy.Quorum named(String name) {
        TrustPolicy.Quorum found = defined.get(name);
        if (found == null) {
            throw InvalidProof.format("\"" + Shortened.of(name) + "\" is not defined on a line before");
        }
        return found;
    }

    private void define(String name, TrustPolicy.Quorum meaning) {
        if (name.equals("none") || defined.putIfAbsent(name, meaning) != null) {
            throw InvalidProof.format("\"" + Shortened.of(name) + "\" is taken");
        }
    }

    private NoteKey key(String vkey, NoteKey.Kind kind) {
        NoteKey key = NoteKey.parse(vkey);
        if (key.kind() != kind) {
            throw InvalidProof.format("the key of " + Shortened.of(key.name()) + " is of the wrong kind");
        }
        if (!publicKeys.add(kind + Base64Text.encode(key.publicKey()))) {
            throw InvalidProof.format("the key of " + Shortened.of(key.name()) + " is there twice");
        }
        return key;
    }

    private static void requireLength(List<String> words, int least, int most) {
        if (words.size() < least || words.size() > most) {
            throw InvalidProof.format("a line \"" + words.getFirst() + "\" does not have " + words.size() + " words");
        }
    }
}
