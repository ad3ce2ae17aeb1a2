package io.clearmarket.network.fabric.node;

import io.clearmarket.network.embedded.NetworkException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fabric's release binaries on this machine. Of a release only {@code peer} and {@code orderer} are needed; what its
 * tools do is done here.
 *
 * @param version what the peer says it is, such as {@code v3.1.5}
 */
public record FabricBinaries(Path peer, Path orderer, String version) {
    /** The environment variable that names the folder with the binaries. */
    public static final String VARIABLE = "FABRIC_BIN";

    private static final String HELP = "download a release of Hyperledger Fabric (3.1 or 2.5) from its project's page, "
            + "and set " + VARIABLE + " to its bin folder, or put that on PATH";
    private static final int PATIENCE_SECONDS = 60;

    /**
     * The binaries in FABRIC_BIN, else on PATH.
     *
     * @throws NetworkException naming what is missing and where it comes from
     */
    public static FabricBinaries find() {
        return find(System.getenv(VARIABLE), System.getenv("PATH"));
    }

    /** True if {@link #find()} would find both; whether they run is another question. */
    public static boolean present() {
        List<Path> folders = folders(System.getenv(VARIABLE), System.getenv("PATH"));
        return in(folders, "peer") != null && in(folders, "orderer") != null;
    }

    static FabricBinaries find(@Nullable String fabricBin, @Nullable String path) {
        List<Path> folders = folders(fabricBin, path);
        Path peer = in(folders, "peer");
        Path orderer = in(folders, "orderer");
        if (peer == null || orderer == null) {
            String missing = peer == null ? orderer == null ? "peer and orderer are" : "peer is" : "orderer is";
            String where = fabricBin == null || fabricBin.isBlank() ? "on PATH" : "in " + fabricBin;
            throw new NetworkException("Fabric's " + missing + " not " + where + "; " + HELP);
        }
        return new FabricBinaries(peer, orderer, version(peer));
    }

    private static List<Path> folders(@Nullable String fabricBin, @Nullable String path) {
        List<Path> folders = new ArrayList<>();
        String searched = fabricBin == null || fabricBin.isBlank() ? path : fabricBin;
        if (searched != null) {
            for (String folder : searched.split(File.pathSeparator, -1)) {
                if (!folder.isBlank()) {
                    folders.add(Path.of(folder));
                }
            }
        }
        return folders;
    }

    private static @Nullable Path in(List<Path> folders, String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(Path::toAbsolutePath)
                .orElse(null);
    }

    private static String version(Path peer) {
        try {
            Process process = new ProcessBuilder(peer.toString(), "version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return said.lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("Version:"))
                    .map(line -> line.substring("Version:".length()).strip())
                    .findFirst()
                    .orElseThrow(() -> new NetworkException(peer + " does not tell its version, but says: "
                            + said.strip() + "; is it Fabric's peer? " + HELP));
        } catch (IOException e) {
            throw new NetworkException(peer + " does not run here: " + e.getMessage() + "; " + HELP, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException("interrupted while asking " + peer + " for its version", e);
        }
    }
}
