package io.clearmarket.gateway.config;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks somebody who may answer for ever, in time or in bytes. */
public final class BoundedHttp {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private BoundedHttp() {}

    /** A client for one such server: HTTP/1.1, and two seconds to connect. */
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    /**
     * Sends, and waits for the whole answer. The client's own time-out is over once the headers are there, and a body can take for ever.
     *
     * @param timeout for all of it
     * @param longest that the answer may be, in bytes
     * @throws TimeoutException if the time is over
     * @throws ExecutionException if it can't be reached, or the answer is too long
     */
    public static HttpResponse<byte[]> send(HttpClient client, HttpRequest request, Duration timeout, int longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        return whole(client.sendAsync(request, head -> new BoundedBody(longest)), timeout);
    }

    /**
     * Sends, and waits for the whole answer, of which nothing but the status is kept.
     *
     * @param timeout for all of it
     * @throws TimeoutException if the time is over
     * @throws ExecutionException if it can't be reached
     */
    public static int status(HttpClient client, HttpRequest request, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        return whole(client.sendAsync(request, HttpResponse.BodyHandlers.discarding()), timeout)
                .statusCode();
    }

    private static <T> HttpResponse<T> whole(CompletableFuture<HttpResponse<T>> sent, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            sent.cancel(true);
        }
    }
}
