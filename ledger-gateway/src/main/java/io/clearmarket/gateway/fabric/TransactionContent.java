package io.clearmarket.gateway.fabric;

import io.clearmarket.wallet.identity.Identity;
import java.util.List;

/**
 * What the bytes of a transaction say.
 *
 * @param transactionId its id
 * @param creator the certificate it names; nothing says yet who issued it
 * @param function the chaincode function
 * @param arguments its arguments
 */
public record TransactionContent(String transactionId, Identity creator, String function, List<String> arguments) {
    public TransactionContent {
        arguments = List.copyOf(arguments);
    }
}
