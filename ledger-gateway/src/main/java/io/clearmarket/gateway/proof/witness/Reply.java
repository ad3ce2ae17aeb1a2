package io.clearmarket.gateway.proof.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/** What a witness's door answers. */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Reply(int status, String type, byte[] body, Map<String, String> headers) {
    static final Reply NOT_FOUND = text(404, "nothing is here; /verify, /log/checkpoint, /log/tile/...");

    private static final String TEXT = "text/plain; charset=utf-8";

    Reply(int status, String type, byte[] body) {
        this(status, type, body, Map.of());
    }

    /** A line of text. */
    static Reply text(int status, String line) {
        return new Reply(status, TEXT, (line.endsWith("\n") ? line : line + "\n").getBytes(UTF_8));
    }

    Reply with(String header, String value) {
        return new Reply(status, type, body, Map.of(header, value));
    }
}
