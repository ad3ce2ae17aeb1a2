package io.clearmarket.wallet;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the wallet could not do, in one line that a person can act on: it names the file, where there is one, and the
 * reason.
 */
public class WalletException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WalletException(String message) {
        super(message);
    }

    public WalletException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** {@code <file>: <reason>}. */
    public static WalletException of(Path file, String reason) {
        return new WalletException(file + ": " + reason);
    }

    /** {@code <file>: <reason>}, keeping the cause for a log. */
    public static WalletException of(Path file, String reason, Throwable cause) {
        return new WalletException(file + ": " + reason, cause);
    }

    /** {@code <file>: <the cause's message>}. */
    public static WalletException of(Path file, RuntimeException cause) {
        return new WalletException(file + ": " + cause.getMessage(), cause);
    }
}
