package io.clearmarket.gateway.pages.console;

import org.jspecify.annotations.Nullable;

/** What was put into a form makes no command; said beside the form in the reader's words. */
final class FormFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String messageKey;
    private final @Nullable String value;

    /** @param value what is wrong, as it was typed, if one thing is */
    FormFault(String messageKey, @Nullable String value) {
        super(messageKey);
        this.messageKey = messageKey;
        this.value = value;
    }

    String messageKey() {
        return messageKey;
    }

    @Nullable
    String value() {
        return value;
    }
}
