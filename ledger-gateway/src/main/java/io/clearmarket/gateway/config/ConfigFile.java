package io.clearmarket.gateway.config;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.json.Json;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;

/** The configuration of a small process: one JSON file that its owner alone reads. */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * Reads one.
     *
     * @param whose as in "a witness"
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    public static <T> T read(Path file, Class<T> type, String whose) {
        try {
            return Json.MAPPER.readValue(PrivateFiles.read(file), type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    file + ": no configuration of " + whose + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Writes one where {@link #read} finds it. */
    public static void write(Path file, Object config) {
        PrivateFiles.write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(config));
    }
}
