package io.clearmarket.wallet.proof;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a proof has shown: this history is authentic. It says nothing about the thing that carries a code: a copied code
 * looks the same.
 *
 * @param leaf the write
 * @param record the value written, if it is JSON
 * @param checkpoint the log's size and root at which it was in the log
 * @param witnesses when each cosigned, by its name in the policy
 * @param disclosures private fields that are as the record commits to them
 */
public record VerifiedProof(
        LogLeaf leaf,
        @Nullable JsonNode record,
        Checkpoint checkpoint,
        Map<String, Instant> witnesses,
        List<ProofFile.Disclosure> disclosures) {
    public VerifiedProof {
        witnesses = Collections.unmodifiableMap(new LinkedHashMap<>(witnesses));
        disclosures = List.copyOf(disclosures);
    }
}
