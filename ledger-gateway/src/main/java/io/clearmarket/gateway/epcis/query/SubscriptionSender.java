package io.clearmarket.gateway.epcis.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.config.BoundedHttp;
import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.events.BlockDriven;
import io.clearmarket.gateway.webhooks.InvalidWebhook;
import io.clearmarket.gateway.webhooks.Receivers;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends subscribers what is new, at least once: how far a subscriber has been told moves on when they have said 2xx. One who is
 * away is asked again, later and later, and loses nothing.
 */
@Component
class SubscriptionSender extends BlockDriven {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionSender.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int SLOWEST = 8;

    private final NamedQueryStore store;
    private final Untold untold;
    private final Receivers receivers;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** Those that are being told, each on a thread of its own: one who is slow holds up nobody else. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    SubscriptionSender(NamedQueryStore store, Untold untold, Receivers receivers) {
        super("epcis-subscriptions", TICK);
        this.store = store;
        this.untold = untold;
        this.receivers = receivers;
    }

    @Override
    protected boolean work() {
        // looked at before the table, so that of one who has just been told nothing old is read
        Set<String> busy = Set.copyOf(underWay);
        for (Subscription due : store.due(Instant.now())) {
            if (!busy.contains(due.id())) {
                underWay.add(due.id());
                Thread.ofVirtual().name("epcis-subscription").start(() -> serveAndLeave(due));
            }
        }
        return false;
    }

    private void serveAndLeave(Subscription subscription) {
        try {
            serve(subscription);
        } catch (RuntimeException failure) {
            LOG.warn("EPCIS subscription {} is tried again", subscription.id(), failure);
        } finally {
            underWay.remove(subscription.id());
        }
    }

    private void serve(Subscription subscription) {
        Instant now = Instant.now();
        try {
            receivers.require(subscription.dest());
            long told = tell(subscription);
            boolean sent = told > subscription.told() || (!subscription.stream() && subscription.reportIfEmpty());
            store.note(subscription, told, sent ? now : null, next(subscription, now), 0);
        } catch (IOException | InvalidWebhook | EpcisProblem | GeneralSecurityException failure) {
            int failures = Math.min(subscription.failures() + 1, SLOWEST);
            LOG.info("EPCIS subscription {}: {}", subscription.id(), failure.toString());
            store.note(subscription, subscription.told(), null, now.plusSeconds(1L << failures), failures);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Instant next(Subscription subscription, Instant now) {
        return subscription.schedule() == null
                ? now
                : Schedule.parse(subscription.schedule()).next(now).orElse(Instant.parse("9999-12-31T00:00:00Z"));
    }

    /** Sends what is new, in as many documents as it takes, and returns how far the subscriber has been told. */
    private long tell(Subscription subscription) throws IOException, InterruptedException, GeneralSecurityException {
        NamedQuery named = NamedQueryController.named(store, subscription.queryName());
        long told = subscription.told();
        boolean nothing = true;
        while (true) {
            EventQueries.Page page = untold.after(told, named, subscription.initialRecordTime());
            if (page.events().isEmpty()) {
                if (nothing && !subscription.stream() && subscription.reportIfEmpty()) {
                    send(subscription, page);
                }
                return told;
            }
            send(subscription, page);
            nothing = false;
            told = page.last();
        }
    }

    private void send(Subscription subscription, EventQueries.Page page)
            throws IOException, InterruptedException, GeneralSecurityException {
        byte[] body = Json.MAPPER.writeValueAsBytes(
                QueryDocument.of(subscription.queryName(), subscription.id(), page.events(), false));
        HttpRequest.Builder request = HttpRequest.newBuilder(subscription.dest())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("GS1-EPCIS-Version", "2.0.0")
                .header("GS1-CBV-Version", "2.0.0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!subscription.signatureToken().isEmpty()) {
            request.header("GS1-Signature", signature(subscription.signatureToken(), body));
        }
        try {
            int status = BoundedHttp.status(client, request.build(), TIMEOUT);
            if (status / 100 != 2) {
                throw new IOException("the subscriber answered " + status);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the subscriber does not answer", e);
        }
    }

    private static String signature(String token, byte[] body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}
