package io.clearmarket.gateway.fabric;

import static io.clearmarket.gateway.fabric.LedgerFailure.Reason.ACCESS_DENIED;
import static io.clearmarket.gateway.fabric.LedgerFailure.Reason.CERTIFICATE_EXPIRED;
import static io.clearmarket.gateway.fabric.LedgerFailure.Reason.DUPLICATE_TRANSACTION;
import static io.clearmarket.gateway.fabric.LedgerFailure.Reason.MALFORMED;
import static io.clearmarket.gateway.fabric.LedgerFailure.Reason.TIMESTAMP;

import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.wallet.json.Json;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import tools.jackson.core.JacksonException;

/**
 * Says what a failed call of a Fabric gateway means. Fabric tells most of it in words only; these are the words of its
 * releases 2.5 and 3.1.
 */
final class Failures {
    private static final Pattern CHAINCODE_RESPONSE =
            Pattern.compile("chaincode response (\\d+), (.*)", Pattern.DOTALL);
    private static final int REFUSED = 400;

    /** The first endorser agreed and another did not: they read at different heights. */
    private static final String ENDORSERS_DISAGREE = "failed to collect enough transaction endorsements";

    private static final Map<String, LedgerFailure.Reason> WORDS = words();

    private Failures() {}

    static LedgerFailure of(GatewayException failure) {
        List<String> texts = texts(failure);
        String summary = String.join("; ", texts);
        Optional<Refusal> refusal =
                texts.stream().flatMap(text -> refusal(text).stream()).findFirst();
        if (summary.contains(ENDORSERS_DISAGREE) && isDisagreement(summary)) {
            return new LedgerFailure.Conflict(summary, failure);
        }
        if (refusal.isPresent()) {
            return new LedgerFailure.Refused(refusal.get(), failure);
        }
        for (Map.Entry<String, LedgerFailure.Reason> word : WORDS.entrySet()) {
            if (summary.contains(word.getKey())) {
                return new LedgerFailure.Rejected(word.getValue(), summary, failure);
            }
        }
        return failure.getStatus().getCode() == Status.Code.INVALID_ARGUMENT
                ? new LedgerFailure.Rejected(MALFORMED, summary, failure)
                : new LedgerFailure.Unavailable(summary, failure);
    }

    private static boolean isDisagreement(String summary) {
        return summary.contains("ProposalResponsePayloads do not match")
                || CHAINCODE_RESPONSE.matcher(summary).find();
    }

    private static List<String> texts(GatewayException failure) {
        List<String> texts = new ArrayList<>();
        Status status = failure.getStatus();
        String description = status.getDescription();
        texts.add(description == null ? status.getCode().name() : description);
        for (ErrorDetail detail : failure.getDetails()) {
            texts.add(detail.getMspId() + " " + detail.getAddress() + ": " + detail.getMessage());
        }
        return texts;
    }

    private static Optional<Refusal> refusal(String text) {
        Matcher response = CHAINCODE_RESPONSE.matcher(text);
        if (!response.find() || Integer.parseInt(response.group(1)) != REFUSED) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(response.group(2), Refusal.class));
        } catch (JacksonException anotherChaincodesWords) {
            return Optional.empty();
        }
    }

    private static Map<String, LedgerFailure.Reason> words() {
        Map<String, LedgerFailure.Reason> words = new LinkedHashMap<>();
        words.put("duplicate transaction found", DUPLICATE_TRANSACTION);
        words.put("client identity expired", CERTIFICATE_EXPIRED);
        words.put("incorrect timestamp", TIMESTAMP);
        words.put("access denied", ACCESS_DENIED);
        words.put("Failed evaluating policy on signed data", ACCESS_DENIED);
        words.put("status=FORBIDDEN", ACCESS_DENIED);
        words.put("status=BAD_REQUEST", MALFORMED);
        words.put("error validating proposal", MALFORMED);
        return words;
    }
}
