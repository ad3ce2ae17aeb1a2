package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.config.BoundedHttp;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.Json;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * An attester in a process of its own, asked over HTTP in this gateway's name. What it answers is checked for its form only: whose signature it
 * is, {@link AttesterQuorum} and both ledgers look at. One that lets a question wait until its time is over is not asked for a while, so that it
 * holds up nobody.
 */
public final class RemoteAttester implements Attester, Pausable {
    private static final Duration REST = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final Pattern SIGNATURE = Pattern.compile(Evidence.SIGNATURE);
    private static final byte[] NOTHING = {};

    private final Settings settings;
    private final SigningIdentity caller;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final HttpClient http = BoundedHttp.client();
    private volatile Instant restsUntil = Instant.EPOCH;

    /**
     * Which attester, and where.
     *
     * @param mspId its organisation
     * @param address of its key, as the market's configuration names it
     * @param url of its door; no path
     * @param timeout how long an answer may take
     */
    public record Settings(String mspId, EthAddress address, URI url, Duration timeout) {}

    /**
     * @param caller this gateway, as the attester's configuration knows it
     * @param metrics gets a timer {@code clearmarket.attester.requests} by organisation, question and outcome
     */
    public RemoteAttester(Settings settings, SigningIdentity caller, Clock clock, MeterRegistry metrics) {
        this.settings = settings;
        this.caller = caller;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** It does not answer, or answers what is no answer. */
    public static final class Away extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Away(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    @Override
    public String mspId() {
        return settings.mspId();
    }

    @Override
    public EthAddress address() {
        return settings.address();
    }

    @Override
    public List<Answer> attest(List<Evidence.Seen> facts) {
        if (facts.isEmpty()) {
            return List.of();
        }
        AttesterApi.FactAnswer[] answers =
                ask("POST", AttesterApi.FACTS, Json.MAPPER.writeValueAsBytes(facts), AttesterApi.FactAnswer[].class);
        if (answers.length != facts.size()) {
            throw away("answers " + answers.length + " of " + facts.size() + " facts", null);
        }
        return Stream.of(answers)
                .map(AttesterApi.FactAnswer::answer)
                .map(this::wellFormed)
                .toList();
    }

    private Answer wellFormed(Answer answer) {
        if (answer instanceof Answer.Signed signed) {
            requireForm(signed.signature());
        }
        return answer;
    }

    @Override
    public BatchAnswer attest(EntitlementBatch batch) {
        BatchAnswer answer = ask(
                        "POST",
                        AttesterApi.ENTITLEMENTS,
                        Json.MAPPER.writeValueAsBytes(batch),
                        AttesterApi.ListAnswer.class)
                .answer();
        switch (answer) {
            case BatchAnswer.Signed signed -> requireForm(signed.signature());
            case BatchAnswer.Declined declined -> {
                int size = batch.items().size();
                if (declined.reasons().keySet().stream().anyMatch(index -> index < 0 || index >= size)) {
                    throw away("declines what is not in the batch", null);
                }
            }
        }
        return answer;
    }

    @Override
    public void pause(boolean paused, String by) {
        byte[] wish = Json.MAPPER.writeValueAsBytes(new AttesterApi.Pause(paused, by));
        AttesterApi.Pause now = ask("PUT", AttesterApi.PAUSE, wish, AttesterApi.Pause.class);
        if (now.paused() != paused) {
            throw away("was asked to be " + (paused ? "paused" : "resumed") + " and is not", null);
        }
    }

    @Override
    public boolean isPaused() {
        return ask("GET", AttesterApi.PAUSE, NOTHING, AttesterApi.Pause.class).paused();
    }

    private void requireForm(String signature) {
        if (!SIGNATURE.matcher(signature).matches()) {
            throw away("answers a signature that is no 65 bytes in hexadecimal", null);
        }
    }

    private <T> T ask(String method, String question, byte[] body, Class<T> answer) {
        Timer.Sample sample = Timer.start(metrics);
        String outcome = "away";
        try {
            T answered = answered(method, question, body, answer);
            outcome = "answered";
            return answered;
        } finally {
            sample.stop(metrics.timer(
                    "clearmarket.attester.requests",
                    "organisation",
                    settings.mspId(),
                    "question",
                    question,
                    "outcome",
                    outcome));
        }
    }

    private <T> T answered(String method, String question, byte[] body, Class<T> answer) {
        Instant now = clock.instant();
        if (now.isBefore(restsUntil)) {
            throw away(
                    "let the last question wait for " + settings.timeout().toMillis() + " ms; asked again at "
                            + restsUntil,
                    null);
        }
        try {
            HttpResponse<byte[]> response = BoundedHttp.send(
                    http, request(method, question, body, now), settings.timeout(), AttesterApi.LONGEST);
            if (response.statusCode() != OK) {
                throw away("refuses: " + problem(response), null);
            }
            return Json.MAPPER.readValue(response.body(), answer);
        } catch (TimeoutException e) {
            restsUntil = clock.instant().plus(REST);
            throw away("lets a question wait for " + settings.timeout().toMillis() + " ms", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HttpTimeoutException) {
                restsUntil = clock.instant().plus(REST);
            }
            throw away("can't be reached: " + e.getCause(), e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw away("answers what is no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("was not waited for", e);
        }
    }

    private HttpRequest request(String method, String question, byte[] body, Instant now) {
        String path = AttesterApi.path(settings.address(), question);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(settings.url().resolve(path)).method(method, BodyPublishers.ofByteArray(body));
        RequestSignature.headers(caller, method, path, body, now).forEach(request::header);
        return request.build();
    }

    private static String problem(HttpResponse<byte[]> response) {
        try {
            AttesterApi.Problem problem = Json.MAPPER.readValue(response.body(), AttesterApi.Problem.class);
            return response.statusCode() + " " + AttesterApi.printable(problem.detail());
        } catch (JacksonException | IllegalArgumentException e) {
            return "HTTP " + response.statusCode();
        }
    }

    private Away away(String what, @Nullable Throwable cause) {
        return new Away(settings.mspId() + "'s attester at " + settings.url() + " " + what, cause);
    }
}
