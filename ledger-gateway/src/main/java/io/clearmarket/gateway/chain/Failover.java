package io.clearmarket.gateway.chain;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Goes to the next node when one can't be reached or fails (status 5xx), and stays there. A request may reach two nodes: every
 * request of ours may be repeated.
 */
final class Failover implements Interceptor {
    private static final int SERVER_ERROR = 500;

    private final List<HttpUrl> nodes;
    private volatile int current;

    /** @param nodes at least one; the first is asked first */
    Failover(List<URI> nodes) {
        this.nodes = nodes.stream().map(url -> HttpUrl.get(url.toString())).toList();
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        int first = current;
        @Nullable IOException failure = null;
        for (int i = 0; i < nodes.size(); i++) {
            int at = (first + i) % nodes.size();
            try {
                Response response = chain.proceed(
                        chain.request().newBuilder().url(nodes.get(at)).build());
                if (response.code() < SERVER_ERROR || i == nodes.size() - 1) {
                    current = at;
                    return response;
                }
                response.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure == null ? new IOException("no node is configured") : failure;
    }
}
