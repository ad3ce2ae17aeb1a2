package io.clearmarket.network.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyperledger.fabric.client.CommitException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.TransactionException;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;

/**
 * How an answer is written down, and what of it belongs to one run only: addresses, ids, times, block numbers. Those become
 * names in braces; everything else is compared word for word.
 */
final class Transcript {
    private static final Map<Pattern, String> OF_ONE_RUN = new LinkedHashMap<>();

    static {
        OF_ONE_RUN.put(Pattern.compile("x509::.*? txTime="), "x509::{subject and issuer} txTime=");
        OF_ONE_RUN.put(Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"), "{time}");
        OF_ONE_RUN.put(Pattern.compile("Creator \\[[0-9a-f.]+]"), "Creator [{creator}]");
        OF_ONE_RUN.put(Pattern.compile("\\b[0-9a-f]{64}\\b"), "{transaction}");
        OF_ONE_RUN.put(Pattern.compile("\\[[0-9a-f]{8}]Unsuccessful"), "[{8 characters}]Unsuccessful");
        // the client's own words: how far its call had come
        OF_ONE_RUN.put(
                Pattern.compile("deadline exceeded after [0-9.]+s\\. Name resolution delay [0-9.]+ seconds\\. \\[.*]"),
                "deadline exceeded after {seconds}");
        // a server's words for the same, when it told them before the client's own clock did
        OF_ONE_RUN.put(
                Pattern.compile("(?<=DEADLINE_EXCEEDED(: | / ))context deadline exceeded"),
                "CallOptions deadline exceeded after {seconds}");
        // the order of a contract's transactions in its metadata is that of a Java hash table
        OF_ONE_RUN.put(Pattern.compile("\"transactions\":\\[.*"), "\"transactions\":[{...}");
        // where the record of a long list was cut
        OF_ONE_RUN.put(Pattern.compile(",hotm\\w{0,7}$"), ",{...}");
        // how far the other peer lagged is no promise
        OF_ONE_RUN.put(Pattern.compile("\\d+ of 20 not there yet"), "{n} of 20 not there yet");
    }

    private Transcript() {}

    /** A failure as the client surfaced it. */
    static String of(Exception failure) {
        List<String> lines = new ArrayList<>();
        lines.add(failure.getClass().getName() + ": " + failure.getMessage());
        if (failure instanceof CommitException commit) {
            lines.add("  code " + commit.getCode().getNumber() + " " + commit.getCode());
        }
        if (failure instanceof GatewayException gateway) {
            lines.add("  status " + gateway.getStatus().getCode() + " / "
                    + gateway.getStatus().getDescription());
            for (ErrorDetail detail : gateway.getDetails()) {
                lines.add("  detail address=" + detail.getAddress() + " mspId=" + detail.getMspId() + " message="
                        + detail.getMessage());
            }
        }
        if (failure instanceof TransactionException transaction) {
            lines.add("  (TransactionException, has a transaction id of "
                    + transaction.getTransactionId().length() + " characters)");
        }
        if (failure.getCause() != null) {
            lines.add("  cause " + failure.getCause().getClass().getName() + ": "
                    + failure.getCause().getMessage());
        }
        return String.join("\n", lines);
    }

    /**
     * The text without what belongs to one run.
     *
     * @param addresses what stands for each address
     * @param run the ending of this run's keys
     */
    static String normal(String text, Map<String, String> addresses, String run) {
        String normal = text;
        for (Map.Entry<String, String> address : addresses.entrySet()) {
            normal = normal.replace(address.getKey(), "{" + address.getValue() + "}");
        }
        for (Map.Entry<Pattern, String> each : OF_ONE_RUN.entrySet()) {
            normal = each.getKey().matcher(normal).replaceAll(Matcher.quoteReplacement(each.getValue()));
        }
        normal = numbered(Pattern.compile("(?<=block )\\d+|(?<=@)\\d+"), normal, "b");
        normal = numbered(Pattern.compile("\\b[0-9a-f]{6}(?==)"), normal, "t");
        return normal.replace(run, "{run}");
    }

    /** Numbers blocks and transactions in the order of their mention. */
    private static String numbered(Pattern pattern, String text, String prefix) {
        Map<String, String> names = new LinkedHashMap<>();
        return pattern.matcher(text)
                .replaceAll(found -> names.computeIfAbsent(found.group(), number -> prefix + names.size()));
    }
}
