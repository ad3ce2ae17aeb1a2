package io.clearmarket.gateway.up;

import io.clearmarket.wallet.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the ledger runs on. A data folder stays with the kind that it began with: ledger and identities belong to it. */
public enum NetworkKind {
    /** This project's own, in one process. */
    EMBEDDED("Fabric network: 3 organisations, orderer, chaincode"),
    /** Fabric's peers and orderers as processes of this machine. */
    NATIVE("Fabric's own nodes, with our chaincode"),
    /** Fabric's peers and orderers in containers. */
    COMPOSE("Fabric's own nodes in containers, with our chaincode");

    private final String ready;

    NetworkKind(String ready) {
        this.ready = ready;
    }

    /** As the command line spells it. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is there once it is ready. */
    String ready() {
        return ready;
    }

    /**
     * From the command line.
     *
     * @throws UpException naming those that there are
     */
    public static @Nullable NetworkKind parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(values())
                .filter(kind -> kind.spelling().equals(text))
                .findFirst()
                .orElseThrow(() -> new UpException("--network is one of "
                        + Arrays.stream(values()).map(NetworkKind::spelling).collect(Collectors.joining(", "))
                        + ", not " + text));
    }

    /**
     * The kind that a data folder has, or now gets: the one asked for, else that of CLEARMARKET_NETWORK, else embedded.
     *
     * @throws UpException if it has another than is asked for
     */
    static NetworkKind settle(Path data, @Nullable NetworkKind asked) {
        Optional<NetworkKind> founded = founded(data);
        if (founded.isPresent() && asked != null && founded.get() != asked) {
            throw new UpException("the system in " + data + " runs on the "
                    + founded.get().spelling()
                    + " network and keeps its ledger there; give --network "
                    + founded.get().spelling() + ", another folder with --data DIR, or --fresh to begin with nothing");
        }
        NetworkKind kind = founded.orElseGet(() -> asked == null ? usual() : asked);
        PrivateFiles.write(file(data), kind.spelling() + "\n");
        return kind;
    }

    private static NetworkKind usual() {
        NetworkKind wanted = parse(System.getenv("CLEARMARKET_NETWORK"));
        return wanted == null ? EMBEDDED : wanted;
    }

    private static Optional<NetworkKind> founded(Path data) {
        Path file = file(data);
        if (Files.exists(file)) {
            return Optional.ofNullable(parse(PrivateFiles.readText(file).strip()));
        }
        // of a time when there was one kind only
        return Files.isDirectory(data.resolve("network")) ? Optional.of(EMBEDDED) : Optional.empty();
    }

    private static Path file(Path data) {
        return data.resolve("network.kind");
    }
}
