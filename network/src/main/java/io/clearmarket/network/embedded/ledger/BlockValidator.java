package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.TransactionValidator.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** Judges a whole block: each transaction by itself and in parallel, then in block order against one another. */
final class BlockValidator {
    private final TransactionValidator transactions;

    BlockValidator(TransactionValidator transactions) {
        this.transactions = transactions;
    }

    /** The verdicts, one per envelope, and what the valid ones change. */
    record Outcome(List<Verdict> verdicts, UpdateBatch updates) {}

    Outcome judge(long number, List<ByteString> envelopes, WorldState before) {
        // toList keeps the order; signatures are by far the most work, and need no other transaction
        List<Verdict> verdicts = new ArrayList<>(envelopes.parallelStream()
                .map(bytes -> transactions.judge(bytes, before))
                .toList());
        refuseAfterRebinding(verdicts);
        refuseRepeatedIds(verdicts);
        UpdateBatch updates = new UpdateBatch(before);
        ConflictRules conflicts = new ConflictRules(before, updates);
        for (int i = 0; i < verdicts.size(); i++) {
            Verdict verdict = verdicts.get(i);
            if (verdict.valid()) {
                TxValidationCode code = conflicts.check(verdict.readWrites());
                if (code == TxValidationCode.VALID) {
                    updates.apply(verdict.readWrites(), new Version(number, i));
                } else {
                    verdicts.set(i, verdict.turned(code));
                }
            }
        }
        return new Outcome(verdicts, updates);
    }

    /** Once a transaction has changed a key's policy, no later one of the block may write that key (fabric-protocol 5.3). */
    private static void refuseAfterRebinding(List<Verdict> verdicts) {
        Set<StateKey> rebound = new HashSet<>();
        for (int i = 0; i < verdicts.size(); i++) {
            Verdict verdict = verdicts.get(i);
            if (!rebound.isEmpty() && writesAny(verdict, rebound)) {
                verdicts.set(i, verdict.turned(TxValidationCode.ENDORSEMENT_POLICY_FAILURE));
            } else {
                verdict.readWrites()
                        .forEach(inNamespace -> inNamespace.reboundKeys().forEach(rebound::add));
            }
        }
    }

    private static boolean writesAny(Verdict verdict, Set<StateKey> keys) {
        return verdict.readWrites().stream()
                .anyMatch(inNamespace -> inNamespace.writtenKeys().anyMatch(keys::contains));
    }

    private static void refuseRepeatedIds(List<Verdict> verdicts) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < verdicts.size(); i++) {
            Verdict verdict = verdicts.get(i);
            if (verdict.valid() && !seen.add(verdict.transactionId())) {
                verdicts.set(i, verdict.turned(TxValidationCode.DUPLICATE_TXID));
            }
        }
    }
}
