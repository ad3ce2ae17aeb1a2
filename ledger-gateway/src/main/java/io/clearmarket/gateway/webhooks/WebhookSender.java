package io.clearmarket.gateway.webhooks;

import io.clearmarket.gateway.config.BoundedHttp;
import io.clearmarket.gateway.events.BlockDriven;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends what is in the outbox, signed as Standard Webhooks wants it. At least once: a crash between sending and noting it
 * sends again under the same {@code webhook-id}. Each webhook is served by a thread of its own, so that a receiver that is slow or
 * down holds up nobody else.
 */
@Component
class WebhookSender extends BlockDriven {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final int AT_ONCE = 16;
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final DeliveryQueue queue;
    private final Receivers receivers;
    private final WebhookProperties properties;
    private final HttpClient client;
    private final Set<UUID> served = ConcurrentHashMap.newKeySet();

    WebhookSender(DeliveryQueue queue, Receivers receivers, WebhookProperties properties) {
        super("webhooks", IDLE);
        this.queue = queue;
        this.receivers = receivers;
        this.properties = properties;
        this.client = HttpClient.newBuilder()
                .connectTimeout(properties.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    protected boolean work() {
        queue.waiting().stream()
                .filter(served::add)
                .forEach(
                        webhook -> Thread.ofVirtual().name("webhook-" + webhook).start(() -> serve(webhook)));
        return false;
    }

    private void serve(UUID webhook) {
        try {
            while (isRunning() && sendDue(webhook) > 0) {
                // until nothing is left
            }
            served.remove(webhook);
            wake(); // for what has become due since it was last asked for
        } catch (RuntimeException e) {
            served.remove(webhook);
            LOG.warn("webhook {} waits because of {}", webhook, e.toString());
        }
    }

    /** Sends what is due now, to each webhook several at once, and returns how many it were. */
    int sendDue() {
        return queue.waiting().stream().mapToInt(this::sendDue).sum();
    }

    private int sendDue(UUID webhook) {
        List<DeliveryQueue.Due> due =
                queue.claim(webhook, AT_ONCE, properties.timeout().multipliedBy(3));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Runnable> tasks = new ArrayList<>();
            due.forEach(one -> tasks.add(() -> send(one)));
            tasks.forEach(threads::execute);
        }
        return due.size();
    }

    private void send(DeliveryQueue.Due due) {
        Instant at = Instant.now();
        Integer status = null;
        String error = null;
        try {
            receivers.require(due.url());
            HttpRequest request = due.message().request(due.url(), due.secrets(), at, properties.timeout());
            status = BoundedHttp.status(client, request, properties.timeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (ExecutionException e) {
            error = words(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | RuntimeException e) {
            error = words(e);
        }
        queue.record(due, at, Duration.between(at, Instant.now()), status, error, properties.retries());
    }

    private static String words(Throwable failure) {
        return failure.getClass().getSimpleName() + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
    }
}
