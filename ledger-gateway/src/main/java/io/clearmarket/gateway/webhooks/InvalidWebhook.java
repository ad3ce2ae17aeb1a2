package io.clearmarket.gateway.webhooks;

/** A webhook that can't be made; the message says why and what would be right. */
public final class InvalidWebhook extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidWebhook(String message) {
        super(message);
    }
}
