package io.clearmarket.gateway.proof;

import io.clearmarket.gateway.proof.tree.TilePath;
import io.clearmarket.gateway.proof.tree.TileTree;
import io.clearmarket.wallet.proof.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A log's tiles (C2SP tlog-tiles) where they are served, or in a folder. Nothing that they hold is believed. */
public final class LogTiles {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Source source;

    private LogTiles(Source source) {
        this.source = source;
    }

    /** Where the file of a path below the log's own comes from. */
    @FunctionalInterface
    private interface Source {
        /** @return null if there is none */
        byte @Nullable [] file(String path) throws IOException, InterruptedException;
    }

    /** @param base the log's address, such as {@code https://market.example/log} */
    public static LogTiles served(URI base) {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        return new LogTiles(path -> {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(base.toString().replaceAll("/+$", "") + "/" + path))
                    .timeout(PATIENCE)
                    .build();
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() == NOT_FOUND) {
                return null;
            }
            if (answer.statusCode() != OK) {
                throw new IOException(request.uri() + " answers " + answer.statusCode());
            }
            return answer.body();
        });
    }

    /** @param folder that holds {@code tile/} */
    public static LogTiles saved(Path folder) {
        return new LogTiles(path -> {
            Path file = folder.resolve(path);
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
        });
    }

    /** The tree of that size, which throws {@link UncheckedIOException} where a tile can't be had. */
    TileTree tree(long size) {
        return new TileTree((level, index) -> {
            TilePath wanted = TilePath.in(size, level, index)
                    .orElseThrow(() -> new UncheckedIOException(new IOException(
                            "a log of " + size + " leaves has no tile " + index + " of level " + level)));
            try {
                return tile(level, wanted);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new IOException("interrupted", e));
            }
        });
    }

    /** A file of the log; fails where there is none. */
    byte[] file(String path) throws IOException, InterruptedException {
        byte[] found = source.file(path);
        if (found == null) {
            throw new IOException("there is no " + path);
        }
        return found;
    }

    /** A tile that grew since may be had whole only. */
    private byte[] tile(int level, TilePath wanted) throws IOException, InterruptedException {
        String at = "tile/" + level + "/";
        byte[] found = source.file(at + wanted.text());
        if (found == null) {
            found = source.file(at + new TilePath(wanted.index(), TileTree.TILE_WIDTH).text());
        }
        int bytes = wanted.width() * Hash.BYTES;
        if (found == null || found.length < bytes) {
            throw new IOException("there is no tile " + at + wanted.text());
        }
        return Arrays.copyOf(found, bytes);
    }
}
