package io.clearmarket.gateway.pages;

import org.springframework.http.HttpStatus;

/** A page that can't be shown; the reader gets the reason in their language. */
public final class PageProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final HttpStatus status;
    private final String messageKey;

    /** @param messageKey of the reason, in the messages of every language */
    public PageProblem(HttpStatus status, String messageKey) {
        super(messageKey);
        this.status = status;
        this.messageKey = messageKey;
    }

    HttpStatus status() {
        return status;
    }

    String messageKey() {
        return messageKey;
    }
}
