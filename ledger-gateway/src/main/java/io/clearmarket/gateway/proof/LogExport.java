package io.clearmarket.gateway.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.proof.tree.TilePath;
import io.clearmarket.gateway.proof.tree.TileTree;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.ProofVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Saves a log and the verifier page as static files, which any web server, or none, can give out: {@code checkpoint}, {@code tile/...},
 * {@code tile/entries/...} (C2SP tlog-tiles), {@code policy} and {@code verify.html}. What is saved was checked against the checkpoint.
 */
public final class LogExport {
    private static final String CHECKPOINT = "checkpoint";

    private LogExport() {}

    /**
     * What was saved.
     *
     * @param files written now; full tiles that were there already are not fetched again
     * @param page SHA-256 of {@code verify.html}
     */
    public record Saved(Checkpoint checkpoint, int files, Hash page) {}

    /**
     * Brings a folder up to a gateway's newest checkpoint.
     *
     * @param gateway such as {@code https://market.example}
     * @param verifier with the policy that the caller trusts
     * @throws IOException if something can't be had or written, or does not hash to the checkpoint
     */
    public static Saved run(URI gateway, Path folder, ProofVerifier verifier) throws IOException, InterruptedException {
        LogTiles log = LogTiles.served(gateway.resolve("/log"));
        SeenCheckpoint seen = SeenCheckpoint.of(log.file(CHECKPOINT));
        verifier.verify(seen.checkpoint(), seen.note());
        int files = 0;
        long size = seen.checkpoint().size();
        for (int level = 0; size >> (level * TileTree.TILE_HEIGHT) > 0; level++) {
            files += level(log, folder, size, level, "tile/" + level + "/");
        }
        files += level(log, folder, size, 0, "tile/entries/");
        requireSound(folder, seen.checkpoint());
        write(folder.resolve("policy"), log.file("policy"));
        byte[] page = LogTiles.served(gateway).file("verify");
        write(folder.resolve("verify.html"), page);
        // last, so that whoever sees it sees all that it speaks of
        write(folder.resolve(CHECKPOINT), seen.note().encoded().getBytes(UTF_8));
        return new Saved(seen.checkpoint(), files + 3, Hash.sha256(page));
    }

    private static int level(LogTiles log, Path folder, long size, int level, String under)
            throws IOException, InterruptedException {
        int files = 0;
        for (long index = 0; ; index++) {
            TilePath path = TilePath.in(size, level, index).orElse(null);
            if (path == null) {
                return files;
            }
            Path file = folder.resolve(under + path.text());
            if (!Files.isRegularFile(file)) {
                write(file, log.file(under + path.text()));
                files++;
            }
        }
    }

    /** Each level's hashes must be those of the level below, and all of them the checkpoint's. */
    private static void requireSound(Path folder, Checkpoint checkpoint) throws IOException {
        TileTree tree = LogTiles.saved(folder).tree(checkpoint.size());
        SavedLeaves leaves = new SavedLeaves(folder, checkpoint.size());
        if (!tree.root(checkpoint.size()).equals(checkpoint.root())
                || !leaves.root().equals(checkpoint.root())) {
            throw new IOException("the saved log does not hash to its checkpoint of " + checkpoint.size() + " leaves");
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), ".part", "");
        Files.write(whole, content);
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
