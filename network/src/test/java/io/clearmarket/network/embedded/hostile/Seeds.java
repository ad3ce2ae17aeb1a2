package io.clearmarket.network.embedded.hostile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Inputs that a target of Jazzer begins with. */
public final class Seeds {
    private Seeds() {}

    /** To be called by {@code fuzzerInitialize}: the folder that {@code clearmarket.fuzz.corpus} names is read after it. */
    public static void write(List<byte[]> inputs) throws IOException {
        Path corpus = Path.of(System.getProperty("clearmarket.fuzz.corpus"));
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), inputs.get(i));
        }
    }

    /** An input whose first bytes choose what the rest is for. */
    public static byte[] input(byte[] choice, byte[] rest) {
        return ByteBuffer.allocate(choice.length + rest.length)
                .put(choice)
                .put(rest)
                .array();
    }
}
