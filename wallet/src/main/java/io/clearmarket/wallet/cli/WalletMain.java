package io.clearmarket.wallet.cli;

import picocli.CommandLine;

/** Runs {@link WalletCommand} as a process of its own. */
public final class WalletMain {
    private WalletMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new WalletCommand()).execute(arguments));
    }
}
