package io.clearmarket.wallet.fabric;

import io.clearmarket.wallet.WalletException;
import org.jspecify.annotations.Nullable;

/** The bytes are not what they claim to be; the message names the part that does not match. */
public final class RefusedToSign extends WalletException {
    private static final long serialVersionUID = 1L;

    public RefusedToSign(String message) {
        super("not signed: " + message);
    }

    RefusedToSign(String message, @Nullable Throwable cause) {
        super("not signed: " + message, cause);
    }
}
