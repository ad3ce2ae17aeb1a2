package io.clearmarket.contracts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a development chain is started. It always listens on 127.0.0.1 only.
 *
 * @param port the port to listen on, 0 for any free one
 * @param chainId the chain's id
 * @param blockTime whole seconds between blocks; zero mines a block for each transaction instead
 * @param accounts how many accounts of {@link AnvilProcess#MNEMONIC} start with ether
 * @param state where the chain is kept between runs, read at the start if it is there
 * @param stateInterval whole seconds between writes of {@code state}, besides the one at the end
 * @param log where the chain's own output goes
 * @param slotsInEpoch a block is final twice so many blocks later
 */
public record AnvilOptions(
        int port,
        long chainId,
        Duration blockTime,
        int accounts,
        Optional<Path> state,
        Duration stateInterval,
        Optional<Path> log,
        int slotsInEpoch) {

    /** Any free port, chain 31337, a block a second, ten accounts, nothing kept. */
    public static AnvilOptions development() {
        return new AnvilOptions(
                0, 31337, Duration.ofSeconds(1), 10, Optional.empty(), Duration.ofSeconds(10), Optional.empty(), 1);
    }

    /** The same, on this port. */
    public AnvilOptions withPort(int value) {
        return new AnvilOptions(value, chainId, blockTime, accounts, state, stateInterval, log, slotsInEpoch);
    }

    /** The same, with this time between blocks. */
    public AnvilOptions withBlockTime(Duration value) {
        return new AnvilOptions(port, chainId, value, accounts, state, stateInterval, log, slotsInEpoch);
    }

    /** The same, with this many accounts. */
    public AnvilOptions withAccounts(int value) {
        return new AnvilOptions(port, chainId, blockTime, value, state, stateInterval, log, slotsInEpoch);
    }

    /** The same, kept in this file and written at this interval. */
    public AnvilOptions withState(Path file, Duration interval) {
        return new AnvilOptions(port, chainId, blockTime, accounts, Optional.of(file), interval, log, slotsInEpoch);
    }

    /** The same, with its output in this file. */
    public AnvilOptions withLog(Path file) {
        return new AnvilOptions(
                port, chainId, blockTime, accounts, state, stateInterval, Optional.of(file), slotsInEpoch);
    }

    /** The same, with blocks that become final twice so many blocks later. */
    public AnvilOptions withSlotsInEpoch(int value) {
        return new AnvilOptions(port, chainId, blockTime, accounts, state, stateInterval, log, value);
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--chain-id",
                Long.toString(chainId),
                "--slots-in-an-epoch",
                Integer.toString(slotsInEpoch),
                "--accounts",
                Integer.toString(accounts),
                "--mnemonic",
                AnvilProcess.MNEMONIC));
        if (blockTime.isPositive()) {
            arguments.addAll(List.of("--block-time", Long.toString(blockTime.toSeconds())));
        }
        state.ifPresent(file -> arguments.addAll(
                List.of("--state", file.toString(), "--state-interval", Long.toString(stateInterval.toSeconds()))));
        return arguments;
    }
}
