package io.clearmarket.contracts;

import java.io.IOException;

/** A tool of the build is not where npm puts it. The message says where it was looked for and what to do. */
public final class ToolMissingException extends IOException {
    private static final long serialVersionUID = 1L;

    ToolMissingException(String message) {
        super(message);
    }
}
