package io.clearmarket.wallet.store;

import io.clearmarket.wallet.WalletException;
import java.nio.file.Path;

/** The passphrase does not open the file. */
public final class WrongPassphrase extends WalletException {
    private static final long serialVersionUID = 1L;

    WrongPassphrase(Path file) {
        super(file + ": wrong passphrase");
    }
}
