package io.clearmarket.gateway.epcis.capture;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.epcis.xml.InXml;
import io.clearmarket.gateway.epcis.xml.SmallDocuments;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A capture job as its owner sees it (EPCIS 2.0, section 12.4).
 *
 * @param owner whose it is
 * @param managed the managed identity that signs; null for whoever has none
 * @param document SHA-256 of what was captured
 * @param success false as soon as something went wrong
 * @param captureErrorBehaviour what then becomes of the other events
 * @param errors RFC 9457 problems, each with the place as a JSON pointer in {@code instance}
 * @param duplicates events that were here already: index, id, and the hash id that the ledger knows them by
 */
public record CaptureJob(
        @JsonProperty("captureID") String captureId,
        @JsonIgnore String owner,
        @JsonIgnore @Nullable String managed,
        Digest document,
        Instant createdAt,
        @Nullable Instant finishedAt,
        boolean running,
        boolean success,
        Behaviour captureErrorBehaviour,
        List<JsonNode> errors,
        List<JsonNode> duplicates)
        implements InXml {

    /** What a job does about an event that can't be captured. */
    public enum Behaviour {
        /** All or nothing. */
        ROLLBACK,
        /** The others are captured all the same. */
        PROCEED;

        /** As the header and the job's document say it. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** From the header; empty for another word. */
        static Optional<Behaviour> of(String word) {
            return Arrays.stream(values())
                    .filter(one -> one.word().equals(word))
                    .findFirst();
        }
    }

    public CaptureJob {
        errors = List.copyOf(errors);
        duplicates = List.copyOf(duplicates);
    }

    @Override
    public byte[] xml() {
        return SmallDocuments.captureJob(Json.MAPPER.valueToTree(this));
    }

    CaptureJob finished(Instant at, List<JsonNode> allErrors, List<JsonNode> allDuplicates) {
        return new CaptureJob(
                captureId,
                owner,
                managed,
                document,
                createdAt,
                at,
                false,
                allErrors.isEmpty(),
                captureErrorBehaviour,
                allErrors,
                allDuplicates);
    }
}
