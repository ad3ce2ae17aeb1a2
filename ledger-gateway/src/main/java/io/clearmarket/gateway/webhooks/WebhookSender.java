package io.clearmarket.gateway.webhooks;

import io.clearmarket.gateway.events.CommittedBlockListener;
import io.clearmarket.gateway.fabric.LedgerBlock;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sends what is in the outbox, signed as Standard Webhooks wants it. At least once: a crash between sending and noting it
 * sends again under the same {@code webhook-id}. A receiver that is slow or down holds up nobody else.
 */
@Component
class WebhookSender implements SmartLifecycle, CommittedBlockListener {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final int AT_ONCE = 16;
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final DeliveryQueue queue;
    private final Receivers receivers;
    private final WebhookProperties properties;
    private final Semaphore wakeUps = new Semaphore(0);
    private final HttpClient client;
    private @Nullable Thread loop;

    WebhookSender(DeliveryQueue queue, Receivers receivers, WebhookProperties properties) {
        this.queue = queue;
        this.receivers = receivers;
        this.properties = properties;
        this.client = HttpClient.newBuilder()
                .connectTimeout(properties.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public void committed(LedgerBlock block) {
        wakeUps.release();
    }

    @Override
    public synchronized void start() {
        if (loop == null) {
            loop = Thread.ofVirtual().name("webhooks").start(this::run);
        }
    }

    @Override
    public synchronized void stop() {
        Thread running = loop;
        if (running != null) {
            running.interrupt();
            loop = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return loop != null;
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (sendDue() == 0) {
                    boolean woken = wakeUps.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                    if (woken) {
                        wakeUps.drainPermits();
                    }
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("Webhooks pause for {} because of {}", IDLE, e.toString());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(IDLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
