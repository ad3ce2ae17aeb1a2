package io.clearmarket.gateway.pages;

import org.springframework.http.HttpStatus;

/** A page that can't be shown; the reader gets the reason in their language. */
final class PageProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final HttpStatus status;
    private final String messageKey;

    PageProblem(HttpStatus status, String messageKey) {
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
