package io.clearmarket.gateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.json.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The Medusa plug-in's own parts in a Node process: one call after the other. */
final class Bridge implements AutoCloseable {
    private final Process process;
    private final BufferedWriter asks;
    private final BufferedReader answers;

    private Bridge(Process process) {
        this.process = process;
        this.asks = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
    }

    static Bridge open(Path plugin) throws IOException {
        return new Bridge(new ProcessBuilder("node", "--no-warnings", "test/bridge.mjs")
                .directory(plugin.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What the call answered; a failure if it was refused. */
    JsonNode done(String call, Map<String, ?> arguments) {
        JsonNode answer = ask(call, arguments);
        if (answer.has("error")) {
            throw new IllegalStateException(call + ": " + answer);
        }
        return answer.path("done");
    }

    /** Why the call was refused; a failure if it was done. */
    String refusal(String call, Map<String, ?> arguments) {
        JsonNode answer = ask(call, arguments);
        if (!answer.has("error")) {
            throw new IllegalStateException(call + " was done: " + answer);
        }
        return answer.path("message").asString();
    }

    private JsonNode ask(String call, Map<String, ?> arguments) {
        Map<String, Object> line = new HashMap<>(arguments);
        line.put("call", call);
        try {
            asks.write(Json.MAPPER.writeValueAsString(line));
            asks.newLine();
            asks.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the plug-in's process ended at " + call);
            }
            return Json.MAPPER.readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
