package io.clearmarket.gateway.chain;

import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;

/**
 * Where the contracts are.
 *
 * @param chainId EVM chain id
 * @param escrow MarketEscrow
 * @param token the test token of a development chain; the zero address elsewhere
 * @param block the block that the escrow was deployed in
 */
public record Deployment(long chainId, EthAddress escrow, EthAddress token, long block) {

    /** @throws IllegalArgumentException naming the file and what is wrong with it */
    public static Deployment read(Path file) {
        try {
            return Json.MAPPER.readValue(Files.readAllBytes(file), Deployment.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": can't be read: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + ": no deployment: " + e.getOriginalMessage(), e);
        }
    }

    /** Writes it where {@link #read} finds it. */
    public void write(Path file) {
        try {
            Files.write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": can't be written", e);
        }
    }
}
