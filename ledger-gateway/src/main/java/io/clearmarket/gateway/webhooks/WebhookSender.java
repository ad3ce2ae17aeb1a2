package io.clearmarket.gateway.webhooks;

import io.clearmarket.gateway.events.BlockDriven;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/**
 * Sends what is in the outbox, signed as Standard Webhooks wants it. At least once: a crash between sending and noting it
 * sends again under the same {@code webhook-id}. A receiver that is slow or down holds up nobody else.
 */
@Component
class WebhookSender extends BlockDriven {
    private static final int AT_ONCE = 16;
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final DeliveryQueue queue;
    private final Receivers receivers;
    private final WebhookProperties properties;
    private final HttpClient client;

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
        return sendDue() > 0;
    }

    /** Sends what is due now, several at once, and returns how many it were. */
    int sendDue() {
        List<DeliveryQueue.Due> due = queue.claim(AT_ONCE, properties.timeout().multipliedBy(3));
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
            status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (IOException | InvalidWebhook e) {
            error = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
        }
        queue.record(due, at, Duration.between(at, Instant.now()), status, error, properties.retries());
    }
}
